//! Lines about devices, connections and forms that were open, and what administrators do.

use super::PlayError;
use super::control::Order;
use super::line::Line;
use super::names::NamedDevice;
use super::play::{Played, not_in_use};
use super::typing::type_letter_by_letter;
use drempel_client::Client;
use drempel_domain::time::Moment;
use drempel_store::Draft;

impl Played {
    /// Carries out what happens to devices and connections, and what administrators do.
    pub(super) async fn around_the_app(&mut self, mut line: Line) -> Result<(), PlayError> {
        let device = line.device.clone();
        match line.does.as_str() {
            "go_offline" | "report_device_lost" => {
                line.entered.take("lost_device");
            }
            "lock" => self.phone(&device)?.lock().await?,
            "unlock" => self.phone(&device)?.unlock().await?,
            "wrong_code" => self.phone(&device)?.try_wrong_code().await?,
            "sync" | "go_online" => {
                line.entered.take("note");
                line.entered.take("locked");
                self.connect(&device).await?;
            }
            "sync_lost_reply" => {
                line.entered.take("note");
                self.lose_a_reply(&device).await?;
            }
            "clock_skew" => {
                let seconds = line
                    .entered
                    .take("clock_skew_s")
                    .and_then(|value| value.as_i64())
                    .unwrap_or(0);
                self.phone(&device)?.set_skew(seconds.saturating_mul(1_000));
            }
            "app_killed" => self.kill(&mut line).await?,
            "reopen_draft" => self.reopen_draft(&mut line)?,
            "device_lost" => {
                self.phone(&device)?.lock().await?;
                self.lost.insert(device, line.at);
                line.entered.take("noticed_at");
                line.entered.take("note");
            }
            "enrol_device" => self.enrol_later(&mut line).await?,
            "revoke_device" | "grant_membership" | "revoke_membership" | "retire_list_code"
            | "add_list_code" => {
                let order = self.administrators_order(&mut line)?;
                self.town.have_done(&order)?;
            }
            other => {
                *self.skipped.entry(other.to_owned()).or_default() += 1;
                return Ok(());
            }
        }
        self.count_left(&line.does, &line.entered);
        Ok(())
    }

    /// The app is killed; what was being typed until then was kept letter by letter.
    async fn kill(&mut self, line: &mut Line) -> Result<(), PlayError> {
        let form = line.entered.text("during")?;
        let typed = line.entered.take("draft");
        let n = line.n;
        self.open(&line.device).await?;
        let phone = self.phone(&line.device)?;
        let typed = typed.unwrap_or_default();
        let id = phone.with(|client| {
            let id = client.new_draft();
            type_letter_by_letter(client, id, &form, &typed).map(|()| id)
        })?;
        phone.kill().await?;
        let back = phone.with(Client::drafts)?;
        if let Some(draft) = back.into_iter().find(|draft| draft.id == id) {
            self.open_forms.insert(line.device.clone(), draft.clone());
            self.drafts.push((n, draft));
        }
        Ok(())
    }

    fn reopen_draft(&mut self, line: &mut Line) -> Result<(), PlayError> {
        let (form, text) = (line.entered.text("form")?, line.entered.text("text_so_far")?);
        let drafts = self.phone(&line.device)?.with(Client::drafts)?;
        let holds = |draft: &Draft| {
            let values = draft
                .content
                .as_object()
                .into_iter()
                .flat_map(serde_json::Map::values);
            draft.form == form
                && values
                    .into_iter()
                    .any(|value| value.as_str() == Some(text.as_str()))
        };
        match drafts.iter().any(holds) {
            true => Ok(()),
            false => Err(PlayError::line("the draft is not back letter for letter")),
        }
    }

    async fn enrol_later(&mut self, line: &mut Line) -> Result<(), PlayError> {
        let (id, user) = (line.entered.text("new_device")?, line.entered.text("user")?);
        let listed = self
            .names
            .later_devices
            .iter()
            .find(|device| device.id == id)
            .cloned();
        let device = listed.unwrap_or(NamedDevice {
            id,
            user,
            platform: "android".to_owned(),
        });
        self.enrol(&device).await
    }

    fn administrators_order(&self, line: &mut Line) -> Result<Order, PlayError> {
        let at = line.at;
        let entered = &mut line.entered;
        Ok(match line.does.as_str() {
            "revoke_device" => {
                let name = entered.text("lost_device")?;
                Order::RevokeDevice {
                    device: *self.devices.get(&name).ok_or_else(|| not_in_use(&name))?,
                    lost_at: self.lost.get(&name).copied(),
                }
            }
            "grant_membership" => Order::Grant {
                user: entered.text("user")?,
                space: entered.text("space")?,
                role: serde_json::from_value(entered.take("role").unwrap_or_default())
                    .map_err(|error| PlayError::shape("role", error))?,
                from: at,
            },
            "revoke_membership" => Order::RevokeMembership {
                user: entered.text("user")?,
                space: entered.text("space")?,
                at: match entered.maybe_text("effective") {
                    Some(text) => {
                        Moment::from_rfc3339(&text).map_err(|error| PlayError::line(error.to_string()))?
                    }
                    None => at,
                },
            },
            _ => {
                let (list, code) = (entered.text("list")?, entered.text("code")?);
                let label = entered.maybe_text("label");
                let label = label
                    .or_else(|| self.names.label(&list, &code).map(str::to_owned))
                    .unwrap_or_default();
                let active = line.does == "add_list_code";
                Order::SetCode {
                    list,
                    code,
                    label,
                    active,
                }
            }
        })
    }
}
