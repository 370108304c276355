//! Where a municipal server is: an address that cannot be mistaken for anything else.

use std::fmt;
use std::str::FromStr;

const LONGEST: usize = 255;
/// Hosts that never leave the machine, and so may be reached without TLS.
const LOOPBACK: [&str; 3] = ["localhost", "127.0.0.1", "[::1]"];

/// `https://`, a host, perhaps a port and a path; `http://` for the machine itself only. Lower-case ASCII, no user, no
/// query, no slash at the end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServerAddress(String);

/// The text is no address of a server.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a server's address: expected https:// and a host, such as https://drempel.example.nl")]
pub struct NotAnAddress;

impl ServerAddress {
    /// The address.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for ServerAddress {
    type Err = NotAnAddress;

    fn from_str(text: &str) -> Result<Self, NotAnAddress> {
        let (rest, secure) = match (text.strip_prefix("https://"), text.strip_prefix("http://")) {
            (Some(rest), _) => (rest, true),
            (_, Some(rest)) => (rest, false),
            _ => return Err(NotAnAddress),
        };
        let (authority, path) = rest
            .split_at_checked(rest.find('/').unwrap_or(rest.len()))
            .ok_or(NotAnAddress)?;
        let (host, port) = split_port(authority);
        let reachable = secure || LOOPBACK.contains(&host);
        if text.len() <= LONGEST && reachable && is_host(host) && port.is_none_or(is_port) && is_path(path) {
            Ok(Self(text.to_owned()))
        } else {
            Err(NotAnAddress)
        }
    }
}

impl fmt::Display for ServerAddress {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

fn split_port(authority: &str) -> (&str, Option<&str>) {
    match authority.rsplit_once(':') {
        Some((host, port)) if !port.ends_with(']') => (host, Some(port)),
        _ => (authority, None),
    }
}

fn is_host(host: &str) -> bool {
    if let Some(address) = host.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
        return address.parse::<std::net::Ipv6Addr>().is_ok();
    }
    let is_label = |label: &str| {
        let inner = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
        !label.is_empty() && !label.starts_with('-') && !label.ends_with('-') && label.bytes().all(inner)
    };
    host.split('.').all(is_label)
}

fn is_port(port: &str) -> bool {
    port.parse::<u16>()
        .is_ok_and(|number| number > 0 && number.to_string() == port)
}

fn is_path(path: &str) -> bool {
    let is_part = |part: &str| {
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'~');
        !part.is_empty() && part.bytes().all(plain)
    };
    path.is_empty()
        || path
            .strip_prefix('/')
            .is_some_and(|parts| parts.split('/').all(is_part))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn an_address_is_secure_or_stays_on_the_machine() {
        for good in [
            "https://drempel.example.nl",
            "https://drempel.example.nl:8443/jeugd",
            "https://10.0.0.7",
            "https://[2001:db8::1]:8443",
            "http://localhost:8080",
            "http://127.0.0.1",
            "http://[::1]:8080",
        ] {
            assert_eq!(good.parse::<ServerAddress>().unwrap().as_str(), good);
        }
        for bad in [
            "",
            "https://",
            "drempel.example.nl",
            "http://drempel.example.nl",
            "http://localhost.example.nl",
            "https://ana@drempel.example.nl",
            "https://drempel.example.nl/",
            "https://drempel.example.nl?x",
            "https://drempel.example.nl#x",
            "https://drempel.example.nl:0",
            "https://drempel.example.nl:99999",
            "https://drempel.example.nl/../x",
            "https://Drempel.example.nl",
            "https://drëmpel.example.nl",
            "https://drempel.example.nl\n",
            "https://[::1",
            "https://-x.nl",
            "ftp://drempel.example.nl",
        ] {
            assert_eq!(bad.parse::<ServerAddress>(), Err(NotAnAddress), "{bad}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_read_without_a_panic(scheme in "(https://|http://)?", rest in "\\PC{0,60}") {
            let text = [scheme, rest].concat();
            if let Ok(address) = text.parse::<ServerAddress>() {
                prop_assert!(address.as_str() == text && text.is_ascii());
            }
        }
    }
}
