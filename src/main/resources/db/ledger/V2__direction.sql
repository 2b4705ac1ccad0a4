-- Who the customer of a call is depends on who placed it.
alter table calls add column outbound boolean not null default false;
