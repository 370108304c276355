//! The budgets: what the workload costs on our devices and server, beside the floor and the goals.

use super::children::{Device, Server, processor_seconds};
use super::clock::{Stopwatch, percentile};
use super::floor::{self, Floor};
use super::process::{forget_peak, peak_memory};
use super::report::{Report, kibibytes, megabytes, millis, times};
use super::workload::generate;
use crate::network::device::{LIBRARY, key};
use crate::network::relay::Relay;
use serde_json::{Value as Json, json};
use std::error::Error;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

type Done<T = ()> = Result<T, Box<dyn Error + Send + Sync>>;

/// What is measured, and with what.
#[derive(Clone, Debug)]
pub struct Bench {
    /// The folder that holds the programs `bench-driver` and `bench-server`.
    pub programs: PathBuf,
    /// A folder for what they write, empty at first.
    pub folder: PathBuf,
    /// Records of the workload.
    pub records: u64,
    /// Records of the fresh device's large space; 0 leaves it out.
    pub large: u64,
    /// How often the workload is repeated; the middle one counts.
    pub repeats: usize,
    /// Saves one by one.
    pub saves: u64,
}

/// What one run of the workload cost.
#[derive(Clone, Copy, Debug, Default)]
struct Run {
    write: f64,
    push: f64,
    pull: f64,
    push_bytes: u64,
    pull_bytes: u64,
}

impl Bench {
    /// Measures everything and prints it.
    ///
    /// # Errors
    /// When something does not work at all; never because it is slow.
    pub async fn run(&self, out: &mut impl Write) -> Done {
        let mut report = Report::new(out);
        let lines = write_workload(self.records, &self.folder.join("workload.jsonl"))?;
        let floor = self.middle_floor().await?;
        let folders = (0..self.repeats).map(|repeat| self.folder.join(format!("run-{repeat}")));
        let folders: Vec<_> = folders.collect();
        let runs = folders.iter().map(|folder| self.workload(&lines, folder));
        let runs = runs.collect::<Done<Vec<_>>>()?;
        report_workload(&mut report, self.records, &floor, &runs)?;
        if let Some(last) = folders.last() {
            self.small_things(&mut report, last, &lines).await?;
        }
        self.one_by_one(&mut report, &lines)?;
        if self.large > 0 {
            self.large(&mut report)?;
        }
        Ok(())
    }

    fn server(&self, folder: &Path) -> Done<Server> {
        Server::start(&self.programs, &folder.join("server"))
    }

    fn device(&self, name: &str, folder: &Path, server: &str) -> Done<Device> {
        Device::open(&self.programs, name, folder, server)
    }

    async fn middle_floor(&self) -> Done<Floor> {
        let records: Vec<_> = generate(self.records, 1).collect();
        let mut floors = Vec::new();
        for repeat in 0..self.repeats {
            let folder = self.folder.join(format!("floor-{repeat}"));
            fs::create_dir_all(&folder)?;
            floors.push(floor::measure(&records, &folder).await?);
        }
        let last = floors.last().ok_or("nothing was measured")?;
        Ok(Floor {
            write: middle(floors.iter().map(|floor| floor.write)),
            push: middle(floors.iter().map(|floor| floor.push)),
            pull: middle(floors.iter().map(|floor| floor.pull)),
            wire: last.wire,
        })
    }

    /// A writes all, pushes; a fresh B pulls.
    fn workload(&self, lines: &Path, folder: &Path) -> Done<Run> {
        let server = self.server(folder)?;
        let mut ana = self.device("A", folder, &server.address())?;
        ana.ask(&json!({"op": "load", "path": lines}))?;
        let (write, _) = processor_seconds(&[ana.pid()], || ana_writes(&mut ana, 0, self.records))?;
        let (push, pushed) =
            processor_seconds(&[ana.pid(), server.pid()], || ana.ask(&json!({"op": "push"})))?;
        let mut bo = self.device("B", folder, &server.address())?;
        let pids = [bo.pid(), server.pid()];
        let (pull, pulled) =
            processor_seconds(&pids, || bo.ask(&json!({"op": "pull", "expect": self.records})))?;
        let same = ana.ask(&json!({"op": "digest"}))? == bo.ask(&json!({"op": "digest"}))?;
        if !same {
            return Err("the two devices do not hold the same".into());
        }
        Ok(Run {
            write,
            push,
            pull,
            push_bytes: bytes(&pushed),
            pull_bytes: bytes(&pulled),
        })
    }

