-- The records, one table for each kind.
--
-- A row shows what its reader sees: the values of the server with own changes laid over them. Instants are
-- milliseconds since 1970-01-01T00:00:00Z, identifiers the sixteen bytes of a UUID, days texts such as 2026-03-02,
-- effective times the 64 bits of a hybrid logical clock. A field with keys is one JSON object, a field of several
-- members one column for each member.

-- The spaces of this device's user, and how far each is synchronised.
create table space (
    key integer primary key, -- number of the row
    id blob not null unique check (length(id) = 16), -- the space
    granted text, -- what the server says about it (JSON, opaque here)
    removed integer not null default 0 check (removed in (0, 1)), -- whether its content was removed from this device
    next_seq integer not null default 1 check (next_seq >= 1), -- number of the next own change
    since integer, -- up to which position the device was last caught up; null: it reads everything
    at integer, -- up to which position it has walked
    generation integer not null default 1, -- which reading of the space this is
    rereading integer not null default 0 check (rereading in (0, 1)), -- whether that reading is under way
    digest blob not null check (length(digest) = 16), -- the sum of all shares
    received_through integer not null default 0, -- up to which number the server has the own changes
    durable_through integer not null default 0, -- up to which number a backup of the server has them
    differed_on text, -- the last day on which the digest was found to differ
    check ((since is null) = (at is null))
) strict;

-- One walk through a neighbourhood (*ronde*). A record, never a space.
create table round (
    key integer primary key, -- number of the row, from one sequence over all kinds
    id blob not null unique check (length(id) = 16), -- the record
    space integer not null references space (key), -- its space
    generation integer not null, -- in which reading of the space it was last seen
    eff integer, -- effective time of the values that effs does not name; null: the server does not have it yet
    effs text, -- the other effective times (JSON, 16 hexadecimal digits each)
    under text, -- values of the server beneath an own change that it has not decided on (JSON)
    extra text, -- values that no column gives back exactly (JSON)
    share blob check (length(share) = 16), -- its part in the digest of the space
    own_seq integer, -- number of the last own change to it; below 1: of an earlier identity of this device
    dropped integer not null default 0 check (dropped in (0, 1)), -- whether its content aged off this device
    created_at integer, -- when it was made (ms)
    created_by blob check (length(created_by) = 16), -- who made it
    deleted integer check (deleted in (0, 1)), -- whether it was deleted
    not_bsn integer check (not_bsn in (0, 1)), -- whether a number in it is no citizen service number
    recorded_locked integer check (recorded_locked in (0, 1)), -- whether it was recorded on a locked phone
    kind text, -- alone or together
    district text, -- the neighbourhood
    plan blob check (length(plan) = 16), -- the plan that it carries out
    started integer, -- when it began (ms)
    ended integer, -- when it ended (ms)
    closing_summary text -- what to remember of it
) strict;
create index round_space on round (space);
create index round_open on round (started) where ended is null;

-- Who took part in a round, and in which capacity.
create table round_participant (
    key integer primary key, -- number of the row, from one sequence over all kinds
    id blob not null unique check (length(id) = 16), -- the record
    space integer not null references space (key), -- its space
    generation integer not null, -- in which reading of the space it was last seen
    eff integer, -- effective time of the values that effs does not name; null: the server does not have it yet
    effs text, -- the other effective times (JSON, 16 hexadecimal digits each)
    under text, -- values of the server beneath an own change that it has not decided on (JSON)
    extra text, -- values that no column gives back exactly (JSON)
    share blob check (length(share) = 16), -- its part in the digest of the space
    own_seq integer, -- number of the last own change to it; below 1: of an earlier identity of this device
    dropped integer not null default 0 check (dropped in (0, 1)), -- whether its content aged off this device
    created_at integer, -- when it was made (ms)
    created_by blob check (length(created_by) = 16), -- who made it
    deleted integer check (deleted in (0, 1)), -- whether it was deleted
    not_bsn integer check (not_bsn in (0, 1)), -- whether a number in it is no citizen service number
    recorded_locked integer check (recorded_locked in (0, 1)), -- whether it was recorded on a locked phone
    round blob check (length(round) = 16), -- the round
    user blob check (length(user) = 16), -- who
    role text, -- in which capacity
    hat text -- under which hat; care and supervision unless another was chosen
) strict;
create index round_participant_space on round_participant (space);
create index round_participant_round on round_participant (round) where round is not null;

-- Where, when and how much to be on the street, and why (*inzetplan*).
create table deployment_plan (
    key integer primary key, -- number of the row, from one sequence over all kinds
    id blob not null unique check (length(id) = 16), -- the record
    space integer not null references space (key), -- its space
    generation integer not null, -- in which reading of the space it was last seen
    eff integer, -- effective time of the values that effs does not name; null: the server does not have it yet
    effs text, -- the other effective times (JSON, 16 hexadecimal digits each)
    under text, -- values of the server beneath an own change that it has not decided on (JSON)
    extra text, -- values that no column gives back exactly (JSON)
    share blob check (length(share) = 16), -- its part in the digest of the space
    own_seq integer, -- number of the last own change to it; below 1: of an earlier identity of this device
    dropped integer not null default 0 check (dropped in (0, 1)), -- whether its content aged off this device
    created_at integer, -- when it was made (ms)
    created_by blob check (length(created_by) = 16), -- who made it
    deleted integer check (deleted in (0, 1)), -- whether it was deleted
    not_bsn integer check (not_bsn in (0, 1)), -- whether a number in it is no citizen service number
    recorded_locked integer check (recorded_locked in (0, 1)), -- whether it was recorded on a locked phone
    period_from text, -- the first day
    period_until text, -- the last day
    districts text, -- neighbourhoods (JSON by key)
    spots text, -- spots, by their identifiers (JSON by key)
    times text, -- at which times, in words
    amount text, -- how much, in words
    analysis text, -- what the plan rests on
    sources text, -- where that came from (JSON)
    approach text -- how
) strict;
create index deployment_plan_space on deployment_plan (space);

-- A place where young people meet (*kanslocatie* or *overlastlocatie*).
create table spot (
    key integer primary key, -- number of the row, from one sequence over all kinds
    id blob not null unique check (length(id) = 16), -- the record
    space integer not null references space (key), -- its space
    generation integer not null, -- in which reading of the space it was last seen
    eff integer, -- effective time of the values that effs does not name; null: the server does not have it yet
    effs text, -- the other effective times (JSON, 16 hexadecimal digits each)
    under text, -- values of the server beneath an own change that it has not decided on (JSON)
    extra text, -- values that no column gives back exactly (JSON)
    share blob check (length(share) = 16), -- its part in the digest of the space
    own_seq integer, -- number of the last own change to it; below 1: of an earlier identity of this device
    dropped integer not null default 0 check (dropped in (0, 1)), -- whether its content aged off this device
    created_at integer, -- when it was made (ms)
    created_by blob check (length(created_by) = 16), -- who made it
    deleted integer check (deleted in (0, 1)), -- whether it was deleted
    not_bsn integer check (not_bsn in (0, 1)), -- whether a number in it is no citizen service number
    recorded_locked integer check (recorded_locked in (0, 1)), -- whether it was recorded on a locked phone
    name text, -- its name
    kind text, -- what it offers
    district text, -- the neighbourhood
    since text, -- since when it is one
    active integer check (active in (0, 1)) -- whether it still is
) strict;
create index spot_space on spot (space);

