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

-- One enrolment of a phone, tablet or desktop, from its code to its revocation. Of tokens only hashes are kept.
create table enrolment (
    key integer not null primary key, -- stands for the enrolment
    user blob not null references person (id), -- whose it is
    tokens text not null,            -- JSON: the hashes of its sync tokens in their order
    deposit_token_sha256 blob not null unique check (length(deposit_token_sha256) = 32), -- opens deposits, nothing else
    capture_key blob not null check (length(capture_key) = 32), -- public: to which a locked phone seals
    platform text not null,          -- `android`, `ios`, `desktop` or another word
    app text not null,               -- the version that it last ran
    enrolled_at integer not null,    -- when it was enrolled
    last_contact integer,            -- written at most every quarter of an hour
    last_deposit integer,            -- when sealed work was last handed in
    revoked_at integer,              -- from then on its tokens open nothing
    lost_at integer,                 -- when it was lost; what it recorded before counts
    copied_at integer,               -- when a token was used after its end: there are two of it
    removed_at integer               -- when it confirmed that everything readable was removed
) strict;

-- Every hash by which a request may find an enrolment: the present sync token, those announced, those that ended.
create table token (
    sha256 blob not null primary key check (length(sha256) = 32), -- the hash
    enrolment integer not null references enrolment (key) -- whose it is
) strict, without rowid;

-- The device numbers of an enrolment: of its database and of its lock. Each numbers its changes on its own. A phone that
-- was found copied or restored goes on under another pair; the other one of the two, if it lives on, keeps its own.
create table device (
    id blob not null primary key check (length(id) = 16), -- the device number
    enrolment integer not null references enrolment (key) on delete restrict, -- whose it is
    user blob not null references person (id), -- whose it is
    part text not null check (part in ('database', 'lock')), -- recorded after unlocking, or without
    pair integer not null check (pair > 0), -- which of the enrolment's pairs, in the order in which they were made
    split_from blob,                 -- the number under which it was found copied; null for the pair of the enrolment
    unique (enrolment, pair, part)
) strict, without rowid;

-- One-time codes that are typed. Kept are hashes under a secret that is not in this database.
create table enrolment_code (
    locator blob not null primary key check (length(locator) = 32), -- of the first group, so that wrong tries are counted
    code_hash blob not null check (length(code_hash) = 32), -- of the whole code
    user blob not null references person (id), -- whose device it enrols
    expires_at integer not null,     -- from then on it counts for nothing
    tries_left integer not null check (tries_left >= 0), -- wrong tries that it survives
    used_by integer references enrolment (key) -- what it enrolled, which may ask again when the answer got lost
) strict, without rowid;

-- Printed invitations. Only hashes of their 128 bits are kept.
create table invitation (
    sha256 blob not null primary key check (length(sha256) = 32), -- of the code
    user blob not null references person (id), -- whose device it enrols
    expires_at integer not null,     -- from then on it counts for nothing
    used_by integer references enrolment (key) -- what it enrolled
) strict, without rowid;

-- Devices that showed an invitation and wait until the administrator has confirmed their fingerprint.
create table waiting_device (
    invitation blob not null references invitation (sha256) on delete cascade, -- the invitation that it showed
    fingerprint text not null,       -- as both screens show it: of the three values that follow
    token_sha256 blob not null check (length(token_sha256) = 32), -- of its sync token
    deposit_token_sha256 blob not null check (length(deposit_token_sha256) = 32), -- of its deposit token
    capture_key blob not null check (length(capture_key) = 32), -- public
    platform text not null,          -- what it says that it is
    app text not null,               -- the version that it runs
    asked_at integer not null,       -- when it first asked
    primary key (invitation, fingerprint)
) strict, without rowid;

-- What happened, for the privacy officer: identifiers, no names. Each hash covers the entry and the hash before it.
create table audit (
    number integer not null primary key, -- from 1 without gaps
    fields text not null,            -- JSON object: what, when, who, about whom or what
    hash blob not null check (length(hash) = 32) -- of this entry and of all before it
) strict;

create trigger audit_is_not_updated before update on audit
begin
    select raise(abort, 'the audit log is append-only');
end;

create trigger audit_is_not_deleted before delete on audit
begin
    select raise(abort, 'the audit log is append-only');
end;

-- Which dossiers were opened, once a user, dossier and day.
create table dossier_opening (
    user blob not null,              -- who
    youth blob not null,             -- whose dossier
    day text not null,               -- on which day in Amsterdam
    primary key (user, youth, day)
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

create index log_missing on log (stream, seq) where verdict = 'missing';

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
