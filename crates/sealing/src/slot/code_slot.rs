//! The door that a code opens, on the phone whose hardware answers each guess.

use super::wrapped::{Door, VERSION, Wrapped, wrapping_key};
use super::{Code, CodeKind, Cost, Holder, SlotError};
use crate::fields::Writing;
use crate::hardware::HardwareKey;
use crate::randomness::Randomness;
use crate::secret::{DatabaseKey, Secret};
use secrecy::ExposeSecret;
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

/// The database's key, wrapped under what a code becomes on one phone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CodeSlot {
    kind: CodeKind,
    cost: Cost,
    wrapped: Wrapped,
}

impl CodeSlot {
    /// Wraps the key under a code that is not too easily guessed.
    pub(super) fn wrap(
        key: &DatabaseKey,
        code: &Code,
        hardware: &dyn HardwareKey,
        holder: Holder,
        cost: Cost,
        randomness: &mut Randomness,
    ) -> Result<Self, SlotError> {
        let kind = code.check(hardware.is_hardware())?;
        let secret = |salt: &[u8; 16]| bound(code, salt, cost, kind, hardware);
        let wrapped = Wrapped::wrap(key, &code_door(holder, kind, &cost), secret, randomness)?;
        Ok(Self { kind, cost, wrapped })
    }

    /// Unwraps it with the same code on the same phone.
    pub(super) fn unwrap(
        &self,
        code: &Code,
        hardware: &dyn HardwareKey,
        holder: Holder,
    ) -> Result<DatabaseKey, SlotError> {
        let secret = |salt: &[u8; 16]| bound(code, salt, self.cost, self.kind, hardware);
        self.wrapped
            .unwrap(&code_door(holder, self.kind, &self.cost), secret)
    }

    /// What the code is made of.
    pub(super) fn kind(&self) -> CodeKind {
        self.kind
    }

    /// What one try costs.
    pub(super) fn cost(&self) -> Cost {
        self.cost
    }
}

/// The wrapping key that this code makes on this hardware.
fn bound(
    code: &Code,
    salt: &[u8; 16],
    cost: Cost,
    kind: CodeKind,
    hardware: &dyn HardwareKey,
) -> Result<Secret, SlotError> {
    let stretched = cost.stretch(code, salt)?;
    let guess = Writing::of("drempel slot guess")
        .fixed(stretched.expose_secret())
        .done();
    let answer = hardware.bind(&Zeroizing::new(guess))?;
    wrapping_key(&answer, salt, name_of(kind))
}

const fn name_of(kind: CodeKind) -> &'static str {
    match kind {
        CodeKind::Pin => "pin",
        CodeKind::Passphrase => "passphrase",
    }
}

fn code_door(holder: Holder, kind: CodeKind, cost: &Cost) -> Door<'_> {
    Door {
        version: VERSION,
        holder,
        kind: name_of(kind),
        cost: Some(cost),
    }
}