-- An address on tonight's list, prepared by leerplicht as a share.
create table visit_request (
    key integer primary key, -- number of the row, from one sequence over all kinds
    id blob not null unique check (length(id) = 16), -- the record
    space integer not null references space (key), -- its space
    generation integer not null, -- in which reading of the space it was last seen
    eff integer, -- effective time of the values that effs does not name; null: the server does not have it yet
    effs text, -- the other effective times (JSON, 16 hexadecimal digits each)
    under text, -- values of the server beneath an own change that it has not decided on (JSON)
    extra text, -- values that no column gives back exactly (JSON)
    share blob check (length(share) = 16), -- its part in the digest of the space
    own_seq integer, -- number of the last own change to it; below 1: of an earlier identity of this device
    dropped integer not null default 0 check (dropped in (0, 1)), -- whether its content aged off this device
    created_at integer, -- when it was made (ms)
    created_by blob check (length(created_by) = 16), -- who made it
    deleted integer check (deleted in (0, 1)), -- whether it was deleted
    not_bsn integer check (not_bsn in (0, 1)), -- whether a number in it is no citizen service number
    recorded_locked integer check (recorded_locked in (0, 1)), -- whether it was recorded on a locked phone
    round blob check (length(round) = 16), -- the round that it is for
    name text, -- who lives there
    age_band text, -- about how old
    address text, -- where
    reason text, -- why
    asked_by blob check (length(asked_by) = 16), -- who asked
    position integer, -- the place on the list, from 1
    state text -- where it stands
) strict;
create index visit_request_space on visit_request (space);
create index visit_request_round on visit_request (round) where round is not null;

-- A contact on the street, with one young person, a group or people unknown (*straatcontact*).
create table street_contact (
    key integer primary key, -- number of the row, from one sequence over all kinds
    id blob not null unique check (length(id) = 16), -- the record
    space integer not null references space (key), -- its space
    generation integer not null, -- in which reading of the space it was last seen
    eff integer, -- effective time of the values that effs does not name; null: the server does not have it yet
    effs text, -- the other effective times (JSON, 16 hexadecimal digits each)
    under text, -- values of the server beneath an own change that it has not decided on (JSON)
    extra text, -- values that no column gives back exactly (JSON)
    share blob check (length(share) = 16), -- its part in the digest of the space
    own_seq integer, -- number of the last own change to it; below 1: of an earlier identity of this device
    dropped integer not null default 0 check (dropped in (0, 1)), -- whether its content aged off this device
    created_at integer, -- when it was made (ms)
    created_by blob check (length(created_by) = 16), -- who made it
    deleted integer check (deleted in (0, 1)), -- whether it was deleted
    not_bsn integer check (not_bsn in (0, 1)), -- whether a number in it is no citizen service number
    recorded_locked integer check (recorded_locked in (0, 1)), -- whether it was recorded on a locked phone
    round blob check (length(round) = 16), -- the round
    core blob check (length(core) = 16), -- the shared half of which this is the author's own half
    youth_group blob check (length(youth_group) = 16), -- the group
    occurred_at integer, -- when (ms)
    place_district text, -- where: the neighbourhood
    place_spot blob check (length(place_spot) = 16), -- where: the spot
    place_text text, -- where, in words
    headcount integer, -- how many young people
    age_bands text, -- how many of them in each age band (JSON by key)
    approach text, -- preventive or corrective; absent where nobody chose
    mood text, -- how it felt; absent where nobody chose
    initiative text, -- who began
    topics text, -- what was talked about (JSON by key)
    talents text, -- what someone turned out to be good at (JSON by key)
    purpose text, -- why the contact was made
    result text, -- how it ended
    result_text text, -- how it ended, in words
    note text, -- what to remember
    basis text -- on what the note rests
) strict;
create index street_contact_space on street_contact (space);
create index street_contact_round on street_contact (round) where round is not null;
create index street_contact_core on street_contact (core) where core is not null;
create index street_contact_occurred_at on street_contact (occurred_at) where occurred_at is not null;
create index street_contact_youth_group on street_contact (youth_group) where youth_group is not null;

-- A talk at a door (*drempelgesprek*); a home visit once `entered` is yes.
create table doorstep_talk (
    key integer primary key, -- number of the row, from one sequence over all kinds
    id blob not null unique check (length(id) = 16), -- the record
    space integer not null references space (key), -- its space
    generation integer not null, -- in which reading of the space it was last seen
    eff integer, -- effective time of the values that effs does not name; null: the server does not have it yet
    effs text, -- the other effective times (JSON, 16 hexadecimal digits each)
    under text, -- values of the server beneath an own change that it has not decided on (JSON)
    extra text, -- values that no column gives back exactly (JSON)
    share blob check (length(share) = 16), -- its part in the digest of the space
    own_seq integer, -- number of the last own change to it; below 1: of an earlier identity of this device
    dropped integer not null default 0 check (dropped in (0, 1)), -- whether its content aged off this device
    created_at integer, -- when it was made (ms)
    created_by blob check (length(created_by) = 16), -- who made it
    deleted integer check (deleted in (0, 1)), -- whether it was deleted
    not_bsn integer check (not_bsn in (0, 1)), -- whether a number in it is no citizen service number
    recorded_locked integer check (recorded_locked in (0, 1)), -- whether it was recorded on a locked phone
    round blob check (length(round) = 16), -- the round
    core blob check (length(core) = 16), -- the shared half of which this is the author's own half
    visit_request blob check (length(visit_request) = 16), -- the address on tonight's list
    occurred_at integer, -- when (ms)
    youth blob check (length(youth) = 16), -- the young person
    address text, -- where, in words
    opened_by text, -- who opened
    present text, -- who were there, in words (JSON)
    reason text, -- why the door was knocked on
    absence_kind text, -- which kind of absence
    mood text, -- how things are: good, so-so, bad
    how_are_things text, -- how things are, in the young person's or the parent's own words
    obstacles text, -- per life domain: good, watch or concern; one that was not touched was not discussed (JSON by key)
    agreements text, -- what was agreed (JSON)
    result text, -- how it ended
    result_text text, -- how it ended, in words
    basis text, -- on what the words rest
    entered integer check (entered in (0, 1)), -- whether the house was entered (Algemene wet op het binnentreden)
    identification_shown integer check (identification_shown in (0, 1)), -- whether identification was shown, where the house was entered
    purpose_stated integer check (purpose_stated in (0, 1)), -- whether the purpose was told, where the house was entered
    consent_to_enter integer check (consent_to_enter in (0, 1)) -- whether there was consent to enter
) strict;
create index doorstep_talk_space on doorstep_talk (space);
create index doorstep_talk_round on doorstep_talk (round) where round is not null;
create index doorstep_talk_core on doorstep_talk (core) where core is not null;
create index doorstep_talk_occurred_at on doorstep_talk (occurred_at) where occurred_at is not null;
create index doorstep_talk_youth on doorstep_talk (youth) where youth is not null;

-- That somebody, known or unknown, took part in a contact or a talk.
create table participation (
    key integer primary key, -- number of the row, from one sequence over all kinds
    id blob not null unique check (length(id) = 16), -- the record
    space integer not null references space (key), -- its space
    generation integer not null, -- in which reading of the space it was last seen
    eff integer, -- effective time of the values that effs does not name; null: the server does not have it yet
    effs text, -- the other effective times (JSON, 16 hexadecimal digits each)
    under text, -- values of the server beneath an own change that it has not decided on (JSON)
    extra text, -- values that no column gives back exactly (JSON)
    share blob check (length(share) = 16), -- its part in the digest of the space
    own_seq integer, -- number of the last own change to it; below 1: of an earlier identity of this device
    dropped integer not null default 0 check (dropped in (0, 1)), -- whether its content aged off this device
    created_at integer, -- when it was made (ms)
    created_by blob check (length(created_by) = 16), -- who made it
    deleted integer check (deleted in (0, 1)), -- whether it was deleted
    not_bsn integer check (not_bsn in (0, 1)), -- whether a number in it is no citizen service number
    recorded_locked integer check (recorded_locked in (0, 1)), -- whether it was recorded on a locked phone
    contact text, -- the contact or the talk (JSON)
    youth blob check (length(youth) = 16), -- the young person, when known
    unknown text -- what an unknown person looked like: "rode jas"
) strict;
create index participation_space on participation (space);
create index participation_contact on participation (json_extract(contact, '$.id'));
create index participation_youth on participation (youth) where youth is not null;

