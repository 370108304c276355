//! Memberships and codes of lists.

use super::AdminError;
use crate::app::App;
use crate::municipality::{space_id, user_id};
use crate::storage::Span;
use drempel_domain::id::{SpaceId, UserId};
use drempel_domain::space::Role;
use drempel_domain::sync_log::FieldName;
use drempel_domain::time::Moment;
use drempel_protocol::access::ListedCode;

impl App {
    /// Lets a person (by short name) into a space (by short name) from an instant on; another role there ends then.
    pub fn grant(&self, user: &str, space: &str, role: Role, from: Moment) -> Result<(), AdminError> {
        let (user, space) = self.named(user, space)?;
        Ok(self
            .storage()
            .set_membership(user, space, Span::Grant(role, from), self.now())?)
    }

    /// Ends a person's membership of a space at an instant. What was made before counts, also when it arrives later.
    pub fn revoke_membership(&self, user: &str, space: &str, at: Moment) -> Result<(), AdminError> {
        let (user, space) = self.named(user, space)?;
        Ok(self
            .storage()
            .set_membership(user, space, Span::End(at), self.now())?)
    }

    /// Adds a code to a list of the municipality, or changes its label or whether it can still be chosen.
    pub fn set_code(&self, list: &str, code: &str, label: &str, active: bool) -> Result<(), AdminError> {
        FieldName::keyed("code", code).map_err(|_| AdminError::NotACode)?;
        let code = ListedCode {
            code: code.to_owned(),
            label: label.to_owned(),
            active,
        };
        Ok(self.storage().set_code(list, &code)?)
    }

    fn named(&self, user: &str, space: &str) -> Result<(UserId, SpaceId), AdminError> {
        let directory = self.storage().directory()?;
        let (user, space) = (user_id(user), space_id(space));
        directory.person(user).ok_or(AdminError::NoSuchUser)?;
        directory.space(space).ok_or(AdminError::NoSuchSpace)?;
        Ok((user, space))
    }
}
