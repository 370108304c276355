-- What this device did and what became of it, and what it keeps for itself.

-- Own changes, until a backup of the server covers them.
create table sync_log (
    space integer not null references space (key), -- the space
    seq integer not null, -- number of the change there; below 1: of an earlier identity of this device
    collection text not null, -- kind of the record
    record blob not null check (length(record) = 16), -- the record
    new integer not null check (new in (0, 1)), -- whether the change made the record
    body text not null, -- what it set, and what was seen in those fields (JSON)
    wall integer not null, -- the settable clock when it was made (ms)
    boot blob check (length(boot) = 16), -- in which run of the operating system it was made
    mono integer, -- the clock of that run (ms)
    instead_of integer, -- number of the quarantined change that it mends
    given integer, -- effective time that a server gave before its data were restored
    eff integer, -- effective time that the server gave
    verdict text check (verdict in ('taken', 'quarantined')), -- the decision of the server; null: none yet
    received_at integer, -- when the server answered (ms)
    primary key (space, seq)
) strict, without rowid;
create index sync_log_record on sync_log (record);
create index sync_log_pending on sync_log (space, seq) where verdict is null;

-- Up to which number the server had received own changes, and when it said so.
create table receipt (
    space integer not null references space (key), -- the space
    through integer not null, -- the number; below 1: of an earlier identity of this device
    at integer not null, -- the time on the server (ms)
    primary key (space, through)
) strict, without rowid;

-- Own changes in quarantine, until they are mended, released or discarded.
create table problem (
    space integer not null references space (key), -- the space
    seq integer not null, -- number of the change
    record blob not null check (length(record) = 16), -- the record
    body text not null, -- the whole change (JSON)
    code text not null, -- why, as a code
    field text, -- the field concerned
    since integer not null, -- when the server said so (ms)
    discard integer not null default 0 check (discard in (0, 1)), -- whether its author threw it away
    primary key (space, seq)
) strict, without rowid;
create index problem_record on problem (record);

-- Records of which the device was sent a part and lacks the rest.
create table want (
    space integer not null references space (key), -- the space
    record blob not null check (length(record) = 16), -- the record
    primary key (space, record)
) strict, without rowid;

-- Records about which this device's user was asked something and wants no more questions.
create table settled (
    space integer not null references space (key), -- the space
    record blob not null check (length(record) = 16), -- the record
    primary key (space, record)
) strict, without rowid;

-- Forms that were begun and not saved yet.
create table draft (
    id blob primary key check (length(id) = 16), -- the record that it will become
    form text not null, -- which form
    content text not null, -- what was filled in (JSON)
    updated_at integer not null -- when it was last touched (ms)
) strict, without rowid;

-- What the device remembers by name.
create table setting (
    name text primary key, -- the name
    value text not null -- the value
) strict, without rowid;