-- A few words to oneself, in the author's own space until processed (*snelle notitie*).
create table quick_note (
    key integer primary key, -- number of the row, from one sequence over all kinds
    id blob not null unique check (length(id) = 16), -- the record
    space integer not null references space (key), -- its space
    generation integer not null, -- in which reading of the space it was last seen
    eff integer, -- effective time of the values that effs does not name; null: the server does not have it yet
    effs text, -- the other effective times (JSON, 16 hexadecimal digits each)
    under text, -- values of the server beneath an own change that it has not decided on (JSON)
    extra text, -- values that no column gives back exactly (JSON)
    share blob check (length(share) = 16), -- its part in the digest of the space
    own_seq integer, -- number of the last own change to it; below 1: of an earlier identity of this device
    dropped integer not null default 0 check (dropped in (0, 1)), -- whether its content aged off this device
    created_at integer, -- when it was made (ms)
    created_by blob check (length(created_by) = 16), -- who made it
    deleted integer check (deleted in (0, 1)), -- whether it was deleted
    not_bsn integer check (not_bsn in (0, 1)), -- whether a number in it is no citizen service number
    recorded_locked integer check (recorded_locked in (0, 1)), -- whether it was recorded on a locked phone
    text text, -- the words
    basis text, -- on what they rest
    place_district text, -- where it was: the neighbourhood
    place_spot blob check (length(place_spot) = 16), -- where it was: the spot
    youth blob check (length(youth) = 16), -- the young person, when it is about one
    about text, -- the contact, talk or group that it belongs to (JSON)
    state text, -- what has become of it
    discard_after integer, -- until when it may stay unprocessed; 14 days after it was made unless the municipality says otherwise (ms)
    from_note blob check (length(from_note) = 16) -- the note of which this is the copy in the young person's space
) strict;
create index quick_note_space on quick_note (space);
create index quick_note_state on quick_note (state) where state is not null;
create index quick_note_youth on quick_note (youth) where youth is not null;

-- Facts under the Wet politiegegevens, only in a space with that regime (*opsporing*).
create table investigation_note (
    key integer primary key, -- number of the row, from one sequence over all kinds
    id blob not null unique check (length(id) = 16), -- the record
    space integer not null references space (key), -- its space
    generation integer not null, -- in which reading of the space it was last seen
    eff integer, -- effective time of the values that effs does not name; null: the server does not have it yet
    effs text, -- the other effective times (JSON, 16 hexadecimal digits each)
    under text, -- values of the server beneath an own change that it has not decided on (JSON)
    extra text, -- values that no column gives back exactly (JSON)
    share blob check (length(share) = 16), -- its part in the digest of the space
    own_seq integer, -- number of the last own change to it; below 1: of an earlier identity of this device
    dropped integer not null default 0 check (dropped in (0, 1)), -- whether its content aged off this device
    created_at integer, -- when it was made (ms)
    created_by blob check (length(created_by) = 16), -- who made it
    deleted integer check (deleted in (0, 1)), -- whether it was deleted
    not_bsn integer check (not_bsn in (0, 1)), -- whether a number in it is no citizen service number
    recorded_locked integer check (recorded_locked in (0, 1)), -- whether it was recorded on a locked phone
    occurred_at integer, -- when (ms)
    facts text, -- what was seen
    core text, -- the contact or talk during which it arose, in a space that its author shares (JSON)
    caution_given integer check (caution_given in (0, 1)), -- whether a caution was given (art. 29 Wetboek van Strafvordering)
    caution_at integer, -- when the caution was given (ms)
    article text -- the article under which the data are processed (art. 8, 9 or 13 Wpg)
) strict;
create index investigation_note_space on investigation_note (space);
create index investigation_note_occurred_at on investigation_note (occurred_at) where occurred_at is not null;

-- A young person, as known in one space (*jongere*). Known in two spaces, two records.
create table youth (
    key integer primary key, -- number of the row, from one sequence over all kinds
    id blob not null unique check (length(id) = 16), -- the record
    space integer not null references space (key), -- its space
    generation integer not null, -- in which reading of the space it was last seen
    eff integer, -- effective time of the values that effs does not name; null: the server does not have it yet
    effs text, -- the other effective times (JSON, 16 hexadecimal digits each)
    under text, -- values of the server beneath an own change that it has not decided on (JSON)
    extra text, -- values that no column gives back exactly (JSON)
    share blob check (length(share) = 16), -- its part in the digest of the space
    own_seq integer, -- number of the last own change to it; below 1: of an earlier identity of this device
    dropped integer not null default 0 check (dropped in (0, 1)), -- whether its content aged off this device
    created_at integer, -- when it was made (ms)
    created_by blob check (length(created_by) = 16), -- who made it
    deleted integer check (deleted in (0, 1)), -- whether it was deleted
    not_bsn integer check (not_bsn in (0, 1)), -- whether a number in it is no citizen service number
    recorded_locked integer check (recorded_locked in (0, 1)), -- whether it was recorded on a locked phone
    nickname text, -- what friends call them (*roepnaam*, *straatnaam*)
    given_name text, -- given name
    family_name text, -- family name
    birth_date text, -- day of birth
    age_band text, -- about how old, where the day of birth is not known
    district text, -- the neighbourhood
    address text, -- the address
    phone text, -- the phone number
    bsn text, -- citizen service number: leerplicht only (art. 19 Leerplichtwet; art. 46 UAVG)
    school_state text, -- whether they go to school
    basic_qualification text, -- whether they have a starting qualification (*startkwalificatie*)
    income_state text, -- what they live on
    other_lead_professional text, -- whether another professional leads; yes suggests to stay in the background
    voluntary_explained_on text, -- the day on which was explained that all this is voluntary
    informed_on text, -- the day on which was told what is kept
    talents text, -- what they are good at (JSON by key)
    status text, -- whether they are still followed
    closed_on text -- the day on which their case was closed
) strict;
create index youth_space on youth (space);
create index youth_name on youth (coalesce(family_name, given_name, nickname, '') collate nocase, id);

-- A group that is seen together (*jeugdgroep*). In step 2A it is described without names.
create table youth_group (
    key integer primary key, -- number of the row, from one sequence over all kinds
    id blob not null unique check (length(id) = 16), -- the record
    space integer not null references space (key), -- its space
    generation integer not null, -- in which reading of the space it was last seen
    eff integer, -- effective time of the values that effs does not name; null: the server does not have it yet
    effs text, -- the other effective times (JSON, 16 hexadecimal digits each)
    under text, -- values of the server beneath an own change that it has not decided on (JSON)
    extra text, -- values that no column gives back exactly (JSON)
    share blob check (length(share) = 16), -- its part in the digest of the space
    own_seq integer, -- number of the last own change to it; below 1: of an earlier identity of this device
    dropped integer not null default 0 check (dropped in (0, 1)), -- whether its content aged off this device
    created_at integer, -- when it was made (ms)
    created_by blob check (length(created_by) = 16), -- who made it
    deleted integer check (deleted in (0, 1)), -- whether it was deleted
    not_bsn integer check (not_bsn in (0, 1)), -- whether a number in it is no citizen service number
    recorded_locked integer check (recorded_locked in (0, 1)), -- whether it was recorded on a locked phone
    name text, -- what it is called
    spots text, -- where it meets, by the spots' identifiers (JSON by key)
    estimated_size integer, -- about how many
    step text, -- the step of the seven-step model
    members text -- the young people in it, by their identifiers; none in step 2A (JSON by key)
) strict;
create index youth_group_space on youth_group (space);

