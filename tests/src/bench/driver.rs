//! One device that does what the lines on its standard input ask: the driver of a benchmark that knows nothing of us.

use super::clock::Stopwatch;
use super::mapping::{self, FIELDS, KINDS, field, kind, record_id};
use crate::network::device::{self, Counting};
use drempel_client::Client;
use drempel_client::actions::Given;
use drempel_client::sync::Http;
use drempel_domain::id::{RecordId, SpaceId};
use drempel_domain::records::collection;
use drempel_domain::schema::Collection;
use drempel_store::{Query, Stored};
use serde::Deserialize;
use serde_json::{Map, Value as Json, json};
use sha2::{Digest as _, Sha256};
use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};

/// How often `pull` and `sync` ask again before they give up on what they were to wait for.
const PATIENCE: u32 = 2_000;

type Answer = Result<Json, Box<dyn Error + Send + Sync>>;

/// What a line can ask.
#[derive(Debug, Deserialize)]
#[serde(tag = "op", rename_all = "snake_case")]
enum Request {
    Open {
        dir: PathBuf,
        server: String,
        name: String,
        shared: PathBuf,
    },
    Load {
        path: PathBuf,
        to: Option<usize>,
    },
    Write {
        #[serde(default)]
        from: usize,
        to: Option<usize>,
    },
    WriteEach {
        #[serde(default)]
        from: usize,
        to: Option<usize>,
    },
    Push,
    Pull(Wanted),
    Sync(Wanted),
    Edit {
        items: Vec<(String, Map<String, Json>)>,
    },
    Read {
        ids: Vec<String>,
        fields: Vec<String>,
    },
    Digest,
    Overwritten {
        ids: Vec<String>,
    },
    Quit,
}

/// What the device must have before a pull is over.
#[derive(Debug, Default, Deserialize)]
struct Wanted {
    /// So many records.
    expect: Option<u64>,
    /// Fields with these values.
    want: Option<WantedValues>,
}

/// One value, or several.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum WantedValues {
    One((String, String, Json)),
    All(Vec<(String, String, Json)>),
}

impl WantedValues {
    fn all(&self) -> &[(String, String, Json)] {
        match self {
            WantedValues::One(one) => std::slice::from_ref(one),
            WantedValues::All(all) => all,
        }
    }
}

/// A device that was opened.
struct Device {
    client: Client,
    way: Counting,
    team: SpaceId,
}

/// The driver of one device.
#[derive(Default)]
pub struct Driver {
    records: Vec<Map<String, Json>>,
    device: Option<Device>,
}

impl Driver {
    /// Does what one line asks; the answer, and whether there is to be another line.
    pub async fn answer(&mut self, line: &str) -> (Json, bool) {
        let request = match serde_json::from_str(line) {
            Ok(request) => request,
            Err(error) => return (failed(&error), true),
        };
        let goes_on = !matches!(request, Request::Quit);
        match self.obey(request).await {
            Ok(mut answer) => {
                if let Json::Object(answer) = &mut answer {
                    answer.insert("ok".to_owned(), Json::Bool(true));
                }
                (answer, goes_on)
            }
            Err(error) => (failed(error.as_ref()), goes_on),
        }
    }

    async fn obey(&mut self, request: Request) -> Answer {
        match request {
            Request::Open {
                dir,
                server,
                name,
                shared,
            } => self.open(&dir, &server, &name, &shared).await,
            Request::Load { path, to } => self.load(&path, to),
            Request::Write { from, to } => self.write(from, to),
            Request::WriteEach { from, to } => self.write_each(from, to),
            Request::Push => self.device()?.push().await,
            Request::Pull(wanted) => self.device()?.pull(&wanted).await,
            Request::Sync(wanted) => self.device()?.sync(&wanted).await,
            Request::Edit { items } => self.device()?.edit(&items),
            Request::Read { ids, fields } => self.device()?.read(&ids, &fields),
            Request::Digest => self.device()?.digest(),
            Request::Overwritten { ids } => self.device()?.overwritten(&ids),
            Request::Quit => self.quit(),
        }
    }

