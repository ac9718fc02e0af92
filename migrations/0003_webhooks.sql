-- Webhooks of every door: who wants to hear of what, what was sent, and how far the log of events has been read (domain model, 2.11).

create sequence webhook_id_seq;
create table webhook (
  org_id bigint not null references organisation (id),
  id bigint not null default nextval('webhook_id_seq'),
  uuid uuid not null default gen_random_uuid(),
  door text not null,
  client_id text not null,
  -- What is sent is what this user may see; whoever turns the webhook on again takes it over. Null where a client acts for itself.
  user_id bigint,
  target_kind text not null check (target_kind in ('profile', 'user', 'organisation')),
  target_id bigint,
  url text not null,
  topics text[] not null,
  enabled boolean not null default true,
  disabled_reason text check (disabled_reason in ('client', 'failures', 'access')),
  -- deliveries in a row that used up their retries
  failed_in_row int not null default 0,
  -- Sealed: it has to sign and to be shown again, so a hash would not do.
  secret text,
  external_id text,
  description text,
  ignore_etag_only boolean not null default false,
  -- pg_snapshot of the moment it was turned on: events of transactions visible in it came before and are not for it.
  -- Kept as text, since few clients know the type.
  since text not null default pg_current_snapshot()::text,
  -- The transaction that turned it off or removed it; null while it is live. The feeder has to read that far for the last message.
  ended xid8,
  version bigint not null default 1,
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now(),
  deleted_at timestamptz(3),
  created_by bigint,
  created_door text not null,
  primary key (org_id, id),
  unique (org_id, uuid),
  foreign key (org_id, user_id) references app_user (org_id, id)
);
create index webhook_client on webhook (org_id, door, client_id, id) where deleted_at is null;
create index webhook_target on webhook (org_id, target_kind, target_id) where ended is null;
-- The feeder asks every second whether anybody listens.
create index webhook_live on webhook (id) where ended is null;
create index webhook_ended on webhook (ended) where ended is not null;

create sequence webhook_delivery_id_seq;
create table webhook_delivery (
  org_id bigint not null,
  id bigint not null default nextval('webhook_delivery_id_seq'),
  -- the event's id on the wire, the same on every retry
  uuid uuid not null default gen_random_uuid(),
  webhook_id bigint not null,
  event_id bigint not null,
  topic text not null,
  entity_id bigint,
  -- a message to the webhook about itself: sent although it is off or removed
  is_system boolean not null default false,
  -- the bytes as sent: a signature is over them
  body text not null,
  -- pending until it succeeds, its retries are used up (failed), or the webhook is turned off before that (cancelled)
  status text not null default 'pending' check (status in ('pending', 'success', 'failed', 'cancelled')),
  attempts int not null default 0,
  next_at timestamptz(3),
  -- one an attempt: {at, status} or {at, error}
  responses jsonb not null default '[]',
  -- when the thing happened
  happened_at timestamptz(3) not null,
  created_at timestamptz(3) not null default now(),
  primary key (org_id, id),
  unique (org_id, uuid),
  unique (org_id, webhook_id, event_id, topic),
  foreign key (org_id, webhook_id) references webhook (org_id, id)
) with (fillfactor = 85);
create index webhook_delivery_log on webhook_delivery (org_id, webhook_id, id) where attempts > 0;
create index webhook_delivery_due on webhook_delivery (next_at) where status = 'pending';
create index webhook_delivery_age on webhook_delivery (created_at);

-- How far a reader of the log of events has come, in (txid, id) order. Its row is the lock of the one who reads.
create table feed_cursor (
  name text primary key,
  txid xid8 not null,
  event_id bigint not null,
  updated_at timestamptz(3) not null default now()
);
insert into feed_cursor (name, txid, event_id) values ('webhooks', pg_current_xact_id(), 0);