-- A period of coaching (*traject*).
create table track (
    key integer primary key, -- number of the row, from one sequence over all kinds
    id blob not null unique check (length(id) = 16), -- the record
    space integer not null references space (key), -- its space
    generation integer not null, -- in which reading of the space it was last seen
    eff integer, -- effective time of the values that effs does not name; null: the server does not have it yet
    effs text, -- the other effective times (JSON, 16 hexadecimal digits each)
    under text, -- values of the server beneath an own change that it has not decided on (JSON)
    extra text, -- values that no column gives back exactly (JSON)
    share blob check (length(share) = 16), -- its part in the digest of the space
    own_seq integer, -- number of the last own change to it; below 1: of an earlier identity of this device
    dropped integer not null default 0 check (dropped in (0, 1)), -- whether its content aged off this device
    created_at integer, -- when it was made (ms)
    created_by blob check (length(created_by) = 16), -- who made it
    deleted integer check (deleted in (0, 1)), -- whether it was deleted
    not_bsn integer check (not_bsn in (0, 1)), -- whether a number in it is no citizen service number
    recorded_locked integer check (recorded_locked in (0, 1)), -- whether it was recorded on a locked phone
    youth blob check (length(youth) = 16), -- the young person
    method text, -- the method
    coach blob check (length(coach) = 16), -- the coach
    origin text, -- where it began
    in_view_before text, -- whether the young person was in view before
    phase text, -- how far it has come, in the Rode loper
    started text, -- the first day
    ended text, -- the last day
    end_reason text, -- why it ended
    outcome_school text, -- what became of school
    outcome_work text, -- what became of work
    outcome_day_activity text, -- what became of the day
    recidivism text, -- whether there was recidivism
    cooperation text, -- how the working together went
    own_verdict text, -- what the young person says of it
    relapse_plan text, -- what to do when it goes wrong again
    celebrated_result text -- what was celebrated
) strict;
create index track_space on track (space);
create index track_coach on track (coach) where coach is not null;
create index track_youth on track (youth) where youth is not null;

-- A step from one phase to another, back included.
create table phase_change (
    key integer primary key, -- number of the row, from one sequence over all kinds
    id blob not null unique check (length(id) = 16), -- the record
    space integer not null references space (key), -- its space
    generation integer not null, -- in which reading of the space it was last seen
    eff integer, -- effective time of the values that effs does not name; null: the server does not have it yet
    effs text, -- the other effective times (JSON, 16 hexadecimal digits each)
    under text, -- values of the server beneath an own change that it has not decided on (JSON)
    extra text, -- values that no column gives back exactly (JSON)
    share blob check (length(share) = 16), -- its part in the digest of the space
    own_seq integer, -- number of the last own change to it; below 1: of an earlier identity of this device
    dropped integer not null default 0 check (dropped in (0, 1)), -- whether its content aged off this device
    created_at integer, -- when it was made (ms)
    created_by blob check (length(created_by) = 16), -- who made it
    deleted integer check (deleted in (0, 1)), -- whether it was deleted
    not_bsn integer check (not_bsn in (0, 1)), -- whether a number in it is no citizen service number
    recorded_locked integer check (recorded_locked in (0, 1)), -- whether it was recorded on a locked phone
    track blob check (length(track) = 16), -- the track
    phase text, -- the new phase
    changed_at integer, -- when (ms)
    reason text -- why
) strict;
create index phase_change_space on phase_change (space);
create index phase_change_track on phase_change (track) where track is not null;

-- How life goes, domain by domain, with the young person's own story (*nulmeting*, *vervolgmeting*).
create table measurement (
    key integer primary key, -- number of the row, from one sequence over all kinds
    id blob not null unique check (length(id) = 16), -- the record
    space integer not null references space (key), -- its space
    generation integer not null, -- in which reading of the space it was last seen
    eff integer, -- effective time of the values that effs does not name; null: the server does not have it yet
    effs text, -- the other effective times (JSON, 16 hexadecimal digits each)
    under text, -- values of the server beneath an own change that it has not decided on (JSON)
    extra text, -- values that no column gives back exactly (JSON)
    share blob check (length(share) = 16), -- its part in the digest of the space
    own_seq integer, -- number of the last own change to it; below 1: of an earlier identity of this device
    dropped integer not null default 0 check (dropped in (0, 1)), -- whether its content aged off this device
    created_at integer, -- when it was made (ms)
    created_by blob check (length(created_by) = 16), -- who made it
    deleted integer check (deleted in (0, 1)), -- whether it was deleted
    not_bsn integer check (not_bsn in (0, 1)), -- whether a number in it is no citizen service number
    recorded_locked integer check (recorded_locked in (0, 1)), -- whether it was recorded on a locked phone
    youth blob check (length(youth) = 16), -- the young person
    number integer, -- 0 for the first, then 1, 2, 3
    date text, -- the day
    scores text, -- per life domain a score or "not discussed"; one that is absent is still to be done (JSON by key)
    justice_contact text, -- contact with justice, as told
    day_activity text, -- what the day is filled with, as told
    own_story text -- the story in the young person's own words, shown before the scores
) strict;
create index measurement_space on measurement (space);
create index measurement_youth on measurement (youth) where youth is not null;

-- What someone wants to reach (*doel*).
create table goal (
    key integer primary key, -- number of the row, from one sequence over all kinds
    id blob not null unique check (length(id) = 16), -- the record
    space integer not null references space (key), -- its space
    generation integer not null, -- in which reading of the space it was last seen
    eff integer, -- effective time of the values that effs does not name; null: the server does not have it yet
    effs text, -- the other effective times (JSON, 16 hexadecimal digits each)
    under text, -- values of the server beneath an own change that it has not decided on (JSON)
    extra text, -- values that no column gives back exactly (JSON)
    share blob check (length(share) = 16), -- its part in the digest of the space
    own_seq integer, -- number of the last own change to it; below 1: of an earlier identity of this device
    dropped integer not null default 0 check (dropped in (0, 1)), -- whether its content aged off this device
    created_at integer, -- when it was made (ms)
    created_by blob check (length(created_by) = 16), -- who made it
    deleted integer check (deleted in (0, 1)), -- whether it was deleted
    not_bsn integer check (not_bsn in (0, 1)), -- whether a number in it is no citizen service number
    recorded_locked integer check (recorded_locked in (0, 1)), -- whether it was recorded on a locked phone
    youth blob check (length(youth) = 16), -- the young person
    text text, -- the goal
    life_domain text, -- the life domain
    state text, -- what has become of it
    result text -- the result
) strict;
create index goal_space on goal (space);
create index goal_youth on goal (youth) where youth is not null;

-- A small question for help (*hulpvraag*).
create table support_request (
    key integer primary key, -- number of the row, from one sequence over all kinds
    id blob not null unique check (length(id) = 16), -- the record
    space integer not null references space (key), -- its space
    generation integer not null, -- in which reading of the space it was last seen
    eff integer, -- effective time of the values that effs does not name; null: the server does not have it yet
    effs text, -- the other effective times (JSON, 16 hexadecimal digits each)
    under text, -- values of the server beneath an own change that it has not decided on (JSON)
    extra text, -- values that no column gives back exactly (JSON)
    share blob check (length(share) = 16), -- its part in the digest of the space
    own_seq integer, -- number of the last own change to it; below 1: of an earlier identity of this device
    dropped integer not null default 0 check (dropped in (0, 1)), -- whether its content aged off this device
    created_at integer, -- when it was made (ms)
    created_by blob check (length(created_by) = 16), -- who made it
    deleted integer check (deleted in (0, 1)), -- whether it was deleted
    not_bsn integer check (not_bsn in (0, 1)), -- whether a number in it is no citizen service number
    recorded_locked integer check (recorded_locked in (0, 1)), -- whether it was recorded on a locked phone
    youth blob check (length(youth) = 16), -- the young person
    text text, -- the question
    life_domain text, -- the life domain
    state text, -- what has become of it
    result text -- the result
) strict;
create index support_request_space on support_request (space);
create index support_request_youth on support_request (youth) where youth is not null;

-- A rule that stands in the way (*knelpunt*); can be shared without the name.
create table rule_obstacle (
    key integer primary key, -- number of the row, from one sequence over all kinds
    id blob not null unique check (length(id) = 16), -- the record
    space integer not null references space (key), -- its space
    generation integer not null, -- in which reading of the space it was last seen
    eff integer, -- effective time of the values that effs does not name; null: the server does not have it yet
    effs text, -- the other effective times (JSON, 16 hexadecimal digits each)
    under text, -- values of the server beneath an own change that it has not decided on (JSON)
    extra text, -- values that no column gives back exactly (JSON)
    share blob check (length(share) = 16), -- its part in the digest of the space
    own_seq integer, -- number of the last own change to it; below 1: of an earlier identity of this device
    dropped integer not null default 0 check (dropped in (0, 1)), -- whether its content aged off this device
    created_at integer, -- when it was made (ms)
    created_by blob check (length(created_by) = 16), -- who made it
    deleted integer check (deleted in (0, 1)), -- whether it was deleted
    not_bsn integer check (not_bsn in (0, 1)), -- whether a number in it is no citizen service number
    recorded_locked integer check (recorded_locked in (0, 1)), -- whether it was recorded on a locked phone
    youth blob check (length(youth) = 16), -- the young person
    text text, -- what it blocked
    law text, -- which law or rule
    life_domain text, -- the life domain
    asked text, -- who was asked
    state text, -- what has become of it
    result text -- the answer
) strict;
create index rule_obstacle_space on rule_obstacle (space);
create index rule_obstacle_youth on rule_obstacle (youth) where youth is not null;

