-- The outbox is counted, and its dead letters are found, without a look at what they hold: that may be gigabytes.
create index outbox_by_age on outbox (state, accepted_at, seq);
