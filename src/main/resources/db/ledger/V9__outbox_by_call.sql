-- Whose a parcel is, so that an operator who finds a dead letter can look its call up.
alter table outbox add column call_name varchar(128);