-- Something to do (*actie*).
create table action (
    key integer primary key, -- number of the row, from one sequence over all kinds
    id blob not null unique check (length(id) = 16), -- the record
    space integer not null references space (key), -- its space
    generation integer not null, -- in which reading of the space it was last seen
    eff integer, -- effective time of the values that effs does not name; null: the server does not have it yet
    effs text, -- the other effective times (JSON, 16 hexadecimal digits each)
    under text, -- values of the server beneath an own change that it has not decided on (JSON)
    extra text, -- values that no column gives back exactly (JSON)
    share blob check (length(share) = 16), -- its part in the digest of the space
    own_seq integer, -- number of the last own change to it; below 1: of an earlier identity of this device
    dropped integer not null default 0 check (dropped in (0, 1)), -- whether its content aged off this device
    created_at integer, -- when it was made (ms)
    created_by blob check (length(created_by) = 16), -- who made it
    deleted integer check (deleted in (0, 1)), -- whether it was deleted
    not_bsn integer check (not_bsn in (0, 1)), -- whether a number in it is no citizen service number
    recorded_locked integer check (recorded_locked in (0, 1)), -- whether it was recorded on a locked phone
    kind text, -- what kind
    title text, -- what to do
    due text, -- by which day
    assignee blob check (length(assignee) = 16), -- who does it
    assignee_text text, -- who does it, where that is no user of Drempel
    youth blob check (length(youth) = 16), -- the young person
    from_record text, -- the record that it came from (JSON)
    from_talk blob check (length(from_talk) = 16), -- the talk in which it was agreed
    state text, -- what has become of it
    outcome text, -- the outcome
    reason text -- why it was moved or handed over
) strict;
create index action_space on action (space);
create index action_state on action (state) where state is not null;
create index action_due on action (due) where due is not null;
create index action_youth on action (youth) where youth is not null;
create index action_from_record on action (json_extract(from_record, '$.id'));

-- A talk at a table: to get acquainted, with parents (*driehoeksgesprek*), about progress.
create table talk (
    key integer primary key, -- number of the row, from one sequence over all kinds
    id blob not null unique check (length(id) = 16), -- the record
    space integer not null references space (key), -- its space
    generation integer not null, -- in which reading of the space it was last seen
    eff integer, -- effective time of the values that effs does not name; null: the server does not have it yet
    effs text, -- the other effective times (JSON, 16 hexadecimal digits each)
    under text, -- values of the server beneath an own change that it has not decided on (JSON)
    extra text, -- values that no column gives back exactly (JSON)
    share blob check (length(share) = 16), -- its part in the digest of the space
    own_seq integer, -- number of the last own change to it; below 1: of an earlier identity of this device
    dropped integer not null default 0 check (dropped in (0, 1)), -- whether its content aged off this device
    created_at integer, -- when it was made (ms)
    created_by blob check (length(created_by) = 16), -- who made it
    deleted integer check (deleted in (0, 1)), -- whether it was deleted
    not_bsn integer check (not_bsn in (0, 1)), -- whether a number in it is no citizen service number
    recorded_locked integer check (recorded_locked in (0, 1)), -- whether it was recorded on a locked phone
    kind text, -- what kind
    youth blob check (length(youth) = 16), -- the young person
    action blob check (length(action) = 16), -- the action that led to it
    invited text, -- who were invited, in words, each with the answer (JSON)
    invited_by text, -- how they were invited
    planned_at integer, -- when it is planned (ms)
    place text, -- where
    state text, -- whether it took place
    present text, -- who were there (JSON)
    own_words text, -- in the young person's own words
    result text -- the result
) strict;
create index talk_space on talk (space);
create index talk_action on talk (action) where action is not null;
create index talk_youth on talk (youth) where youth is not null;
create index talk_planned_at on talk (planned_at) where planned_at is not null;

-- Handing on to a casemanager or to a partner (*doorverwijzing*).
create table referral (
    key integer primary key, -- number of the row, from one sequence over all kinds
    id blob not null unique check (length(id) = 16), -- the record
    space integer not null references space (key), -- its space
    generation integer not null, -- in which reading of the space it was last seen
    eff integer, -- effective time of the values that effs does not name; null: the server does not have it yet
    effs text, -- the other effective times (JSON, 16 hexadecimal digits each)
    under text, -- values of the server beneath an own change that it has not decided on (JSON)
    extra text, -- values that no column gives back exactly (JSON)
    share blob check (length(share) = 16), -- its part in the digest of the space
    own_seq integer, -- number of the last own change to it; below 1: of an earlier identity of this device
    dropped integer not null default 0 check (dropped in (0, 1)), -- whether its content aged off this device
    created_at integer, -- when it was made (ms)
    created_by blob check (length(created_by) = 16), -- who made it
    deleted integer check (deleted in (0, 1)), -- whether it was deleted
    not_bsn integer check (not_bsn in (0, 1)), -- whether a number in it is no citizen service number
    recorded_locked integer check (recorded_locked in (0, 1)), -- whether it was recorded on a locked phone
    youth blob check (length(youth) = 16), -- the young person
    to_kind text, -- inside or outside
    to_user blob check (length(to_user) = 16), -- the casemanager
    to_organisation text, -- the organisation outside
    ground text, -- the ground, where it goes outside
    fields text, -- the fields that go along (JSON)
    content text, -- what goes along: the chosen fields as they were
    informed text, -- whether the young person knows
    reason text, -- why
    answer_state text, -- where it stands: the state
    answer_reason text, -- where it stands: why
    mirror_of text -- the referral in the coach's space of which this is the mirror in the casemanagers' space (JSON)
) strict;
create index referral_space on referral (space);
create index referral_youth on referral (youth) where youth is not null;

-- Taking a concern further, with a reason (*opschalen*).
create table escalation (
    key integer primary key, -- number of the row, from one sequence over all kinds
    id blob not null unique check (length(id) = 16), -- the record
    space integer not null references space (key), -- its space
    generation integer not null, -- in which reading of the space it was last seen
    eff integer, -- effective time of the values that effs does not name; null: the server does not have it yet
    effs text, -- the other effective times (JSON, 16 hexadecimal digits each)
    under text, -- values of the server beneath an own change that it has not decided on (JSON)
    extra text, -- values that no column gives back exactly (JSON)
    share blob check (length(share) = 16), -- its part in the digest of the space
    own_seq integer, -- number of the last own change to it; below 1: of an earlier identity of this device
    dropped integer not null default 0 check (dropped in (0, 1)), -- whether its content aged off this device
    created_at integer, -- when it was made (ms)
    created_by blob check (length(created_by) = 16), -- who made it
    deleted integer check (deleted in (0, 1)), -- whether it was deleted
    not_bsn integer check (not_bsn in (0, 1)), -- whether a number in it is no citizen service number
    recorded_locked integer check (recorded_locked in (0, 1)), -- whether it was recorded on a locked phone
    from_record text, -- the record that it rests on (JSON)
    youth blob check (length(youth) = 16), -- the young person
    "to" text, -- whereto
    facts text, -- what was seen
    ground text, -- on what ground
    reason text, -- why now
    youth_informed integer check (youth_informed in (0, 1)), -- whether the young person knows
    guardians_informed integer check (guardians_informed in (0, 1)), -- whether the parents know: under 16 always, 16–17 with the youth's yes, 18 and over not by default
    withdrawn integer check (withdrawn in (0, 1)), -- whether it was withdrawn
    withdrawn_reason text -- why it was withdrawn
) strict;
create index escalation_space on escalation (space);
create index escalation_youth on escalation (youth) where youth is not null;

