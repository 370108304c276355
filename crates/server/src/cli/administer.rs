//! An administrator's commands: reads the words, calls the server, writes what came of it.

use super::{Admin, AdminCommand, AuditCommand, ChangeName, Failure, QuarantineCommand};
use crate::{
    Aged, App, DeviceInfo, LogEntry, RandomIds, SystemClock, UnconfirmedRemoval, invitation_sheets, space_id,
};
use drempel_domain::id::SpaceId;
use drempel_domain::space::Role;
use drempel_domain::sync_log::Seq;
use drempel_domain::time::{Clock as _, Moment};
use drempel_sealing::audit::Verified;
use std::fs::OpenOptions;
use std::io::Write;
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::Path;
use std::str::FromStr;
use std::sync::Arc;

/// Carries a command out and writes its result.
pub(super) fn administer(arguments: &Admin, out: &mut impl Write) -> Result<(), Failure> {
    if let AdminCommand::Restore { file } = &arguments.command {
        App::restore(file, &arguments.data)?;
        writeln!(
            out,
            "Restored. Start the server: devices send again what the backup does not cover."
        )?;
        return Ok(());
    }
    let app = App::open_beside(&arguments.data, Arc::new(SystemClock), Arc::new(RandomIds))?;
    match &arguments.command {
        AdminCommand::Import { file } => import(&app, &std::fs::read_to_string(file)?, out)?,
        AdminCommand::MakeCode { user } => writeln!(out, "{}", app.make_code(user)?)?,
        AdminCommand::Devices => app
            .devices()?
            .iter()
            .try_for_each(|device| show_device(device, out))?,
        AdminCommand::Invite { team, server, print } => invite(&app, team, server, print, out)?,
        AdminCommand::Confirm { fingerprint } => confirm(&app, &fingerprint.concat(), out)?,
        AdminCommand::Refuse { fingerprint } => app.refuse_device(&fingerprint.concat())?,
        AdminCommand::Removals => app
            .unconfirmed_removals()?
            .iter()
            .try_for_each(|removal| show_removal(removal, out))?,
        AdminCommand::RevokeDevice { device, lost_at } => {
            let lost_at = lost_at.as_deref().map(moment).transpose()?;
            app.revoke_device(id(device)?, lost_at)?;
        }
        AdminCommand::Grant {
            user,
            space,
            role,
            from,
        } => {
            app.grant(user, space, self::role(role)?, moment_or_now(from.as_deref())?)?;
        }
        AdminCommand::RevokeMembership { user, space, at } => {
            app.revoke_membership(user, space, moment_or_now(at.as_deref())?)?;
        }
        AdminCommand::SetCode {
            list,
            code,
            label,
            retired,
        } => app.set_code(list, code, label, !retired)?,
        AdminCommand::Quarantine { command } => quarantine(&app, command, out)?,
        AdminCommand::Missing => app
            .missing_changes()?
            .iter()
            .try_for_each(|entry| show_entry(entry, out))?,
        AdminCommand::Erase { space, record } => app.erase(named_space(space), id(record)?)?,
        AdminCommand::Age => age(&app, out)?,
        AdminCommand::Backup { file, keys } => backup(&app, file, keys.as_deref(), out)?,
        AdminCommand::RotateKey => writeln!(out, "{}", app.rotate_keys()?)?,
        AdminCommand::Audit { command } => audit(&app, command, out)?,
        AdminCommand::Restore { .. } => {}
    }
    Ok(())
}

fn age(app: &App, out: &mut impl Write) -> Result<(), Failure> {
    let Aged {
        off_devices,
        back,
        erased,
    } = app.age()?;
    writeln!(out, "{off_devices} off the devices, {back} back, {erased} erased")?;
    Ok(())
}

fn import(app: &App, text: &str, out: &mut impl Write) -> Result<(), Failure> {
    let imported = app.import(text)?;
    writeln!(
        out,
        "{} users, {} spaces, {} memberships, {} codes, {} spots, {} partners",
        imported.users,
        imported.spaces,
        imported.memberships,
        imported.codes,
        imported.spots,
        imported.partners
    )?;
    Ok(())
}

/// Writes the sheets into a file that this user alone can read: each is a key to a person's work.
fn invite(app: &App, team: &str, server: &str, print: &Path, out: &mut impl Write) -> Result<(), Failure> {
    let address = server.parse();
    let address = address.map_err(|_| {
        Failure::Argument("an address is https:// and a host, such as https://drempel.example.nl")
    })?;
    // Made first, so that no invitation counts which could not be written down.
    let mut options = OpenOptions::new();
    let mut file = options.write(true).create_new(true).mode(0o600).open(print)?;
    let invitations = app.invite_team(team, &address)?;
    file.write_all(invitation_sheets(&invitations)?.as_bytes())?;
    file.sync_all()?;
    writeln!(out, "{} invitations, valid for 72 hours", invitations.len())?;
    Ok(())
}

/// Lists who waits, or enrols the device with this fingerprint.
fn confirm(app: &App, fingerprint: &str, out: &mut impl Write) -> Result<(), Failure> {
    if !fingerprint.is_empty() {
        app.confirm_device(fingerprint)?;
        return Ok(());
    }
    for waiting in app.waiting_devices()? {
        writeln!(
            out,
            "{}\t{}\t{}\t{}\tasked {}\tuntil {}",
            waiting.fingerprint,
            waiting.user_name,
            waiting.platform,
            waiting.app,
            waiting.asked_at,
            waiting.until
        )?;
    }
    Ok(())
}