    async fn open(&mut self, folder: &Path, server: &str, name: &str, shared: &Path) -> Answer {
        let user = match name {
            "A" => "ana",
            "B" => "bo",
            "C" => "chris",
            _ => return Err("a device is called A, B or C".into()),
        };
        let client = device::open(folder)?;
        fs::create_dir_all(shared)?;
        device::enrol(&client, server, user, &shared.join([name, ".code"].concat())).await?;
        let team = device::team(&client)?;
        let way = Counting::over(Http::to(server, &[])?);
        self.device = Some(Device { client, way, team });
        Ok(json!({}))
    }

    fn load(&mut self, path: &Path, to: Option<usize>) -> Answer {
        let text = fs::read_to_string(path)?;
        let lines = text
            .lines()
            .filter(|line| !line.is_empty())
            .take(to.unwrap_or(usize::MAX));
        self.records = lines.map(serde_json::from_str).collect::<Result<_, _>>()?;
        Ok(json!({"n": self.records.len()}))
    }

    fn write(&mut self, from: usize, to: Option<usize>) -> Answer {
        let device = self.device()?;
        let given = self.loaded(from, to)?.iter().map(|record| device.given(record));
        let given = given.collect::<Result<Vec<_>, _>>()?;
        let saved = device.client.create_all(device.team, given)?;
        Ok(json!({"n": saved.touched.len()}))
    }

    fn write_each(&mut self, from: usize, to: Option<usize>) -> Answer {
        let device = self.device()?;
        let mut micros = Vec::new();
        for record in self.loaded(from, to)? {
            let stopwatch = Stopwatch::start();
            let _ = device
                .client
                .create_all(device.team, vec![device.given(record)?])?;
            micros.push(u64::try_from(stopwatch.elapsed().as_micros())?);
        }
        Ok(json!({"lat_us": micros}))
    }

    fn quit(&mut self) -> Answer {
        if let Some(device) = self.device.take() {
            device.client.close()?;
        }
        Ok(json!({}))
    }

    fn device(&self) -> Result<&Device, Box<dyn Error + Send + Sync>> {
        self.device.as_ref().ok_or_else(|| "open comes first".into())
    }

    fn loaded(
        &self,
        from: usize,
        to: Option<usize>,
    ) -> Result<&[Map<String, Json>], Box<dyn Error + Send + Sync>> {
        let to = to.unwrap_or(self.records.len());
        self.records
            .get(from..to)
            .ok_or_else(|| "so many records were not loaded".into())
    }
}

impl Device {
    fn given(&self, record: &Map<String, Json>) -> Result<Given, Box<dyn Error + Send + Sync>> {
        let (collection, record, set) = mapping::to_ours(record, self.client.now())?;
        let collection = collection.name;
        Ok(Given {
            collection,
            record,
            set,
        })
    }

    async fn push(&self) -> Answer {
        self.client.synchronise(&self.way).await?;
        match self.client.waiting()? {
            0 => Ok(self.counted()),
            waiting => Err(format!("{waiting} changes were not taken").into()),
        }
    }

    async fn pull(&self, wanted: &Wanted) -> Answer {
        for _ in 0..PATIENCE {
            self.client.synchronise(&self.way).await?;
            if self.has(wanted)? {
                return Ok(self.counted());
            }
            tokio::time::sleep(std::time::Duration::from_millis(5)).await;
        }
        Err("what was expected did not come".into())
    }

    async fn sync(&self, wanted: &Wanted) -> Answer {
        self.push().await?;
        if self.has(wanted)? {
            Ok(self.counted())
        } else {
            self.pull(wanted).await
        }
    }

    fn counted(&self) -> Json {
        let counted = self.way.take();
        json!({"rounds": counted.rounds, "up": counted.up, "down": counted.down})
    }