-- What is brought into a consultation (*inbreng*).
create table contribution (
    key integer primary key, -- number of the row, from one sequence over all kinds
    id blob not null unique check (length(id) = 16), -- the record
    space integer not null references space (key), -- its space
    generation integer not null, -- in which reading of the space it was last seen
    eff integer, -- effective time of the values that effs does not name; null: the server does not have it yet
    effs text, -- the other effective times (JSON, 16 hexadecimal digits each)
    under text, -- values of the server beneath an own change that it has not decided on (JSON)
    extra text, -- values that no column gives back exactly (JSON)
    share blob check (length(share) = 16), -- its part in the digest of the space
    own_seq integer, -- number of the last own change to it; below 1: of an earlier identity of this device
    dropped integer not null default 0 check (dropped in (0, 1)), -- whether its content aged off this device
    created_at integer, -- when it was made (ms)
    created_by blob check (length(created_by) = 16), -- who made it
    deleted integer check (deleted in (0, 1)), -- whether it was deleted
    not_bsn integer check (not_bsn in (0, 1)), -- whether a number in it is no citizen service number
    recorded_locked integer check (recorded_locked in (0, 1)), -- whether it was recorded on a locked phone
    "to" text, -- whereto
    youth blob check (length(youth) = 16), -- the young person
    facts text, -- what was seen
    ground text, -- on what ground
    question text, -- the question, when it is only to spar, without names
    answer text, -- the answer
    youth_informed integer check (youth_informed in (0, 1)), -- whether the young person knows
    guardians_informed integer check (guardians_informed in (0, 1)), -- whether the parents know
    withdrawn integer check (withdrawn in (0, 1)), -- whether it was withdrawn
    withdrawn_reason text, -- why it was withdrawn
    brought_in_at integer -- when it was brought in (ms)
) strict;
create index contribution_space on contribution (space);
create index contribution_youth on contribution (youth) where youth is not null;

-- A person around a young person (*sleutelfiguur*, *vaste contactpersoon*, *maatje*, *mentor*, *social parent*).
create table key_person (
    key integer primary key, -- number of the row, from one sequence over all kinds
    id blob not null unique check (length(id) = 16), -- the record
    space integer not null references space (key), -- its space
    generation integer not null, -- in which reading of the space it was last seen
    eff integer, -- effective time of the values that effs does not name; null: the server does not have it yet
    effs text, -- the other effective times (JSON, 16 hexadecimal digits each)
    under text, -- values of the server beneath an own change that it has not decided on (JSON)
    extra text, -- values that no column gives back exactly (JSON)
    share blob check (length(share) = 16), -- its part in the digest of the space
    own_seq integer, -- number of the last own change to it; below 1: of an earlier identity of this device
    dropped integer not null default 0 check (dropped in (0, 1)), -- whether its content aged off this device
    created_at integer, -- when it was made (ms)
    created_by blob check (length(created_by) = 16), -- who made it
    deleted integer check (deleted in (0, 1)), -- whether it was deleted
    not_bsn integer check (not_bsn in (0, 1)), -- whether a number in it is no citizen service number
    recorded_locked integer check (recorded_locked in (0, 1)), -- whether it was recorded on a locked phone
    youth blob check (length(youth) = 16), -- the young person
    name text, -- the name
    relation text, -- what they are to each other
    roles text, -- in which roles (JSON by key)
    strength text, -- how strong the tie is
    informed text, -- whether the person knows of the record
    contact text, -- how to reach them
    "from" text, -- since when
    intended_until text, -- until when it is meant to last; three years for a Social Parent unless said otherwise
    training_done integer check (training_done in (0, 1)), -- whether the training was done
    supervision text, -- who supervises
    ended text, -- when it ended
    end_reason text -- why it ended
) strict;
create index key_person_space on key_person (space);
create index key_person_youth on key_person (youth) where youth is not null;

-- That a message or a call went to and fro (*appcontact*); no message text is imported.
create table message_contact (
    key integer primary key, -- number of the row, from one sequence over all kinds
    id blob not null unique check (length(id) = 16), -- the record
    space integer not null references space (key), -- its space
    generation integer not null, -- in which reading of the space it was last seen
    eff integer, -- effective time of the values that effs does not name; null: the server does not have it yet
    effs text, -- the other effective times (JSON, 16 hexadecimal digits each)
    under text, -- values of the server beneath an own change that it has not decided on (JSON)
    extra text, -- values that no column gives back exactly (JSON)
    share blob check (length(share) = 16), -- its part in the digest of the space
    own_seq integer, -- number of the last own change to it; below 1: of an earlier identity of this device
    dropped integer not null default 0 check (dropped in (0, 1)), -- whether its content aged off this device
    created_at integer, -- when it was made (ms)
    created_by blob check (length(created_by) = 16), -- who made it
    deleted integer check (deleted in (0, 1)), -- whether it was deleted
    not_bsn integer check (not_bsn in (0, 1)), -- whether a number in it is no citizen service number
    recorded_locked integer check (recorded_locked in (0, 1)), -- whether it was recorded on a locked phone
    youth blob check (length(youth) = 16), -- the young person
    channel text, -- by which means
    initiative text, -- who began
    occurred_at integer, -- when (ms)
    summary text -- what to remember, in the coach's words
) strict;
create index message_contact_space on message_contact (space);
create index message_contact_youth on message_contact (youth) where youth is not null;
create index message_contact_occurred_at on message_contact (occurred_at) where occurred_at is not null;

-- Going along or calling together (*meegaan*, *samen bellen*).
create table accompaniment (
    key integer primary key, -- number of the row, from one sequence over all kinds
    id blob not null unique check (length(id) = 16), -- the record
    space integer not null references space (key), -- its space
    generation integer not null, -- in which reading of the space it was last seen
    eff integer, -- effective time of the values that effs does not name; null: the server does not have it yet
    effs text, -- the other effective times (JSON, 16 hexadecimal digits each)
    under text, -- values of the server beneath an own change that it has not decided on (JSON)
    extra text, -- values that no column gives back exactly (JSON)
    share blob check (length(share) = 16), -- its part in the digest of the space
    own_seq integer, -- number of the last own change to it; below 1: of an earlier identity of this device
    dropped integer not null default 0 check (dropped in (0, 1)), -- whether its content aged off this device
    created_at integer, -- when it was made (ms)
    created_by blob check (length(created_by) = 16), -- who made it
    deleted integer check (deleted in (0, 1)), -- whether it was deleted
    not_bsn integer check (not_bsn in (0, 1)), -- whether a number in it is no citizen service number
    recorded_locked integer check (recorded_locked in (0, 1)), -- whether it was recorded on a locked phone
    youth blob check (length(youth) = 16), -- the young person
    kind text, -- what kind
    location text, -- where
    with_whom text, -- with whom
    occurred_at integer, -- when (ms)
    result text -- the result
) strict;
create index accompaniment_space on accompaniment (space);
create index accompaniment_youth on accompaniment (youth) where youth is not null;
create index accompaniment_occurred_at on accompaniment (occurred_at) where occurred_at is not null;

-- An organisation, volunteer project or group activity that a team adds to the municipality's directory.
create table partner (
    key integer primary key, -- number of the row, from one sequence over all kinds
    id blob not null unique check (length(id) = 16), -- the record
    space integer not null references space (key), -- its space
    generation integer not null, -- in which reading of the space it was last seen
    eff integer, -- effective time of the values that effs does not name; null: the server does not have it yet
    effs text, -- the other effective times (JSON, 16 hexadecimal digits each)
    under text, -- values of the server beneath an own change that it has not decided on (JSON)
    extra text, -- values that no column gives back exactly (JSON)
    share blob check (length(share) = 16), -- its part in the digest of the space
    own_seq integer, -- number of the last own change to it; below 1: of an earlier identity of this device
    dropped integer not null default 0 check (dropped in (0, 1)), -- whether its content aged off this device
    created_at integer, -- when it was made (ms)
    created_by blob check (length(created_by) = 16), -- who made it
    deleted integer check (deleted in (0, 1)), -- whether it was deleted
    not_bsn integer check (not_bsn in (0, 1)), -- whether a number in it is no citizen service number
    recorded_locked integer check (recorded_locked in (0, 1)), -- whether it was recorded on a locked phone
    name text, -- the name
    kind text, -- what kind
    offer text, -- what it offers
    target_group text, -- for whom
    capacity integer, -- for how many
    contact text -- how to reach it
) strict;
create index partner_space on partner (space);