/// Copies the database, and the keys where that was asked; says what to write down about the audit log.
fn backup(app: &App, file: &Path, keys: Option<&Path>, out: &mut impl Write) -> Result<(), Failure> {
    if let Some(keys) = keys {
        app.backup_keys(keys)?;
    }
    app.backup(file)?;
    show_head(&app.verify_audit(None)?, out)
}

fn audit(app: &App, command: &AuditCommand, out: &mut impl Write) -> Result<(), Failure> {
    match command {
        AuditCommand::List => {
            for entry in app.audit_log()? {
                let fields = serde_json::to_string(&entry.fields)
                    .map_err(|_| Failure::SetUp("an entry of the audit log"))?;
                writeln!(out, "{}\t{fields}", entry.number)?;
            }
            Ok(())
        }
        AuditCommand::Verify { head } => {
            let head = head.as_deref().map(str::parse).transpose();
            let head = head.map_err(|_| Failure::Argument("a head is 64 lower-case hexadecimal digits"))?;
            show_head(&app.verify_audit(head)?, out)
        }
    }
}

fn show_head(verified: &Verified, out: &mut impl Write) -> Result<(), Failure> {
    writeln!(
        out,
        "audit log: {} entries hold, head {}",
        verified.entries, verified.head
    )?;
    Ok(())
}

fn show_removal(removal: &UnconfirmedRemoval, out: &mut impl Write) -> std::io::Result<()> {
    let UnconfirmedRemoval {
        device,
        user_name,
        space,
        ..
    } = removal;
    let why = match removal.revoked_at {
        Some(at) => ["device revoked ", &at.to_string()].concat(),
        None => "membership ended".to_owned(),
    };
    let contact = or_dash(removal.last_contact);
    writeln!(
        out,
        "{device}\t{user_name}\t{space}\t{why}\tlast contact {contact}"
    )
}

fn or_dash(at: Option<Moment>) -> String {
    at.map_or_else(|| "-".to_owned(), |at| at.to_string())
}

fn show_device(device: &DeviceInfo, out: &mut impl Write) -> std::io::Result<()> {
    let at = or_dash;
    writeln!(
        out,
        "{}\t{}\t{}\t{}\tenrolled {}\tlast contact {}\trevoked {}\tlost {}\tcopied {}\tremoved {}\tholds {} spaces",
        device.id,
        device.user_name,
        device.platform,
        device.app,
        device.enrolled_at,
        at(device.last_contact),
        at(device.revoked_at),
        at(device.lost_at),
        at(device.copied_at),
        at(device.removed_at),
        device.holds.len()
    )
}

fn quarantine(app: &App, command: &QuarantineCommand, out: &mut impl Write) -> Result<(), Failure> {
    match command {
        QuarantineCommand::List => app
            .quarantine()?
            .iter()
            .try_for_each(|entry| show_entry(entry, out))?,
        QuarantineCommand::Release(name) => {
            let ChangeName { space, device, seq } = name;
            app.release(named_space(space), id(device)?, Seq(*seq))?;
        }
        QuarantineCommand::ReleaseDevice { device, before } => {
            let before = before.as_deref().map(moment).transpose()?;
            let work = app.release_device(id(device)?, before)?;
            let (released, waiting) = (work.released.len(), work.waiting.len());
            writeln!(out, "{released} taken in, {waiting} waiting")?;
        }
        QuarantineCommand::Discard(name) => {
            let ChangeName { space, device, seq } = name;
            app.discard(named_space(space), id(device)?, Seq(*seq))?;
        }
    }
    Ok(())
}

/// Which change waits and why; its content stays where it is.
fn show_entry(entry: &LogEntry, out: &mut impl Write) -> std::io::Result<()> {
    let reason = entry.reason.as_ref();
    writeln!(
        out,
        "{}\t{}\t{}\treceived {}\t{}\t{}",
        entry.space,
        entry.device,
        entry.seq,
        entry.received_at,
        reason.map_or("-", |reason| &reason.code),
        reason.and_then(|reason| reason.field.as_deref()).unwrap_or("-")
    )
}

fn named_space(text: &str) -> SpaceId {
    text.parse().unwrap_or_else(|_| space_id(text))
}

fn id<T: FromStr>(text: &str) -> Result<T, Failure> {
    text.parse()
        .map_err(|_| Failure::Argument("an identifier is a UUID in its usual form"))
}

fn moment(text: &str) -> Result<Moment, Failure> {
    Moment::from_rfc3339(text)
        .map_err(|_| Failure::Argument("an instant has its zone, such as 2026-03-07T12:30:00+01:00"))
}

fn moment_or_now(text: Option<&str>) -> Result<Moment, Failure> {
    text.map_or_else(|| Ok(SystemClock.now()), moment)
}

fn role(text: &str) -> Result<Role, Failure> {
    serde_json::from_value(serde_json::Value::from(text))
        .map_err(|_| Failure::Argument("a role is member, reader, lead, casemanager or privacy"))
}
