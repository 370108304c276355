//! A line of what users do, and what was entered in it.

use super::PlayError;
use drempel_domain::time::{Day, Moment};
use serde::Deserialize;
use serde_json::{Map, Value};

/// One thing that one user does.
#[derive(Clone, Debug)]
pub(crate) struct Line {
    /// Its number in the file.
    pub n: u64,
    /// When, truly.
    pub at: Moment,
    /// How far local time is from UTC, such as `+01:00`.
    pub zone: String,
    /// On which device.
    pub device: String,
    /// Whether that device has a network at that moment.
    pub online: bool,
    /// What.
    pub does: String,
    /// What was entered.
    pub entered: Entered,
}

#[derive(Deserialize)]
struct Raw {
    n: u64,
    at: String,
    device: String,
    online: bool,
    does: String,
    #[serde(flatten)]
    entered: Map<String, Value>,
}

impl Line {
    /// Reads the lines of a file, in their order.
    ///
    /// # Errors
    /// [`PlayError::Shape`] or [`PlayError::Line`], naming the line.
    pub(crate) fn all(text: &str) -> Result<Vec<Self>, PlayError> {
        let lines = text.lines().enumerate();
        let filled = lines.filter(|(_, line)| !line.trim().is_empty());
        filled.map(|(index, line)| Self::read(index + 1, line)).collect()
    }

    fn read(number: usize, text: &str) -> Result<Self, PlayError> {
        let what = || format!("line {number} of the file");
        let raw: Raw = serde_json::from_str(text).map_err(|error| PlayError::shape(what(), error))?;
        let at =
            Moment::from_rfc3339(&raw.at).map_err(|error| PlayError::line(format!("{}: {error}", what())))?;
        let zone = raw.at.get(raw.at.len().saturating_sub(6)..).unwrap_or("+00:00");
        Ok(Self {
            n: raw.n,
            at,
            zone: zone.to_owned(),
            device: raw.device,
            online: raw.online,
            does: raw.does,
            entered: Entered(raw.entered),
        })
    }
}

/// Fields under the names that users' lines have. What is taken out has been carried; what is left has not.
#[derive(Clone, Debug, Default)]
pub(crate) struct Entered(Map<String, Value>);

impl Entered {
    /// These fields.
    pub(crate) fn new(fields: Map<String, Value>) -> Self {
        Self(fields)
    }

    /// Takes a field out.
    pub(crate) fn take(&mut self, name: &str) -> Option<Value> {
        self.0.remove(name).filter(|value| !value.is_null())
    }

    /// The field of that name, left where it is.
    pub(crate) fn get(&self, name: &str) -> Option<&Value> {
        self.0.get(name)
    }

    /// Puts a field in.
    pub(crate) fn put(&mut self, name: &str, value: Value) {
        self.0.insert(name.to_owned(), value);
    }

    /// Gives a field another name.
    pub(crate) fn rename(&mut self, from: &str, to: &str) {
        if let Some(value) = self.take(from) {
            self.put(to, value);
        }
    }

    /// Takes a text out that must be there.
    ///
    /// # Errors
    /// [`PlayError::Line`] naming the field.
    pub(crate) fn text(&mut self, name: &str) -> Result<String, PlayError> {
        self.maybe_text(name)
            .ok_or_else(|| PlayError::line(format!("{name} is missing or is no text")))
    }

    /// Takes a text out that may be there.
    pub(crate) fn maybe_text(&mut self, name: &str) -> Option<String> {
        match self.take(name) {
            Some(Value::String(text)) => Some(text),
            Some(other) => {
                self.put(name, other);
                None
            }
            None => None,
        }
    }

    /// Takes a day out that may be there.
    ///
    /// # Errors
    /// [`PlayError::Line`] when it is no day.
    pub(crate) fn maybe_day(&mut self, name: &str) -> Result<Option<Day>, PlayError> {
        let day = |text: String| {
            text.parse()
                .map_err(|error| PlayError::line(format!("{name}: {error}")))
        };
        self.maybe_text(name).map(day).transpose()
    }

    /// Takes a list of texts out; none where there is none.
    pub(crate) fn texts(&mut self, name: &str) -> Vec<String> {
        match self.take(name) {
            Some(Value::Array(items)) => items
                .iter()
                .filter_map(|item| item.as_str().map(str::to_owned))
                .collect(),
            _ => Vec::new(),
        }
    }

    /// Takes a list of fields out; none where there is none.
    pub(crate) fn lists(&mut self, name: &str) -> Vec<Entered> {
        let Some(Value::Array(items)) = self.take(name) else {
            return Vec::new();
        };
        let fields = |item| match item {
            Value::Object(map) => Some(Entered(map)),
            _ => None,
        };
        items.into_iter().filter_map(fields).collect()
    }

    /// Takes yes or no out; no where it is absent.
    pub(crate) fn flag(&mut self, name: &str) -> bool {
        self.take(name).and_then(|value| value.as_bool()).unwrap_or(false)
    }

    /// The names of what has not been carried.
    pub(crate) fn left(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }
}