-- Which young person waits for a partner or takes part in it.
create table partner_link (
    key integer primary key, -- number of the row, from one sequence over all kinds
    id blob not null unique check (length(id) = 16), -- the record
    space integer not null references space (key), -- its space
    generation integer not null, -- in which reading of the space it was last seen
    eff integer, -- effective time of the values that effs does not name; null: the server does not have it yet
    effs text, -- the other effective times (JSON, 16 hexadecimal digits each)
    under text, -- values of the server beneath an own change that it has not decided on (JSON)
    extra text, -- values that no column gives back exactly (JSON)
    share blob check (length(share) = 16), -- its part in the digest of the space
    own_seq integer, -- number of the last own change to it; below 1: of an earlier identity of this device
    dropped integer not null default 0 check (dropped in (0, 1)), -- whether its content aged off this device
    created_at integer, -- when it was made (ms)
    created_by blob check (length(created_by) = 16), -- who made it
    deleted integer check (deleted in (0, 1)), -- whether it was deleted
    not_bsn integer check (not_bsn in (0, 1)), -- whether a number in it is no citizen service number
    recorded_locked integer check (recorded_locked in (0, 1)), -- whether it was recorded on a locked phone
    youth blob check (length(youth) = 16), -- the young person
    partner blob check (length(partner) = 16), -- the partner, of the municipality's directory or of the team's own
    state text, -- waiting, matched or ended
    since text, -- since when
    end_reason text -- why it ended
) strict;
create index partner_link_space on partner_link (space);
create index partner_link_youth on partner_link (youth) where youth is not null;

-- An amount of the freely spendable budget (*vrij budget*).
create table budget_entry (
    key integer primary key, -- number of the row, from one sequence over all kinds
    id blob not null unique check (length(id) = 16), -- the record
    space integer not null references space (key), -- its space
    generation integer not null, -- in which reading of the space it was last seen
    eff integer, -- effective time of the values that effs does not name; null: the server does not have it yet
    effs text, -- the other effective times (JSON, 16 hexadecimal digits each)
    under text, -- values of the server beneath an own change that it has not decided on (JSON)
    extra text, -- values that no column gives back exactly (JSON)
    share blob check (length(share) = 16), -- its part in the digest of the space
    own_seq integer, -- number of the last own change to it; below 1: of an earlier identity of this device
    dropped integer not null default 0 check (dropped in (0, 1)), -- whether its content aged off this device
    created_at integer, -- when it was made (ms)
    created_by blob check (length(created_by) = 16), -- who made it
    deleted integer check (deleted in (0, 1)), -- whether it was deleted
    not_bsn integer check (not_bsn in (0, 1)), -- whether a number in it is no citizen service number
    recorded_locked integer check (recorded_locked in (0, 1)), -- whether it was recorded on a locked phone
    youth blob check (length(youth) = 16), -- the young person
    amount_cents integer, -- the amount in cents
    purpose text, -- what for
    ordinary_way text, -- why the ordinary way failed
    obstacle blob check (length(obstacle) = 16), -- the obstacle in the rules
    decision_state text, -- where it stands: the state
    decision_reason text, -- where it stands: why
    approved_by blob check (length(approved_by) = 16), -- who approved it
    approved_cents integer, -- the amount that was approved, in cents; a later change of the amount shows beside it
    note text -- what to remember
) strict;
create index budget_entry_space on budget_entry (space);
create index budget_entry_youth on budget_entry (youth) where youth is not null;

-- The ledger line of a copy that went to another space (*delen*), kept in the space it came from.
create table share (
    key integer primary key, -- number of the row, from one sequence over all kinds
    id blob not null unique check (length(id) = 16), -- the record
    space integer not null references space (key), -- its space
    generation integer not null, -- in which reading of the space it was last seen
    eff integer, -- effective time of the values that effs does not name; null: the server does not have it yet
    effs text, -- the other effective times (JSON, 16 hexadecimal digits each)
    under text, -- values of the server beneath an own change that it has not decided on (JSON)
    extra text, -- values that no column gives back exactly (JSON)
    share blob check (length(share) = 16), -- its part in the digest of the space
    own_seq integer, -- number of the last own change to it; below 1: of an earlier identity of this device
    dropped integer not null default 0 check (dropped in (0, 1)), -- whether its content aged off this device
    created_at integer, -- when it was made (ms)
    created_by blob check (length(created_by) = 16), -- who made it
    deleted integer check (deleted in (0, 1)), -- whether it was deleted
    not_bsn integer check (not_bsn in (0, 1)), -- whether a number in it is no citizen service number
    recorded_locked integer check (recorded_locked in (0, 1)), -- whether it was recorded on a locked phone
    of text, -- what was shared (JSON)
    fields text, -- which of its fields (JSON)
    to_space blob check (length(to_space) = 16), -- whereto
    ground text, -- the ground (art. 6 AVG)
    purpose text, -- the purpose
    recipient text, -- who receives it
    informed text, -- whether the person concerned knows: yes, no, not yet
    expires text, -- until when the recipient may use it
    withdrawn integer check (withdrawn in (0, 1)), -- whether it was withdrawn
    withdrawn_reason text -- why it was withdrawn
) strict;
create index share_space on share (space);
create index share_of on share (json_extract(of, '$.id'));

-- The ledger line of a copy out of a space under the Wet politiegegevens (*verstrekken*).
create table disclosure (
    key integer primary key, -- number of the row, from one sequence over all kinds
    id blob not null unique check (length(id) = 16), -- the record
    space integer not null references space (key), -- its space
    generation integer not null, -- in which reading of the space it was last seen
    eff integer, -- effective time of the values that effs does not name; null: the server does not have it yet
    effs text, -- the other effective times (JSON, 16 hexadecimal digits each)
    under text, -- values of the server beneath an own change that it has not decided on (JSON)
    extra text, -- values that no column gives back exactly (JSON)
    share blob check (length(share) = 16), -- its part in the digest of the space
    own_seq integer, -- number of the last own change to it; below 1: of an earlier identity of this device
    dropped integer not null default 0 check (dropped in (0, 1)), -- whether its content aged off this device
    created_at integer, -- when it was made (ms)
    created_by blob check (length(created_by) = 16), -- who made it
    deleted integer check (deleted in (0, 1)), -- whether it was deleted
    not_bsn integer check (not_bsn in (0, 1)), -- whether a number in it is no citizen service number
    recorded_locked integer check (recorded_locked in (0, 1)), -- whether it was recorded on a locked phone
    of text, -- what was disclosed (JSON)
    fields text, -- which of its fields (JSON)
    to_space blob check (length(to_space) = 16), -- whereto
    ground text, -- the ground
    purpose text, -- the purpose
    recipient text, -- who receives it
    article text, -- the article of the Wpg: 16, 18, 19 or 20
    decision_reference text -- the decision's reference, for articles 19 and 20
) strict;
create index disclosure_space on disclosure (space);
create index disclosure_of on disclosure (json_extract(of, '$.id'));

