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
select started_at * 1048576 + mod(row_number() over (order by started_at, call_key), 1048576),
  ${call_sid_key}, ${call_id_key}, cast(substring(from_hash from 1 for 32) as uuid),
  call_key, call_id, agent_id, outbound, null, from_masked, null, to_masked,
  stage, reason, changed_at, ended_at, noted_at, course
from phone_calls_before;
drop table phone_calls_before;

create unique index phone_calls_by_sid on phone_calls (call_sid_key);
create index phone_calls_by_call_id on phone_calls (call_id_key);
create index phone_calls_by_customer on phone_calls (customer_key);
${index_by_note}

-- The table calls keeps what Retell's events tell, and former agents' parts of a call.

update invocations set id = happened_at * 1048576 + mod(id, 1048576);
alter table invocations add column call_id_key uuid;
update invocations set call_id_key = ${call_id_key} where call_id is not null;
drop index invocations_by_call;
drop index invocations_by_time;
alter table invocations drop column happened_at;
create index invocations_by_call on invocations (call_id_key);
