-- Webhooks of the Reapit door on the tables of 0003 (contract of the Reapit door, part 3; domain model, 2.11).

-- `organisation`: made by an application with a token of that customer. `application`: made by its developer in Portico's pages; the row
-- belongs to the developer's organisation and names its customers.
alter table webhook drop constraint webhook_target_kind_check;
alter table webhook add constraint webhook_target_kind_check check (target_kind in ('profile', 'user', 'organisation', 'application'));
-- idle: a hook of the sandbox that heard nothing for long. filter: a filter of its own took too long.
alter table webhook drop constraint webhook_disabled_reason_check;
alter table webhook add constraint webhook_disabled_reason_check
  check (disabled_reason in ('client', 'failures', 'access', 'idle', 'filter'));
-- of kind application: codes of the customers whose news it brings; none: of all that have installed the application
alter table webhook add column customers text[] not null default '{}';
-- of kind organisation: only rows of this group of offices, null: of all that the application may see
alter table webhook add column office_group_id bigint;
alter table webhook add foreign key (org_id, office_group_id) references office_group (org_id, id);
-- names of extra fields that are sent along
alter table webhook add column extras_fields text[] not null default '{}';
create index webhook_of_applications on webhook (client_id, id);

-- JSON Schemas that an event has to meet to be sent: all of those of its topic.
create sequence webhook_filter_id_seq;
create table webhook_filter (
  org_id bigint not null,
  id bigint not null default nextval('webhook_filter_id_seq'),
  uuid uuid not null default gen_random_uuid(),
  webhook_id bigint not null,
  topic text not null,
  schema text not null,
  version bigint not null default 1,
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now(),
  deleted_at timestamptz(3),
  created_by bigint,
  created_door text not null,
  primary key (org_id, id),
  unique (org_id, uuid),
  foreign key (org_id, webhook_id) references webhook (org_id, id) on delete cascade
);
create index webhook_filter_of on webhook_filter (org_id, webhook_id, id) where deleted_at is null;

-- One change may be news of several records under one topic: a contact's of all its applicants.
alter table webhook_delivery drop constraint webhook_delivery_org_id_webhook_id_event_id_topic_key;
create unique index webhook_delivery_once on webhook_delivery (org_id, webhook_id, event_id, topic, entity_id) nulls not distinct;
-- what the door calls the record
alter table webhook_delivery add column entity_code text;
-- whose news it is, where that may be another organisation than the webhook's
alter table webhook_delivery add column customer_id bigint;
-- sent only while the customer still has the application installed
alter table webhook_delivery add column needs_installation boolean not null default false;

-- One key at a time signs what an application's webhooks get.
create unique index signing_key_of_client on signing_key (client_id) where client_id is not null and retired_at is null;