-- The copy at the recipient's: made by the server from a share or a disclosure.
create table shared_extract (
    key integer primary key, -- number of the row, from one sequence over all kinds
    id blob not null unique check (length(id) = 16), -- the record
    space integer not null references space (key), -- its space
    generation integer not null, -- in which reading of the space it was last seen
    eff integer, -- effective time of the values that effs does not name; null: the server does not have it yet
    effs text, -- the other effective times (JSON, 16 hexadecimal digits each)
    under text, -- values of the server beneath an own change that it has not decided on (JSON)
    extra text, -- values that no column gives back exactly (JSON)
    share blob check (length(share) = 16), -- its part in the digest of the space
    own_seq integer, -- number of the last own change to it; below 1: of an earlier identity of this device
    dropped integer not null default 0 check (dropped in (0, 1)), -- whether its content aged off this device
    created_at integer, -- when it was made (ms)
    created_by blob check (length(created_by) = 16), -- who made it
    deleted integer check (deleted in (0, 1)), -- whether it was deleted
    not_bsn integer check (not_bsn in (0, 1)), -- whether a number in it is no citizen service number
    recorded_locked integer check (recorded_locked in (0, 1)), -- whether it was recorded on a locked phone
    of text, -- what it was copied from (JSON)
    ledger text, -- the ledger line (JSON)
    source text, -- the space it came from, by name
    "values" text, -- the fields as they were, each by its name (JSON)
    content text, -- the fields as they were, in one text to be searched
    ground text, -- on what ground
    purpose text, -- for what purpose
    article text, -- the article, where it came from a space under the Wpg
    expires text, -- until when it may be used
    withdrawn_at integer -- when the share was withdrawn (ms)
) strict;
create index shared_extract_space on shared_extract (space);
create index shared_extract_of on shared_extract (json_extract(of, '$.id'));

-- Somebody asks what is kept about them (*inzageverzoek*, art. 15 AVG).
create table access_request (
    key integer primary key, -- number of the row, from one sequence over all kinds
    id blob not null unique check (length(id) = 16), -- the record
    space integer not null references space (key), -- its space
    generation integer not null, -- in which reading of the space it was last seen
    eff integer, -- effective time of the values that effs does not name; null: the server does not have it yet
    effs text, -- the other effective times (JSON, 16 hexadecimal digits each)
    under text, -- values of the server beneath an own change that it has not decided on (JSON)
    extra text, -- values that no column gives back exactly (JSON)
    share blob check (length(share) = 16), -- its part in the digest of the space
    own_seq integer, -- number of the last own change to it; below 1: of an earlier identity of this device
    dropped integer not null default 0 check (dropped in (0, 1)), -- whether its content aged off this device
    created_at integer, -- when it was made (ms)
    created_by blob check (length(created_by) = 16), -- who made it
    deleted integer check (deleted in (0, 1)), -- whether it was deleted
    not_bsn integer check (not_bsn in (0, 1)), -- whether a number in it is no citizen service number
    recorded_locked integer check (recorded_locked in (0, 1)), -- whether it was recorded on a locked phone
    youth blob check (length(youth) = 16), -- the young person
    asked_by text, -- who asked
    identity_checked integer check (identity_checked in (0, 1)), -- whether their identity was checked
    deadline text, -- the day by which an answer is due: one month (art. 12 lid 3 AVG)
    exported integer check (exported in (0, 1)), -- whether the export was made
    exported_at integer, -- when the export was made (ms)
    redact_third_parties integer check (redact_third_parties in (0, 1)), -- whether other people were left out of it
    result text -- the result
) strict;
create index access_request_space on access_request (space);
create index access_request_youth on access_request (youth) where youth is not null;

-- Somebody says that something about them is wrong (*rectificatie*, art. 16 AVG).
create table rectification (
    key integer primary key, -- number of the row, from one sequence over all kinds
    id blob not null unique check (length(id) = 16), -- the record
    space integer not null references space (key), -- its space
    generation integer not null, -- in which reading of the space it was last seen
    eff integer, -- effective time of the values that effs does not name; null: the server does not have it yet
    effs text, -- the other effective times (JSON, 16 hexadecimal digits each)
    under text, -- values of the server beneath an own change that it has not decided on (JSON)
    extra text, -- values that no column gives back exactly (JSON)
    share blob check (length(share) = 16), -- its part in the digest of the space
    own_seq integer, -- number of the last own change to it; below 1: of an earlier identity of this device
    dropped integer not null default 0 check (dropped in (0, 1)), -- whether its content aged off this device
    created_at integer, -- when it was made (ms)
    created_by blob check (length(created_by) = 16), -- who made it
    deleted integer check (deleted in (0, 1)), -- whether it was deleted
    not_bsn integer check (not_bsn in (0, 1)), -- whether a number in it is no citizen service number
    recorded_locked integer check (recorded_locked in (0, 1)), -- whether it was recorded on a locked phone
    youth blob check (length(youth) = 16), -- the young person
    of text, -- the record (JSON)
    field text, -- the field
    claim text, -- what they say it should be
    result text, -- what was decided
    recipients_informed text -- who were told
) strict;
create index rectification_space on rectification (space);
create index rectification_youth on rectification (youth) where youth is not null;

-- The answer to "Zelfde moment?" about two contacts. Its identifier is computed from the two.
create table same_moment (
    key integer primary key, -- number of the row, from one sequence over all kinds
    id blob not null unique check (length(id) = 16), -- the record
    space integer not null references space (key), -- its space
    generation integer not null, -- in which reading of the space it was last seen
    eff integer, -- effective time of the values that effs does not name; null: the server does not have it yet
    effs text, -- the other effective times (JSON, 16 hexadecimal digits each)
    under text, -- values of the server beneath an own change that it has not decided on (JSON)
    extra text, -- values that no column gives back exactly (JSON)
    share blob check (length(share) = 16), -- its part in the digest of the space
    own_seq integer, -- number of the last own change to it; below 1: of an earlier identity of this device
    dropped integer not null default 0 check (dropped in (0, 1)), -- whether its content aged off this device
    created_at integer, -- when it was made (ms)
    created_by blob check (length(created_by) = 16), -- who made it
    deleted integer check (deleted in (0, 1)), -- whether it was deleted
    not_bsn integer check (not_bsn in (0, 1)), -- whether a number in it is no citizen service number
    recorded_locked integer check (recorded_locked in (0, 1)), -- whether it was recorded on a locked phone
    first blob check (length(first) = 16), -- the contact with the lesser identifier
    second blob check (length(second) = 16), -- the other
    same integer check (same in (0, 1)) -- whether they are the same moment
) strict;
create index same_moment_space on same_moment (space);
create index same_moment_first on same_moment (first) where first is not null;
create index same_moment_second on same_moment (second) where second is not null;

-- A value that lost without the winner's author having seen it, written by the server (*overschreven*).
create table overwritten (
    key integer primary key, -- number of the row, from one sequence over all kinds
    id blob not null unique check (length(id) = 16), -- the record
    space integer not null references space (key), -- its space
    generation integer not null, -- in which reading of the space it was last seen
    eff integer, -- effective time of the values that effs does not name; null: the server does not have it yet
    effs text, -- the other effective times (JSON, 16 hexadecimal digits each)
    under text, -- values of the server beneath an own change that it has not decided on (JSON)
    extra text, -- values that no column gives back exactly (JSON)
    share blob check (length(share) = 16), -- its part in the digest of the space
    own_seq integer, -- number of the last own change to it; below 1: of an earlier identity of this device
    dropped integer not null default 0 check (dropped in (0, 1)), -- whether its content aged off this device
    created_at integer, -- when it was made (ms)
    created_by blob check (length(created_by) = 16), -- who made it
    deleted integer check (deleted in (0, 1)), -- whether it was deleted
    not_bsn integer check (not_bsn in (0, 1)), -- whether a number in it is no citizen service number
    recorded_locked integer check (recorded_locked in (0, 1)), -- whether it was recorded on a locked phone
    of text, -- the record (JSON)
    field text, -- the field
    value text, -- the value that lost (JSON)
    author blob check (length(author) = 16), -- who wrote it
    written_at integer, -- when it counted (ms)
    winner blob check (length(winner) = 16), -- who wrote the value that won
    won_at integer -- when that counted (ms)
) strict;
create index overwritten_space on overwritten (space);
create index overwritten_of on overwritten (json_extract(of, '$.id'));

-- Records of kinds that this version does not know, as they came.
create table unread (
    record blob primary key check (length(record) = 16), -- the record
    collection text not null, -- its kind
    space integer not null references space (key), -- its space
    generation integer not null, -- in which reading of the space it was last seen
    eff integer not null, -- effective time of the values that effs does not name
    effs text, -- the other effective times (JSON, 16 hexadecimal digits each)
    fields text not null, -- its values (JSON)
    share blob not null check (length(share) = 16) -- its part in the digest of the space
) strict, without rowid;
create index unread_space on unread (space);
