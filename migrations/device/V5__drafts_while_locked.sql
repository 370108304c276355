-- Which drafts were begun, or last touched, without unlocking: whoever reads them again did not see them on an open screen.
alter table draft add column while_locked integer not null default 0 check (while_locked in (0, 1)); -- 0 or 1