    /// An edit, a sync with nothing to do and a day's work, on devices that have the whole workload.
    async fn small_things(&self, report: &mut Report<'_>, folder: &Path, lines: &Path) -> Done {
        let server = self.server(folder)?;
        let relay = Relay::to(server.socket()).await?;
        let mut ana = self.device("A", folder, &server.address())?;
        let mut bo = self.device("B", folder, &server.address())?;
        let id = first_id(lines)?;
        let mut micros = Vec::new();
        let mut body = 0;
        for turn in 0..31_u32 {
            let note = format!("Nu weer thuis, {turn}");
            let stopwatch = Stopwatch::start();
            ana.ask(&json!({"op": "edit", "items": [[id, {"note": note}]]}))?;
            let pushed = ana.ask(&json!({"op": "push"}))?;
            let pulled = bo.ask(&json!({"op": "pull", "want": [id, "note", note]}))?;
            micros.push(u64::try_from(stopwatch.elapsed().as_micros())?);
            body = bytes(&pushed) + bytes(&pulled);
        }
        report.title("small things")?;
        let middle = percentile(&mut micros, 500).unwrap_or(0);
        report.line(
            "one edit, A to B",
            &millis(middle),
            "edit, push and pull; the middle one of 31",
            "≤ 3 ms",
        )?;
        report.line("bodies of both", &format!("{body} B"), "", "≤ 450 B")?;
        let idle = ana.ask(&json!({"op": "push"}))?;
        let beside = format!("{} round trip", rounds(&idle));
        report.line(
            "nothing to do",
            &format!("{} B", bytes(&idle)),
            &beside,
            "1 round trip, ≤ 600 B",
        )?;
        drop(ana);
        let mut ana = self.device("A", folder, &relay.address())?;
        ana.ask(&json!({"op": "push"}))?;
        relay.carried().take();
        ana.ask(&json!({"op": "push"}))?;
        let (up, down) = relay.carried().take();
        report.line(
            "the same with headers",
            &format!("{} B", up + down),
            "kept-alive connection",
            "",
        )?;
        days_work(report, &mut ana, lines)
    }

    /// Saves one by one, beside an fsynced insert of the same bytes in a copy of the same file.
    fn one_by_one(&self, report: &mut Report<'_>, lines: &Path) -> Done {
        let folder = &self.folder.join("saves");
        let server = self.server(folder)?;
        let mut chris = self.device("C", folder, &server.address())?;
        chris.ask(&json!({"op": "load", "path": lines, "to": self.saves}))?;
        let answer = chris.ask(&json!({"op": "write_each", "from": 0, "to": self.saves}))?;
        drop(chris);
        let mut ours: Vec<u64> = serde_json::from_value(answer.get("lat_us").cloned().unwrap_or_default())?;
        let library = folder.join("C");
        let copy = folder.join("floor.sqlite");
        fs::copy(library.join(LIBRARY), &copy)?;
        let take = usize::try_from(self.saves)?;
        let bodies: Vec<String> = fs::read_to_string(lines)?
            .lines()
            .take(take)
            .map(str::to_owned)
            .collect();
        let mut floor = floor::fsynced_inserts(&copy, key(&library)?, &bodies)?;
        report.title("saves one by one, each durable")?;
        for (name, thousandths, goal) in [("p50", 500, ""), ("p99", 990, "≤ 2×")] {
            let ours = percentile(&mut ours, thousandths).unwrap_or(0);
            let floor = percentile(&mut floor, thousandths).unwrap_or(0);
            let beside = format!("floor {floor} µs, {}", times(seconds(ours), seconds(floor)));
            report.line(name, &format!("{ours} µs"), &beside, goal)?;
        }
        Ok(())
    }

