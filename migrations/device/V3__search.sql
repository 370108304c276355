-- The index of words.

-- Numbers of the kinds of record in the index, never given twice.
create table collection (
    number integer primary key check (number between 0 and 255), -- the number
    name text not null unique, -- the kind
    searched text not null -- the fields that are in the index, and by which rules
) strict;

-- The words of each record. A rowid is made of the row's key and the kind's number, and those of names are above all
-- others, so that the greatest rowid comes first. The index keeps no text of its own.
create virtual table search using fts5 (
    text, -- the searched fields of the record as it is shown
    content = '',
    detail = none,
    tokenize = "unicode61 remove_diacritics 2",
    prefix = '1 2 3 4 5'
);
insert into search (search, rank) values ('secure-delete', 1);

-- Each occurrence of each word in the index.
create virtual table search_word using fts5vocab (search, instance);
