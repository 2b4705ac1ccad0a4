-- What is due is looked for kind by kind: a vendor that is down must not stand before the others' parcels.

drop index outbox_by_due;
create index outbox_by_due on outbox (state, kind, next_attempt_at);
