-- The municipal server's database. Identifiers are UUIDs as 16 bytes; instants are milliseconds since 1970 in UTC;
-- effective times are the 64 bits of `Eff` read as a signed number (the sign would only turn in the year 6429).

-- Single facts about this database.
create table meta (
    name text not null primary key, -- `epoch`, `municipality`, `journal_read`, `directory_version`, `configuration_version`, …
    value text not null
) strict, without rowid;

insert into meta (name, value)
values ('directory_version', '1'),
       ('configuration_version', '1'),
       ('journal_read', '0');

-- People who work with Drempel.
create table person (
    id blob not null primary key check (length(id) = 16), -- computed from the short name
    short_name text not null unique, -- how the municipality file and the administrator name them
    name text not null,              -- shown to colleagues
    function text not null           -- a code such as `youth_coach`; `administrator` has no content
) strict, without rowid;

-- Spaces: the unit of access, of sync and of retention.
create table space (
    id blob not null primary key check (length(id) = 16), -- computed from the short name
    short_name text not null unique, -- how the municipality file and the administrator name it
    name text not null,              -- shown to its members
    kind text not null check (kind in ('team', 'personal', 'joint')),
    regime text not null             -- the legal regime of everything in it
        check (regime in ('coaching_avg', 'leerplicht_avg', 'public_order_avg', 'investigation_wpg')),
    covenant text,                   -- the covenant's reference, of a joint space
    covenant_fields text             -- JSON list of the fields that the covenant allows; null where it names none
) strict, without rowid;

-- Who belongs to which space, in which role, during which time. A person may come and go any number of times.
create table membership (
    user blob not null references person (id), -- the person
    space blob not null references space (id), -- the space
    valid_from integer not null,     -- from this instant on
    valid_until integer,             -- up to, not including, this instant; null while it is open
    role text not null               -- what the person may do there
        check (role in ('member', 'reader', 'lead', 'casemanager', 'privacy')),
    primary key (user, space, valid_from),
    check (valid_until is null or valid_until >= valid_from)
) strict, without rowid;

-- One identity of a phone, tablet or desktop.
create table device (
    id blob not null primary key check (length(id) = 16), -- the identity
    user blob not null references person (id), -- whose it is
    token_sha256 blob unique check (length(token_sha256) = 32), -- null once another identity has the token
    platform text not null,          -- `android`, `ios`, `desktop` or another word
    app text not null,               -- the version that it last ran
    enrolled_at integer not null,    -- when it was enrolled
    last_contact integer,            -- written at most every quarter of an hour
    revoked_at integer,              -- from then on the token opens nothing
    lost_at integer,                 -- when it was lost; what it recorded before counts
    replaced_by blob                 -- the identity that took over, when this one was found copied or restored
) strict, without rowid;

-- One-time codes with which a device is enrolled. Only hashes are kept.
create table enrolment_code (
    locator text not null primary key, -- the code's first group, so that wrong tries can be counted
    secret_sha256 blob not null check (length(secret_sha256) = 32), -- of the rest
    user blob not null references person (id), -- whose device it enrols
    expires_at integer not null,     -- from then on it counts for nothing
    tries_left integer not null check (tries_left >= 0), -- wrong tries that it survives
    used_by blob references device (id) -- the device that it enrolled, which may ask again when the answer got lost
) strict, without rowid;

-- Which spaces' content a device may hold: from the moment that it is told of the space until it says that it has
-- removed it.
create table holding (
    device blob not null references device (id), -- the device
    space blob not null,             -- the space
    primary key (device, space)
) strict, without rowid;

-- Codes of the municipality's lists, in the order in which they are shown.
create table listed_code (
    list text not null,              -- the list's name, such as `topics`
    code text not null,              -- what records hold
    label text not null,             -- what is shown
    active integer not null check (active in (0, 1)), -- whether it can still be chosen
    place integer not null,          -- where it stands in the list
    primary key (list, code)
) strict, without rowid;

