//! Reconciling with the municipality from an unlocked phone, and what its answer means for the phone itself.

use super::delivering::Delivered;
use super::outbox_sealing::seal_what_waits;
use super::sealed_work::{Enrolment, SealedWork};
use super::session::User;
use super::start::lock;
use super::{Ending, Phone, PhoneError, folder};
use crate::sync::{SyncError, SyncReport, Transport};
use crate::{Client, ClientError, settings};
use drempel_domain::space::SpaceKind;
use drempel_protocol::problem::Code;

impl Phone {
    /// Hands in what was set aside, sends what was saved and takes in what changed. Locking gives it up at once, which
    /// harms nothing.
    ///
    /// A municipality that ended the phone's access ends what can be read on it; what was not received is sealed first
    /// and handed in.
    ///
    /// # Errors
    /// [`PhoneError::Locked`], also when the phone was locked meanwhile; [`PhoneError::Sync`].
    pub async fn synchronise(&self, transport: &impl Transport) -> Result<SyncReport, PhoneError> {
        let report = {
            let user = self.enter_for_contact()?;
            tokio::select! {
                report = self.reconcile(transport, &user) => report,
                () = user.closing() => return Err(PhoneError::Locked),
            }
        };
        match &report {
            Ok(_) => {}
            Err(PhoneError::Sync(SyncError::Refused {
                code: Code::Revoked, ..
            })) => {
                self.leave(transport).await?;
            }
            Err(_) => self.contact_tried()?,
        }
        let _alone = self.passage.lock().await;
        self.heed_lease().await?;
        report
    }

    async fn reconcile(&self, transport: &impl Transport, user: &User) -> Result<SyncReport, PhoneError> {
        // What was recorded while locked goes first: what was saved since may be about it.
        self.hand_in_first(transport).await?;
        seal_what_waits(user, &self.sealed, &self.machine)?;
        user.prepare_next_token()?;
        let report = user.synchronise(transport).await?;
        self.learn_from(user, &report)?;
        Ok(report)
    }

    /// An answer that refuses sealed work does not keep the rest from going.
    async fn hand_in_first(&self, transport: &impl Transport) -> Result<Delivered, PhoneError> {
        match self.deliver(transport).await {
            Err(PhoneError::Sync(error @ (SyncError::Transport(_) | SyncError::SignInPage))) => {
                Err(error.into())
            }
            Err(error) => {
                tracing::warn!(%error, "sealed work was not handed in");
                Ok(Delivered::default())
            }
            Ok(delivered) => Ok(delivered),
        }
    }

    /// Takes over what the answer says about the phone itself.
    fn learn_from(&self, client: &Client, report: &SyncReport) -> Result<(), PhoneError> {
        self.take_identity_over(client)?;
        if let Some(watch) = report.lease {
            self.begin_lease(watch)?;
        }
        let mut sealed = lock(&self.sealed);
        let Some(sealed) = sealed.as_mut() else {
            return Ok(());
        };
        sealed.was_answered(self.machine.counting_clocks());
        sealed.learn_from(client)?;
        let spaces = client
            .store
            .read(|reader| Ok::<_, ClientError>(reader.spaces()?))?;
        for space in spaces {
            sealed.outbox.drop_through(space.id, space.durable_through)?;
        }
        Ok(())
    }

    /// The server knows the phone under other numbers: everything that waits is sealed under them before the outbox of the
    /// old ones goes. What was set aside under the lock's old number is still handed in under it.
    fn take_identity_over(&self, client: &Client) -> Result<(), PhoneError> {
        let device = client.device()?;
        let old = match lock(&self.sealed).as_ref() {
            Some(sealed) if sealed.enrolment().device != device => sealed.enrolment().clone(),
            _ => return Ok(()),
        };
        let (old_device, old_lock) = (old.device, old.lock);
        let new = Enrolment {
            device,
            lock: client.lock_device()?.unwrap_or(old.lock),
            ..old
        };
        let all = self.folder.sealed();
        let keeps_its_lock = new.lock == old_lock;
        if keeps_its_lock {
            SealedWork::take_captures_along(&all, old_device, device)?;
        }
        let work = SealedWork::make(&all, new)?;
        let former = lock(&self.sealed).replace(work);
        seal_what_waits(client, &self.sealed, &self.machine)?;
        folder::keep(&self.folder.present(), &device)?;
        match former {
            Some(former) if keeps_its_lock => former.remove(),
            Some(former) => {
                if let Some(former) = former.keep_only_captures()? {
                    self.leave_behind(&former);
                }
                Ok(())
            }
            None => Ok(()),
        }
    }

    /// The municipality ended the phone's access: what can be read goes, and what it does not have yet is handed in.
    async fn leave(&self, transport: &impl Transport) -> Result<(), PhoneError> {
        {
            let _alone = self.passage.lock().await;
            self.close_and_end(Ending::Revoked).await?;
        }
        if let Err(error) = self.deliver(transport).await {
            tracing::warn!(%error, "sealed work waits to be handed in");
        }
        Ok(())
    }
}

impl SealedWork {
    /// Takes over what the library knows by now and a locked phone needs.
    fn learn_from(&mut self, client: &Client) -> Result<(), PhoneError> {
        let keys = client.store.read(settings::server_keys)?;
        let days = client.store.read(settings::terms)?.quick_note_days;
        let personal = client
            .spaces()?
            .into_iter()
            .find(|granted| granted.space.kind == SpaceKind::Personal);
        self.learn(|enrolment| {
            enrolment.note_days = days;
            if let Some(keys) = keys {
                enrolment.keys = keys;
            }
            enrolment.regime = personal.map(|granted| granted.space.regime);
        })
    }
}