    fn has(&self, wanted: &Wanted) -> Result<bool, Box<dyn Error + Send + Sync>> {
        if let Some(expect) = wanted.expect
            && self.count()? < expect
        {
            return Ok(false);
        }
        let values = wanted.want.as_ref().map_or(&[][..], WantedValues::all);
        for (id, name, value) in values {
            let found = self.find(id)?;
            if !found.is_some_and(|stored| shown(&stored, name) == *value) {
                return Ok(false);
            }
        }
        Ok(true)
    }

    fn count(&self) -> Result<u64, Box<dyn Error + Send + Sync>> {
        let mut count = 0;
        for name in KINDS {
            let query = Query::kind(kind(name)?).in_space(self.team);
            count += self.client.store().read(|reader| reader.count(&query))?;
        }
        Ok(count)
    }

    fn edit(&self, items: &[(String, Map<String, Json>)]) -> Answer {
        let mut given = Vec::with_capacity(items.len());
        for (id, set) in items {
            let stored = self.find(id)?.ok_or("a record that is not on this device")?;
            let kind = kind_of(&stored)?;
            let set = mapping::changes(kind, &stored.fields, set, self.client.now())?;
            let (collection, record) = (kind.name, stored.id);
            given.push(Given {
                collection,
                record,
                set,
            });
        }
        let saved = self.client.set_all(given)?;
        Ok(json!({"n": saved.touched.len()}))
    }

    fn read(&self, ids: &[String], fields: &[String]) -> Answer {
        let mut rows = Vec::with_capacity(ids.len());
        for id in ids {
            let stored = self.find(id)?;
            let value = |name: &String| stored.as_ref().map_or(Json::Null, |stored| shown(stored, name));
            rows.push(fields.iter().map(value).collect::<Vec<_>>());
        }
        Ok(json!({"rows": rows}))
    }

    fn digest(&self) -> Answer {
        let mut lines = Vec::new();
        for name in KINDS {
            let query = Query::kind(kind(name)?).in_space(self.team);
            let found = self.client.store().read(|reader| reader.find(&query))?;
            lines.extend(found.iter().map(line));
        }
        lines.sort_unstable();
        let hash = Sha256::digest(lines.join("\n").as_bytes());
        let sha: String = hash.iter().map(|byte| format!("{byte:02x}")).collect();
        Ok(json!({"n": lines.len(), "sha": sha}))
    }

    fn overwritten(&self, ids: &[String]) -> Answer {
        let mut count = 0;
        for id in ids {
            count += usize::from(!self.client.overwritten_of(record_id(id))?.is_empty());
        }
        Ok(json!({"n": count, "count": count}))
    }

    fn find(&self, id: &str) -> Result<Option<Stored>, Box<dyn Error + Send + Sync>> {
        let id: RecordId = record_id(id);
        for name in KINDS {
            let found = self.client.store().read(|reader| reader.record(name, id))?;
            if let Some(stored) = found.filter(|stored| !stored.is_deleted()) {
                return Ok(Some(stored));
            }
        }
        Ok(None)
    }
}

fn kind_of(stored: &Stored) -> Result<&'static Collection, Box<dyn Error + Send + Sync>> {
    collection(&stored.collection).ok_or_else(|| "a kind that is not known here".into())
}

fn shown(stored: &Stored, name: &str) -> Json {
    collection(&stored.collection).map_or(Json::Null, |kind| field(kind, stored.id, &stored.fields, name))
}

/// A record as the digest takes it.
fn line(stored: &Stored) -> String {
    FIELDS.map(|name| text(&shown(stored, name))).join("\u{1f}")
}

fn text(value: &Json) -> String {
    match value {
        Json::Null => String::new(),
        Json::String(text) => text.clone(),
        Json::Array(items) => items.iter().map(text).collect::<Vec<_>>().join(","),
        other => other.to_string(),
    }
}

fn failed(error: &(dyn Error + 'static)) -> Json {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(deeper) = cause {
        text.push_str(": ");
        text.push_str(&deeper.to_string());
        cause = deeper.source();
    }
    json!({"ok": false, "error": text})
}
