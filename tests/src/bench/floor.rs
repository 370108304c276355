//! The floor: what the same records cost when nothing is merged, encrypted, searched or kept for later.
//!
//! Plain inserts in one transaction; JSON in zstd, posted over HTTP; inserts at the other end.

use super::clock::Stopwatch;
use super::workload::WorkRecord;
use crate::network::device::plain_way;
use crate::network::site::Site;
use axum::Router;
use axum::body::Bytes;
use axum::extract::DefaultBodyLimit;
use axum::http::StatusCode;
use axum::routing::get;
use rusqlite::{Connection, params};
use std::error::Error;
use std::path::{Path, PathBuf};

/// How hard to compress, as our own protocol does.
const LEVEL: i32 = 3;

/// What the floor costs.
#[derive(Clone, Copy, Debug)]
pub struct Floor {
    /// CPU seconds to write all on the first device.
    pub write: f64,
    /// CPU seconds of device and server together to bring all to the server.
    pub push: f64,
    /// CPU seconds of both to bring all to a second device.
    pub pull: f64,
    /// Bytes of the compressed JSON.
    pub wire: u64,
}

/// Measures the floor in that folder.
///
/// # Errors
/// When something of the floor itself fails.
pub async fn measure(records: &[WorkRecord], folder: &Path) -> Result<Floor, Box<dyn Error + Send + Sync>> {
    let (first, second) = (folder.join("first.sqlite"), folder.join("second.sqlite"));
    let site = Site::with(server(folder.join("server.sqlite"))).await?;
    let way = plain_way()?;

    let stopwatch = Stopwatch::of_processor();
    insert(&first, records)?;
    let write = stopwatch.elapsed().as_secs_f64();

    let stopwatch = Stopwatch::of_processor();
    let body = packed(&select(&first)?)?;
    let wire = u64::try_from(body.len())?;
    way.post(site.address())
        .body(body)
        .send()
        .await?
        .error_for_status()?;
    let push = stopwatch.elapsed().as_secs_f64();

    let stopwatch = Stopwatch::of_processor();
    let body = way
        .get(site.address())
        .send()
        .await?
        .error_for_status()?
        .bytes()
        .await?;
    insert(&second, &unpacked(&body)?)?;
    let pull = stopwatch.elapsed().as_secs_f64();

    Ok(Floor {
        write,
        push,
        pull,
        wire,
    })
}

fn server(file: PathBuf) -> Router {
    let other = file.clone();
    let take =
        move |body: Bytes| async move { take(&file, &body).map_err(|_| StatusCode::INTERNAL_SERVER_ERROR) };
    let give = move || async move { give(&other).map_err(|_| StatusCode::INTERNAL_SERVER_ERROR) };
    Router::new()
        .route("/", get(give).post(take))
        .layer(DefaultBodyLimit::disable())
}

fn take(file: &Path, body: &[u8]) -> Result<(), Box<dyn Error + Send + Sync>> {
    insert(file, &unpacked(body)?)
}

fn give(file: &Path) -> Result<Vec<u8>, Box<dyn Error + Send + Sync>> {
    packed(&select(file)?)
}

fn packed(records: &[WorkRecord]) -> Result<Vec<u8>, Box<dyn Error + Send + Sync>> {
    Ok(zstd::bulk::compress(&serde_json::to_vec(records)?, LEVEL)?)
}

fn unpacked(body: &[u8]) -> Result<Vec<WorkRecord>, Box<dyn Error + Send + Sync>> {
    Ok(serde_json::from_slice(&zstd::decode_all(body)?)?)
}

fn insert(file: &Path, records: &[WorkRecord]) -> Result<(), Box<dyn Error + Send + Sync>> {
    let mut connection = Connection::open(file)?;
    connection.execute_batch(
        "pragma journal_mode = wal;
         pragma synchronous = full;
         create table if not exists record (
           id text primary key, kind text, happened_at text, neighbourhood text, location text, participants integer,
           themes text, note text, follow_up text, youth_id text, author text, duration_min integer, mood text,
           created_at text
         ) strict;",
    )?;
    let transaction = connection.transaction()?;
    {
        let mut statement =
            transaction.prepare("insert into record values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")?;
        for record in records {
            statement.execute(params![
                record.id,
                record.kind,
                record.happened_at,
                record.neighbourhood,
                record.location,
                record.participants,
                serde_json::to_string(&record.themes)?,
                record.note,
                record.follow_up,
                record.youth_id,
                record.author,
                record.duration_min,
                record.mood,
                record.created_at,
            ])?;
        }
    }
    transaction.commit()?;
    Ok(())
}

fn select(file: &Path) -> Result<Vec<WorkRecord>, Box<dyn Error + Send + Sync>> {
    let connection = Connection::open(file)?;
    let mut statement = connection.prepare("select * from record")?;
    let mut rows = statement.query([])?;
    let mut records = Vec::new();
    while let Some(row) = rows.next()? {
        records.push(WorkRecord {
            id: row.get(0)?,
            kind: row.get(1)?,
            happened_at: row.get(2)?,
            neighbourhood: row.get(3)?,
            location: row.get(4)?,
            participants: row.get(5)?,
            themes: serde_json::from_str(&row.get::<_, String>(6)?)?,
            note: row.get(7)?,
            follow_up: row.get(8)?,
            youth_id: row.get(9)?,
            author: row.get(10)?,
            duration_min: row.get(11)?,
            mood: row.get(12)?,
            created_at: row.get(13)?,
        });
    }
    Ok(records)
}

/// Microseconds of each of so many inserts of that many bytes, every one fsynced, in that SQLCipher file with that key.
///
/// # Errors
/// When the file cannot be opened with the key, or written.
pub fn fsynced_inserts(
    file: &Path,
    key: [u8; 32],
    bodies: &[String],
) -> Result<Vec<u64>, Box<dyn Error + Send + Sync>> {
    let mut connection = encrypted(file, key)?;
    connection.execute_batch("create table floor (id integer primary key, body text not null) strict;")?;
    let mut micros = Vec::with_capacity(bodies.len());
    for body in bodies {
        let stopwatch = Stopwatch::start();
        let transaction = connection.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
        transaction
            .prepare_cached("insert into floor (body) values (?)")?
            .execute([body])?;
        transaction.commit()?;
        micros.push(u64::try_from(stopwatch.elapsed().as_micros())?);
    }
    Ok(micros)
}

/// Opens a SQLCipher file with a raw key and with the pragmas under which the library is written.
fn encrypted(file: &Path, key: [u8; 32]) -> Result<Connection, Box<dyn Error + Send + Sync>> {
    let connection = Connection::open(file)?;
    connection.query_row("pragma cipher_log_level = none", [], |_| Ok(()))?;
    let digits: String = key.iter().map(|byte| format!("{byte:02x}")).collect();
    connection.pragma_update(None, "key", ["x'", &digits, "'"].concat())?;
    connection
        .execute_batch("pragma journal_mode = wal; pragma synchronous = full; pragma secure_delete = on;")?;
    Ok(connection)
}
