//! The table of each kind of record and its statements, derived from the kind's schema.

use drempel_domain::records::collections;
use drempel_domain::schema::{Collection, Field, Holds, Kind};
use std::collections::HashMap;
use std::sync::LazyLock;

/// How a column keeps one value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Storage {
    /// As it is.
    Text,
    /// As 0 or 1.
    Bool,
    /// As it is.
    Integer,
    /// As milliseconds since 1970-01-01T00:00:00Z.
    Moment,
    /// As sixteen bytes.
    Identifier,
    /// As JSON.
    Json,
}

impl Storage {
    pub(crate) fn of(kind: Kind) -> Self {
        match kind {
            Kind::Text | Kind::Code(_) | Kind::Day(_) => Storage::Text,
            Kind::Bool => Storage::Bool,
            Kind::Integer(..) => Storage::Integer,
            Kind::Moment(_) => Storage::Moment,
            Kind::Record(_) | Kind::User | Kind::Space => Storage::Identifier,
            Kind::Texts | Kind::Score | Kind::AnyRecord | Kind::Opaque => Storage::Json,
        }
    }
}

/// The table of one kind of record.
#[derive(Debug)]
pub(crate) struct Table {
    /// The kind.
    pub(crate) collection: &'static Collection,
    /// How many columns its fields take.
    pub(crate) width: usize,
    /// Inserts a row: the columns of [`KEEPING`], then the fields.
    pub(crate) insert: String,
    /// Changes the row with the key `?1`: the same columns.
    pub(crate) update: String,
    /// The row of the record `?1`: the same columns.
    pub(crate) by_record: String,
    /// The row with the key `?1`: the same columns.
    pub(crate) by_key: String,
    /// All rows: the same columns.
    pub(crate) all: String,
    /// The rows of the space with the key `?1`: the same columns.
    pub(crate) of_space: String,
    /// Takes the content out of the row with the key `?1`.
    pub(crate) drop_content: String,
    /// Deletes the row with the key `?1`.
    pub(crate) delete: String,
    statements: HashMap<&'static str, String>,
}

/// The columns that every row has besides its fields.
pub(crate) const KEEPING: &[&str] = &[
    "key",
    "id",
    "space",
    "generation",
    "eff",
    "effs",
    "under",
    "extra",
    "share",
    "own_seq",
    "dropped",
];

/// Statements about a table that need its name only, each by its own name: what stands before the table, and after.
const AROUND: &[(&str, &str, &str)] = &[
    ("record_of", "select id, space from ", " where key = ?1"),
    ("greatest_key", "select max(key) from ", ""),
    ("own_seq", "select own_seq from ", " where id = ?1"),
    (
        "older",
        "select key from ",
        " where space = ?1 and generation < ?2",
    ),
    ("delete_space", "delete from ", " where space = ?1"),
    ("count", "select count(*) from ", ""),
    (
        "settle_new",
        "update ",
        " set eff = ?2, share = ?3, generation = ?4
          where id = ?1 and space = ?5 and own_seq = ?6 and eff is null and dropped = 0",
    ),
    (
        "shift_own_seq",
        "update ",
        " set own_seq = own_seq - ?2 where space = ?1 and own_seq is not null",
    ),
];

impl Table {
    fn of(collection: &'static Collection) -> Self {
        let name = quoted(collection.name);
        let columns: Vec<String> = KEEPING
            .iter()
            .map(|name| quoted(name))
            .chain(field_columns(collection))
            .collect();
        let select = ["select ", &columns.join(", "), " from ", &name].concat();
        Self {
            collection,
            width: columns.len() - KEEPING.len(),
            insert: insert(&name, &columns),
            update: update(&name, &columns),
            by_record: [&select, " where id = ?1"].concat(),
            by_key: [&select, " where key = ?1"].concat(),
            of_space: [&select, " where space = ?1"].concat(),
            all: select,
            drop_content: drop_content(&name, collection),
            delete: ["delete from ", &name, " where key = ?1"].concat(),
            statements: AROUND
                .iter()
                .map(|(statement, before, after)| (*statement, [before, &*name, after].concat()))
                .collect(),
        }
    }

    /// The statement of that name in [`AROUND`].
    pub(crate) fn statement(&self, name: &str) -> &str {
        self.statements.get(name).map_or("", String::as_str)
    }

    /// The field of that name and the column that holds the whole of it or, behind a dot, one member.
    pub(crate) fn column(&self, name: &str) -> Option<(String, Storage)> {
        let (field, member) = match name.split_once('.') {
            Some((field, member)) => (field, Some(member)),
            None => (name, None),
        };
        let field = self.collection.field(field)?;
        match (&field.holds, member) {
            (Holds::One(kind), None) => Some((quoted(field.name), Storage::of(*kind))),
            (Holds::Keyed(_), None) => Some((quoted(field.name), Storage::Json)),
            (Holds::One(Kind::AnyRecord), Some("id")) => {
                let column = ["json_extract(", &quoted(field.name), ", '$.id')"].concat();
                Some((column, Storage::Text))
            }
            (Holds::Group(members), Some(member)) => {
                let (name, kind) = members.iter().find(|(name, _)| *name == member)?;
                Some((quoted(&[field.name, "_", name].concat()), Storage::of(*kind)))
            }
            _ => None,
        }
    }
}

fn insert(table: &str, columns: &[String]) -> String {
    let places: Vec<String> = (1..=columns.len()).map(placeholder).collect();
    let (columns, places) = (columns.join(", "), places.join(", "));
    ["insert into ", table, " (", &columns, ") values (", &places, ")"].concat()
}

fn update(table: &str, columns: &[String]) -> String {
    let sets: Vec<String> = columns
        .iter()
        .zip(1..)
        .skip(1)
        .map(|(column, number)| [column, " = ", &placeholder(number)].concat())
        .collect();
    ["update ", table, " set ", &sets.join(", "), " where key = ?1"].concat()
}

fn drop_content(table: &str, collection: &'static Collection) -> String {
    let empty: String = field_columns(collection)
        .map(|column| [", ", &*column, " = null"].concat())
        .collect();
    let start = " set dropped = 1, under = null, extra = null";
    ["update ", table, start, &empty, " where key = ?1"].concat()
}

/// The columns of a kind's fields, in the order in which rows are read and written.
pub(crate) fn field_columns(collection: &'static Collection) -> impl Iterator<Item = String> {
    collection.all_fields().flat_map(columns_of)
}

fn columns_of(field: &'static Field) -> Vec<String> {
    match &field.holds {
        Holds::One(_) | Holds::Keyed(_) => vec![quoted(field.name)],
        Holds::Group(members) => members
            .iter()
            .map(|(member, _)| quoted(&[field.name, "_", member].concat()))
            .collect(),
    }
}

/// A name between quotes, so that `from` and `values` can be columns.
fn quoted(name: &str) -> String {
    ["\"", name, "\""].concat()
}

pub(crate) fn placeholder(number: usize) -> String {
    ["?", &number.to_string()].concat()
}

/// All tables, in the order of [`collections`].
pub(crate) fn tables() -> &'static [Table] {
    static TABLES: LazyLock<Vec<Table>> = LazyLock::new(|| collections().map(Table::of).collect());
    &TABLES
}

/// The table of that kind, when this version knows it.
pub(crate) fn table(collection: &str) -> Option<&'static Table> {
    static BY_NAME: LazyLock<HashMap<&'static str, &'static Table>> = LazyLock::new(|| {
        tables()
            .iter()
            .map(|table| (table.collection.name, table))
            .collect()
    });
    BY_NAME.get(collection).copied()
}
