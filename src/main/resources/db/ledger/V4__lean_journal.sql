-- Every call is written while others wait for the same processor, so little is written, in few rows and few indexes.

-- A call's course stands in its row: a line for each step.
alter table phone_calls add column noted_at bigint not null default 0;
alter table phone_calls add column course varchar(8000) not null default '';
update phone_calls set noted_at = changed_at, course = coalesce((
  select string_agg(happened_at * 1048576 + mod(id, 1048576) || '	' || name || '	' || duration_ms || '	' || replace(facts, '
', '	') || '
', '' order by happened_at, id)
  from steps where steps.call_key = phone_calls.call_key), '');
drop table steps;
create index phone_calls_by_note on phone_calls (noted_at);

-- Live calls are found by when they began.
drop index phone_calls_by_stage;

-- The calls of a customer are found in phone_calls.
drop index calls_by_caller;
alter table calls drop column from_hash;
alter table calls drop column to_hash;
