//! What a person can set: some of it in the library, some outside it, and who opens it at its doors.

use super::failures::refusal;
use super::shell::{Answer, Shell};
use drempel_client::phone::PhoneError;
use drempel_screens::shapes::{Settings, SettingsChange};

impl Shell {
    /// What a person can set.
    pub(crate) fn settings(&self) -> Answer<Settings> {
        let appearance = self.outside.appearance();
        let settings = self.open(|screens| screens.settings(&appearance))?;
        Ok(self.with_the_doors(settings))
    }

    /// Changes what was asked; how the app looks is kept outside the library.
    pub(crate) async fn change_settings(&self, change: SettingsChange) -> Answer<Settings> {
        if let Some(open) = change.biometrics {
            self.let_biometrics_open(open).await.map_err(refusal)?;
        }
        let appearance = self.outside.appearance();
        let settings = self.act(|screens| screens.change_settings(&change, &appearance))?;
        let appearance = settings.appearance.clone();
        self.outside
            .change(|known| known.appearance = appearance)
            .map_err(refusal)?;
        Ok(self.with_the_doors(settings))
    }

    async fn let_biometrics_open(&self, open: bool) -> Result<(), PhoneError> {
        match open {
            true => self.phone.add_biometrics().await,
            false => self.phone.remove_biometrics().await,
        }
    }

    fn with_the_doors(&self, settings: Settings) -> Settings {
        let biometrics = self.phone.biometrics();
        Settings {
            biometrics,
            ..settings
        }
    }
}
