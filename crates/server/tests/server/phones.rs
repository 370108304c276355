//! Phones as the server meets them while they are locked, wiped or lost: what they seal, and how they hand it in.

use crate::support::*;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use drempel_domain::id::{DeviceId, SpaceId};
use drempel_domain::sync_log::{Change, Seq};
use drempel_domain::value::Value;
use drempel_protocol::DEPOSITS;
use drempel_protocol::deposit::{Covered, DepositAnswer, DepositRequest, Deposited};
use drempel_protocol::keys::ServerKeys;
use drempel_sealing::capture::{Captures, Recipients};
use drempel_sealing::keys::PublicKey;
use drempel_sealing::outbox::Outbox;
use drempel_sealing::randomness::Randomness;
use drempel_server::{personal_space_name, space_id};
use http::{Request, Response, StatusCode};
use std::collections::BTreeMap;
use zeroize::Zeroizing;

/// A person's own space.
pub(crate) fn own_space(user: &str) -> SpaceId {
    space_id(&personal_space_name(user))
}

pub(crate) fn sealing_key(keys: &ServerKeys) -> PublicKey {
    serde_json::from_value(serde_json::Value::from(keys.sealing.as_str())).unwrap()
}

/// The entries that an outbox of that device number holds for these changes.
pub(crate) fn outbox(device: DeviceId, key: PublicKey, changes: &[(SpaceId, Change)]) -> Vec<String> {
    let texts = changes.iter().map(|(space, change)| {
        let text = serde_json::to_vec(change).unwrap();
        (*space, change.seq, text)
    });
    sealed(device, key, texts)
}

/// The same of texts that need not be changes.
pub(crate) fn sealed(
    device: DeviceId,
    key: PublicKey,
    texts: impl IntoIterator<Item = (SpaceId, Seq, Vec<u8>)>,
) -> Vec<String> {
    let folder = tempfile::tempdir().unwrap();
    let mut outbox = Outbox::create(&folder.path().join("outbox"), device).unwrap();
    let mut randomness = Randomness::of_the_system().unwrap();
    for (space, seq, text) in texts {
        outbox.append(space, seq, &text, key, &mut randomness).unwrap();
    }
    let entries = outbox.entries(None, usize::MAX).unwrap();
    entries
        .iter()
        .map(|entry| STANDARD.encode(entry.encode()))
        .collect()
}

/// What a phone records without unlocking.
pub(crate) fn captures(device: &Device, space: SpaceId, changes: &[Change]) -> Vec<String> {
    let folder = tempfile::tempdir().unwrap();
    let mut captures = Captures::create(&folder.path().join("captures"), device.lock, space).unwrap();
    let mut randomness = Randomness::of_the_system().unwrap();
    let recipients = Recipients {
        device: capture_key().public().unwrap(),
        server: sealing_key(&device.keys),
    };
    for change in changes {
        let make = |seq| {
            let change = Change {
                seq,
                ..change.clone()
            };
            Zeroizing::new(serde_json::to_vec(&change).unwrap())
        };
        captures.append(make, &recipients, &mut randomness).unwrap();
    }
    let entries = captures.sealed(Seq::ZERO, usize::MAX).unwrap();
    entries
        .iter()
        .map(|entry| STANDARD.encode(entry.encode()))
        .collect()
}

/// A quick note made without unlocking; its number is the capture's to give.
pub(crate) fn note(world: &World, device: &Device, user: &str, words: &str) -> Change {
    let author = drempel_server::user_id(user).to_string();
    let set = [
        ("text", text(words)),
        ("recorded_locked", Value::from(true)),
        ("created_at", Value::from(world.now().to_string().as_str())),
        ("created_by", Value::from(author.as_str())),
    ];
    Change {
        seq: Seq(1),
        collection: "quick_note".to_owned(),
        record: id(words),
        new: true,
        set: fields(&set),
        base: BTreeMap::new(),
        made: device.clocks(world),
        instead_of: None,
        given: None,
    }
}

pub(crate) fn covered(device: DeviceId, space: SpaceId, from: u64, through: u64) -> Covered {
    Covered {
        device,
        space,
        from: Seq(from),
        through: Seq(through),
    }
}

impl World {
    pub(crate) fn deposit_request(&self, entries: Vec<String>, covers: Vec<Covered>) -> DepositRequest {
        DepositRequest {
            protocol: 1,
            app: "0.1.0".to_owned(),
            clocks: drempel_domain::time::Clock::clocks(&*self.clock),
            entries,
            covers,
            removed: false,
        }
    }

    pub(crate) async fn post_deposit(
        &self,
        token: &str,
        request: &DepositRequest,
    ) -> Response<axum::body::Body> {
        let request = Request::post(DEPOSITS)
            .header("authorization", ["Bearer ", token].concat())
            .header("content-type", "application/json")
            .body(serde_json::to_vec(request).unwrap().into())
            .unwrap();
        self.send(request).await
    }

    /// Hands entries in with a device's deposit token, and gives what is said of the only stream.
    pub(crate) async fn hand_in(
        &self,
        device: &Device,
        entries: Vec<String>,
        covers: Vec<Covered>,
    ) -> Deposited {
        let request = self.deposit_request(entries, covers);
        let mut answer = self.deposited(device, &request).await;
        assert_eq!(answer.streams.len(), 1);
        answer.streams.remove(0)
    }

    pub(crate) async fn deposited(&self, device: &Device, request: &DepositRequest) -> DepositAnswer {
        let response = self.post_deposit(&deposit_token(&device.token), request).await;
        assert_eq!(response.status(), StatusCode::OK);
        serde_json::from_slice(&bytes(response).await).unwrap()
    }
}