-- The municipality's settings: whole numbers by name.
create table setting (
    name text not null primary key,  -- such as `quick_note_days`
    value integer not null           -- a whole number
) strict, without rowid;

-- The municipality's directory of partners.
create table partner (
    id blob not null primary key check (length(id) = 16), -- computed from the short name
    place integer not null,          -- where it stands in the directory
    body text not null               -- JSON as devices get it
) strict, without rowid;

-- The head of each space's feed. Also of spaces that do not exist but that a device named: its changes are kept.
create table space_head (
    key integer not null primary key, -- stands for the space in the large tables
    space blob not null unique check (length(space) = 16), -- the space
    head integer not null,           -- the last position given out
    digest blob not null check (length(digest) = 16) -- the sum of the shares of the live records
) strict;

-- How far each device has delivered in each space.
create table stream (
    key integer not null primary key, -- stands for device and space in the log
    space integer not null references space_head (key), -- the space
    device blob not null,            -- the device
    last_seq integer not null,       -- the last number received, without gaps
    durable_through integer not null default 0, -- up to which number a backup covers it
    unique (device, space)
) strict;

-- Every change that was received, its losers too. Append-only, except that erasing takes content, salt and hash.
create table log (
    stream integer not null references stream (key), -- whose numbering, in which space
    seq integer not null,            -- the number
    record blob,                     -- null where the change could not be read
    collection text,                 -- the record's kind
    body text,                       -- the change as JSON, or what was received where it could not be read
    claimed integer,                 -- the instant that the device's clocks claimed
    eff integer,                     -- when it counts
    clamped integer not null check (clamped in (0, 1)), -- whether it claimed the future
    verdict text not null            -- what became of it
        check (verdict in ('taken', 'quarantined', 'missing', 'erased')),
    reason_code text,                -- why it was quarantined
    reason_field text,               -- the field concerned
    author blob not null,            -- the user whose token brought it
    received_at integer not null,    -- when it came
    salt blob,                       -- so that the hash says nothing once both are gone
    hash blob,                       -- SHA-256 of salt and change: a number that comes again with another content is a copy
    resolution text                  -- how a quarantined change ended
        check (resolution in ('released', 'mended', 'discarded')),
    resolved_at integer,             -- when
    primary key (stream, seq)
) strict, without rowid;

create index log_record on log (record) where record is not null;

create index log_open on log (stream, seq) where verdict = 'quarantined' and resolution is null;

-- Every record as it is now, one row each; also the feed, read in the order of `position`.
create table state (
    key integer not null primary key, -- the row
    space integer not null references space_head (key), -- the space
    id blob not null check (length(id) = 16), -- the record
    collection text not null,        -- its kind
    kind text not null               -- on the devices, off them, or gone for ever
        check (kind in ('live', 'aged', 'erased')),
    position integer not null,       -- where it stands in the feed
    whole_at integer not null default 0, -- the position at which it last moved up whole
    fields text not null,            -- JSON object: the value of each field, null where one was taken out
    eff integer not null,            -- the stamp of every field that `stamps` does not name: when it counts, …
    device blob not null,            -- … the device that wrote it (the nil UUID: the server), …
    seq integer not null,            -- … the number of that change, …
    written_at integer not null,     -- … and the position at which it was written
    stamps text,                     -- JSON object: field → [eff, device, seq, position]; null where there are none
    share blob not null check (length(share) = 16), -- its part of the digest while it is live
    received_at integer not null,    -- when the server first had it
    about blob,                      -- the record with which this one ages and is erased
    unique (space, id)
) strict;

create unique index state_feed on state (space, position);

create index state_about on state (about) where about is not null;

-- What the server still has to write in other spaces because of a change that it took in.
create table copy_task (
    key integer not null primary key, -- the order in which they are done
    task text not null               -- JSON
) strict;

-- Which record of which space a mirrored referral stands for.
create table mirror (
    space blob not null,             -- where the mirror is
    record blob not null,            -- the mirror
    of_space blob not null,          -- where the referral is
    of_record blob not null,         -- the referral
    primary key (space, record)
) strict, without rowid;
