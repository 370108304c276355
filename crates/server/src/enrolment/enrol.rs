//! Answering a device that shows a code: it is enrolled, it waits, or the code does not hold.

use crate::app::App;
use crate::digests::from_hex;
use crate::problem::Refusal;
use crate::storage::{DeviceRow, NewDevice, Numbers, Shown};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use drempel_domain::id::{DeviceId, SpaceId, UserId};
use drempel_domain::space::SpaceKind;
use drempel_domain::time::Moment;
use drempel_protocol::enrolment::{Awaiting, Enrolled, EnrolmentAnswer, EnrolmentRequest};
use drempel_protocol::problem::Code;
use drempel_sealing::fingerprint::Fingerprint;
use drempel_sealing::invitation::{EnrolmentCode, Invitation};
use drempel_sealing::keys::PublicKey;
use drempel_sealing::token::TokenHash;

/// Longest words that a device may say about itself.
const LONGEST_WORD: usize = 64;

impl App {
    /// Answers a device that shows a code. A wrong, used, expired and unknown code answer alike.
    pub(crate) fn enrol(&self, request: &EnrolmentRequest) -> Result<EnrolmentAnswer, Refusal> {
        let device = read(request)?;
        let now = self.now();
        // A code that has the form of neither was mistyped: it is answered like a wrong one.
        if let Ok(code) = EnrolmentCode::from_text(&request.code) {
            return match self.enrol_with_code(&code, &device, now)? {
                Some(enrolled) => self.enrolled(&enrolled, now),
                None => Err(not_valid()),
            };
        }
        let Ok(sha256) = Invitation::hash_of_code(&request.code) else {
            return Err(not_valid());
        };
        let fingerprint = fingerprint(&device);
        match self
            .storage()
            .show_invitation(&sha256, &device, &fingerprint, now)?
        {
            Shown::Enrolled(enrolled) => self.enrolled(&enrolled, now),
            Shown::Waits { until } => Ok(EnrolmentAnswer::AwaitsConfirmation(Awaiting {
                server_time: now.millis(),
                expires_at: until.millis(),
            })),
            Shown::Refused => Err(not_valid()),
        }
    }

    /// Two device numbers that nobody has.
    pub(crate) fn new_numbers(&self) -> Numbers {
        let number = || DeviceId::new(self.inner.ids.next());
        Numbers {
            database: number(),
            lock: number(),
        }
    }

    fn enrolled(&self, device: &DeviceRow, now: Moment) -> Result<EnrolmentAnswer, Refusal> {
        let directory = self.storage().directory()?;
        let person = directory.person(device.user);
        Ok(EnrolmentAnswer::Enrolled(Enrolled {
            device: device.id,
            lock: device.lock,
            user: device.user,
            user_name: person.map(|person| person.name.clone()).unwrap_or_default(),
            personal: self.personal_space(device.user, now)?,
            municipality: self.configuration()?.municipality.name.clone(),
            epoch: self.epoch()?,
            server_time: now.millis(),
            keys: self.keys()?.public().clone(),
            lease: self.lease(device.id, None, now)?.unwrap_or_default(),
        }))
    }

    fn personal_space(&self, user: UserId, now: Moment) -> Result<Option<SpaceId>, Refusal> {
        let access = self.storage().directory()?.access(user, now);
        let spaces = access.as_ref().map(|access| access.spaces.iter());
        let mut spaces = spaces.into_iter().flatten();
        Ok(spaces
            .find(|granted| granted.space.kind == SpaceKind::Personal)
            .map(|granted| granted.space.id))
    }
}

/// What the device's screen and the administrator's show of it.
fn fingerprint(device: &NewDevice) -> String {
    let parts = [
        device.capture_key.to_bytes(),
        device.token.to_bytes(),
        device.deposit_token.to_bytes(),
    ];
    Fingerprint::of(parts.iter().map(<[u8; 32]>::as_slice)).to_string()
}

fn not_valid() -> Refusal {
    Refusal::new(
        Code::CodeNotValid,
        "Ask the administrator for a new code; it counts for ten minutes, an invitation for three days.",
    )
}

/// What a device made for itself, when the request says what it must.
fn read(request: &EnrolmentRequest) -> Result<NewDevice, Refusal> {
    let malformed = |detail| Refusal::new(Code::Malformed, detail);
    let words = [&request.platform, &request.app];
    if words
        .iter()
        .any(|word| word.is_empty() || word.len() > LONGEST_WORD)
    {
        return Err(malformed("platform and app are words of 1 to 64 characters"));
    }
    let hash = |text: &str| {
        let hash = from_hex(text).ok_or_else(|| malformed("a hash is 64 lower-case hexadecimal digits"));
        hash.map(TokenHash::from_bytes)
    };
    let key = URL_SAFE_NO_PAD.decode(&request.capture_key).ok();
    let key = key.and_then(|bytes| <[u8; 32]>::try_from(bytes).ok());
    Ok(NewDevice {
        token: hash(&request.token_sha256)?,
        deposit_token: hash(&request.deposit_token_sha256)?,
        capture_key: key
            .map(PublicKey::from_bytes)
            .ok_or_else(|| malformed("capture_key is not 32 bytes in base64url"))?,
        platform: request.platform.clone(),
        app: request.app.clone(),
    })
}
