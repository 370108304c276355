//! The other end of the player's line: the server's process, which serves devices and does what it is told.

use super::control::{Answer, Order};
use super::times::{TownIds, TrueTime};
use drempel_domain::id::{RecordId, SpaceId};
use drempel_server::{AdminError, App, LogEntry, router};
use std::io::{self, BufRead as _, Write};
use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;

/// Why the server's process ended with an error.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// The data cannot be opened.
    #[error(transparent)]
    Open(#[from] drempel_server::OpenError),
    /// Nothing can be listened to, read or written.
    #[error(transparent)]
    Io(#[from] io::Error),
    /// An answer cannot be written down.
    #[error(transparent)]
    Shape(#[from] serde_json::Error),
}

/// Serves devices on a free port of this machine and carries out orders from standard input until there are no more.
///
/// # Errors
/// See [`ServeError`].
pub fn serve(data: &Path, seed: u64) -> Result<(), ServeError> {
    let time = TrueTime::default();
    let app = App::open(data, Arc::new(time.clone()), Arc::new(TownIds::new(seed)))?;
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()?;
    let listener = runtime.block_on(tokio::net::TcpListener::bind(SocketAddr::from((
        [127, 0, 0, 1],
        0,
    ))))?;
    let address = format!("http://{}", listener.local_addr()?);
    let service = router(app.clone()).into_make_service_with_connect_info::<SocketAddr>();
    runtime.spawn(async move { axum::serve(listener, service).await });
    let mut answers = io::stdout().lock();
    say(&mut answers, &Answer::Listening(address))?;
    for line in io::stdin().lock().lines() {
        let answer = match serde_json::from_str(&line?) {
            Ok(order) => carry_out(&app, &time, order),
            Err(error) => Answer::Refused(error.to_string()),
        };
        say(&mut answers, &answer)?;
    }
    Ok(())
}

fn say(answers: &mut impl Write, answer: &Answer) -> Result<(), ServeError> {
    let mut text = serde_json::to_string(answer)?;
    text.push('\n');
    answers.write_all(text.as_bytes())?;
    Ok(answers.flush()?)
}

fn carry_out(app: &App, time: &TrueTime, order: Order) -> Answer {
    done(app, time, order).unwrap_or_else(|error| Answer::Refused(error.to_string()))
}

fn done(app: &App, time: &TrueTime, order: Order) -> Result<Answer, AdminError> {
    match order {
        Order::SetTime { now } => time.set(now),
        Order::Import { file } => {
            if let Err(error) = app.import(&file) {
                return Ok(Answer::Refused(error.to_string()));
            }
        }
        Order::MakeCode { user } => return Ok(Answer::Code(app.make_code(&user)?)),
        Order::RevokeDevice { device, lost_at } => app.revoke_device(device, lost_at)?,
        Order::Grant {
            user,
            space,
            role,
            from,
        } => app.grant(&user, &space, role, from)?,
        Order::RevokeMembership { user, space, at } => app.revoke_membership(&user, &space, at)?,
        Order::SetCode {
            list,
            code,
            label,
            active,
        } => app.set_code(&list, &code, &label, active)?,
        Order::ReleaseDevice { device } => {
            let work = app.release_device(device, None)?;
            let changes = work.released.into_iter().filter_map(|entry| entry.change);
            return Ok(Answer::Released {
                changes: changes.collect(),
                waiting: work.waiting.len(),
            });
        }
        Order::Digests => return Ok(Answer::Digests(app.space_digests()?)),
        Order::LoggedValues { space, record, field } => return logged(app, space, record, &field),
    }
    Ok(Answer::Done)
}

fn logged(app: &App, space: SpaceId, record: RecordId, field: &str) -> Result<Answer, AdminError> {
    let entries = app.log_entries()?.into_iter();
    let of_record = entries.filter(|entry| entry.space == space && entry.record == Some(record));
    let value = |entry: LogEntry| Some((entry.author, entry.change?.set.get(field)?.clone()));
    Ok(Answer::Values(of_record.filter_map(value).collect()))
}
