//! Whose signature under a server's certificate counts.

use super::http::HttpError;
use reqwest::{Certificate, ClientBuilder};

/// Has a client trust whom the device trusts, and these certificates (PEM) besides.
///
/// # Errors
/// [`HttpError::Tls`] for a certificate that cannot be read.
pub(super) fn trusting(builder: ClientBuilder, roots: &[&[u8]]) -> Result<ClientBuilder, HttpError> {
    let roots = roots.iter().map(|root| Certificate::from_pem(root));
    let roots: Vec<Certificate> = roots.collect::<Result<_, _>>().map_err(HttpError::Tls)?;
    Ok(with_the_devices(builder, roots))
}

/// The system itself says whom it trusts.
#[cfg(not(target_os = "android"))]
fn with_the_devices(builder: ClientBuilder, roots: Vec<Certificate>) -> ClientBuilder {
    builder.tls_certs_merge(roots)
}

/// Android says so through Java only, which a library cannot ask before it was handed to it. What came with the system
/// lies in files, and that is all that is trusted: not what somebody put on the phone afterwards.
#[cfg(target_os = "android")]
fn with_the_devices(builder: ClientBuilder, mut roots: Vec<Certificate>) -> ClientBuilder {
    roots.extend(android::authorities(&android::FOLDERS));
    builder.tls_certs_only(roots)
}

#[cfg(any(target_os = "android", test))]
mod android {
    use reqwest::Certificate;
    use std::fs;
    use std::path::Path;

    /// Where they lie: since Android 14 in a module that is updated by itself, before that in the system.
    #[cfg(target_os = "android")]
    pub(super) const FOLDERS: [&str; 2] = [
        "/apex/com.android.conscrypt/cacerts",
        "/system/etc/security/cacerts",
    ];

    /// Those in the first folder that has any. A file that holds none is passed over: it vouches for nobody.
    pub(super) fn authorities(folders: &[impl AsRef<Path>]) -> Vec<Certificate> {
        let found = folders.iter().map(|folder| in_folder(folder.as_ref()));
        found
            .into_iter()
            .find(|found| !found.is_empty())
            .unwrap_or_default()
    }

    fn in_folder(folder: &Path) -> Vec<Certificate> {
        let files = fs::read_dir(folder).into_iter().flatten().flatten();
        let texts = files.filter_map(|file| fs::read(file.path()).ok());
        texts
            .filter_map(|text| Certificate::from_pem_bundle(&text).ok())
            .flatten()
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::android::authorities;
    use std::fs;

    /// An authority that vouches for nothing, as Android's files have them: with the same in words below it.
    const FILE: &str = "\
-----BEGIN CERTIFICATE-----
MIIBbjCCARWgAwIBAgIUXl0Ad87Jrqjt3pX+dEnb0ZBGBW4wCgYIKoZIzj0EAwIw
DDEKMAgGA1UEAwwBeDAgFw0yNjExMjQxODQwNDRaGA8yMTI2MTAzMTE4NDA0NFow
DDEKMAgGA1UEAwwBeDBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABOhzDGc7GJkh
n++sANmiZmlIy4+M4hBf22exBqdwUYwy2hADw8tvaL/stnkmHcNogFHq2fzVsXqa
gIKsqEvlYDujUzBRMB0GA1UdDgQWBBQAuDLc//BIC0735ZaJT1MlR94PLTAfBgNV
HSMEGDAWgBQAuDLc//BIC0735ZaJT1MlR94PLTAPBgNVHRMBAf8EBTADAQH/MAoG
CCqGSM49BAMCA0cAMEQCIDp0iq3GJqhMkVN4M0RHvdMSe+yd0+b0v8m75hC85vxj
AiBAgQnJZaWniJFG4YIS/xMugkeA3bYOLkzuJK8X0HrYYw==
-----END CERTIFICATE-----
Certificate:
    Data:
        Version: 3 (0x2)
";

    #[test]
    fn on_android_the_authorities_of_the_newest_folder_count_and_no_others() {
        let folder = tempfile::tempdir().unwrap();
        let [newer, older] = ["apex", "system"].map(|name| folder.path().join(name));
        for (path, files) in [(&newer, 0), (&older, 2)] {
            fs::create_dir(path).unwrap();
            for file in 0..files {
                fs::write(path.join(format!("{file}.0")), FILE).unwrap();
            }
        }
        fs::write(older.join("notes"), "no certificate").unwrap();
        let absent = folder.path().join("absent");
        assert_eq!(
            authorities(&[&absent, &newer, &older]).len(),
            2,
            "the newer is empty"
        );
        fs::write(newer.join("3.0"), FILE).unwrap();
        assert_eq!(authorities(&[&absent, &newer, &older]).len(), 1);
        assert!(authorities(&[&absent]).is_empty(), "nobody is trusted");
    }
}