    /// A fresh device in a large space.
    fn large(&self, report: &mut Report<'_>) -> Done {
        let (records, folder) = (self.large, &self.folder.join("large"));
        fs::create_dir_all(folder)?;
        let lines = write_workload(records, &folder.join("workload.jsonl"))?;
        let server = self.server(folder)?;
        let mut ana = self.device("A", folder, &server.address())?;
        ana.ask(&json!({"op": "load", "path": lines}))?;
        for from in (0..records).step_by(10_000) {
            ana_writes(&mut ana, from, records.min(from + 10_000))?;
            ana.ask(&json!({"op": "push"}))?;
        }
        drop(ana);
        drop(server);
        let server = self.server(folder)?;
        let mut bo = self.device("B", folder, &server.address())?;
        forget_peak(server.pid())?;
        forget_peak(bo.pid())?;
        let stopwatch = Stopwatch::start();
        let pids = [bo.pid(), server.pid()];
        let (pull, _) = processor_seconds(&pids, || bo.ask(&json!({"op": "pull", "expect": records})))?;
        report.title(&format!("{records} records on a fresh device"))?;
        let beside = format!("{:.2} s passed", stopwatch.elapsed().as_secs_f64());
        report.line("pull, CPU", &format!("{pull:.2} s"), &beside, "≤ 3 s")?;
        report.line(
            "most memory, server",
            &megabytes(peak_memory(server.pid())?),
            "",
            "< 64 MB",
        )?;
        report.line(
            "most memory, device",
            &megabytes(peak_memory(bo.pid())?),
            "",
            "< 100 MB",
        )
    }
}

fn write_workload(records: u64, path: &Path) -> Done<PathBuf> {
    let mut file = std::io::BufWriter::new(fs::File::create(path)?);
    for record in generate(records, 1) {
        serde_json::to_writer(&mut file, &record)?;
        writeln!(file)?;
    }
    file.flush()?;
    Ok(path.to_owned())
}

fn ana_writes(ana: &mut Device, from: u64, to: u64) -> Done<Json> {
    ana.ask(&json!({"op": "write", "from": from, "to": to}))
}

fn report_workload(report: &mut Report<'_>, records: u64, floor: &Floor, runs: &[Run]) -> Done {
    report.title(&format!(
        "{records} records: CPU seconds of client and server, and × the floor"
    ))?;
    let of = |measured: fn(&Run) -> f64| middle(runs.iter().map(measured));
    for (name, ours, floor) in [
        ("write", of(|run| run.write), floor.write),
        ("push", of(|run| run.push), floor.push),
        ("pull", of(|run| run.pull), floor.pull),
    ] {
        report.line(
            name,
            &format!("{ours:.2} s"),
            &format!("floor {floor:.3} s, {}", times(ours, floor)),
            "≤ 3×",
        )?;
    }
    let last = runs.last().copied().unwrap_or_default();
    for (name, ours) in [
        ("wire, pushed", last.push_bytes),
        ("wire, pulled", last.pull_bytes),
    ] {
        let beside = format!("floor {}", megabytes(floor.wire));
        report.line(name, &megabytes(ours), &beside, "≤ 1.65 MB, ≤ 1.25×")?;
    }
    Ok(())
}

fn days_work(report: &mut Report<'_>, ana: &mut Device, lines: &Path) -> Done {
    let day = lines.with_file_name("day.jsonl");
    let mut file = fs::File::create(&day)?;
    for record in generate(60, 2) {
        writeln!(file, "{}", serde_json::to_string(&record)?)?;
    }
    ana.ask(&json!({"op": "load", "path": day}))?;
    ana.ask(&json!({"op": "write_each", "from": 0, "to": 60}))?;
    let pushed = ana.ask(&json!({"op": "push"}))?;
    let beside = format!("{} round trip", rounds(&pushed));
    report.line(
        "a day's work, 60 records",
        &kibibytes(bytes(&pushed)),
        &beside,
        "1 round trip, ≤ 20 KiB",
    )
}

fn first_id(lines: &Path) -> Done<String> {
    let text = fs::read_to_string(lines)?;
    let first: Json = serde_json::from_str(text.lines().next().unwrap_or_default())?;
    Ok(first
        .get("id")
        .and_then(Json::as_str)
        .unwrap_or_default()
        .to_owned())
}

fn bytes(answer: &Json) -> u64 {
    number(answer, "up") + number(answer, "down")
}

fn rounds(answer: &Json) -> u64 {
    number(answer, "rounds")
}

fn number(answer: &Json, name: &str) -> u64 {
    answer.get(name).and_then(Json::as_u64).unwrap_or(0)
}

fn seconds(micros: u64) -> f64 {
    std::time::Duration::from_micros(micros).as_secs_f64()
}

fn middle(values: impl Iterator<Item = f64>) -> f64 {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(0.0)
}
