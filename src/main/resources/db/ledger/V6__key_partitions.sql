-- On H2 a key that a call, or a function of one, is found by begins with the number of a partition, so that what is
-- written in a row stands on few pages of an index. Keys from before stay as they are. On PostgreSQL there are none.

create table key_partitions (
  number integer primary key,
  since bigint not null
);
