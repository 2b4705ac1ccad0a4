-- What a call costs is what its rows and indexes cost, so a call is one row with three short indexes. An id begins with
-- its time, so rows stand in the order in which they began and need no index by time. A *_key is what a name is
-- found by: 128 bits of its digest, or of a number's keyed hash.

alter table phone_calls rename to phone_calls_before;
drop index phone_calls_by_start;
drop index phone_calls_by_caller;
drop index phone_calls_by_note;

create table phone_calls (
  id bigint primary key,
  call_sid_key uuid not null,
  call_id_key uuid,
  customer_key uuid,
  call_sid varchar(34) not null,
  call_id varchar(128),
  agent_id varchar(128),
  outbound boolean not null,
  from_number bytea,
  from_masked varchar(16) not null,
  to_number bytea,
  to_masked varchar(16) not null,
  stage varchar(12) not null,
  reason varchar(200) not null,
  changed_at bigint not null,
  ended_at bigint,
  noted_at bigint not null,
  course varchar(8000) not null
);

insert into phone_calls
select started_at * 1048576 + mod(${row_number}, 1048576),
  ${call_sid_key}, case when call_id is null then null else ${call_id_key} end,
  cast(substring(from_hash from 1 for 32) as uuid),
  call_key, call_id, agent_id, outbound, null, from_masked, null, to_masked,
  stage, reason, changed_at, ended_at, noted_at, course
from phone_calls_before;
drop table phone_calls_before;

create unique index phone_calls_by_sid on phone_calls (call_sid_key);
create index phone_calls_by_call_id on phone_calls (call_id_key);
create index phone_calls_by_customer on phone_calls (customer_key);
${index_by_note}

-- The table calls keeps what Retell's events tell, and former agents' parts of a call.

alter table invocations rename to invocations_before;
drop index invocations_by_call;
drop index invocations_by_time;

create table invocations (
  id bigint primary key,
  invocation_key varchar(64) not null,
  name varchar(200) not null,
  call_id varchar(128),
  call_id_key uuid,
  outcome varchar(20) not null,
  duration_ms bigint not null,
  arguments bytea,
  answer bytea,
  answer_size integer not null
);

insert into invocations
select happened_at * 1048576 + mod(id, 1048576), invocation_key, name,
  call_id, case when call_id is null then null else ${call_id_key} end,
  outcome, duration_ms, arguments, answer, answer_size
from invocations_before;
drop table invocations_before;

create index invocations_by_call on invocations (call_id_key);
