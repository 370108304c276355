-- What was recorded without unlocking and the server has not shown again: own changes under the lock's device number.
create table captured (
    space integer not null references space (key), -- the author's own space
    device blob not null check (length(device) = 16), -- the lock's device number
    seq integer not null check (seq >= 1), -- number of the change there
    record blob not null check (length(record) = 16), -- the record that it makes
    body text not null, -- the whole change (JSON)
    primary key (space, device, seq)
) strict, without rowid;
create index captured_record on captured (record);
