-- What Reapit Connect stands on: installations of applications by customers, authorizations, keys that are replaced, and what was
-- called (domain model, 2.1 and 2.10; contract of the Reapit door, part 2 and 1.17).

-- ---------------------------------------------------------------- customers' groups of offices
create sequence office_group_id_seq;
create table office_group (
  org_id bigint not null references organisation (id),
  id bigint not null default nextval('office_group_id_seq'),
  code text not null,
  name text not null,
  office_ids bigint[] not null default '{}',
  version bigint not null default 1,
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now(),
  deleted_at timestamptz(3),
  created_by bigint,
  created_door text not null,
  primary key (org_id, id)
);
create unique index office_group_code on office_group (org_id, code) where deleted_at is null;

-- ---------------------------------------------------------------- installations
-- A customer's administrator has let an application in, for the whole organisation or for one group of its offices. One row for each
-- time; the row that is not ended is the consent.
create sequence installation_id_seq;
create table installation (
  org_id bigint not null references organisation (id),
  id bigint not null default nextval('installation_id_seq'),
  client_id text not null references client_app (client_id),
  office_group_id bigint,
  scopes text[] not null,
  -- names of extra fields that the application may read
  extras_fields text[] not null default '{}',
  installed_at timestamptz(3) not null,
  uninstalled_at timestamptz(3),
  -- tokens issued before then stay dead, whatever is installed afterwards
  not_before timestamptz(3),
  version bigint not null default 1,
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now(),
  created_by bigint,
  created_door text not null,
  primary key (org_id, id),
  foreign key (org_id, office_group_id) references office_group (org_id, id)
);
create unique index installation_live on installation (org_id, client_id, office_group_id) nulls not distinct where uninstalled_at is null;
create index installation_client on installation (client_id, org_id) where uninstalled_at is null;

-- ---------------------------------------------------------------- authorizations
-- What an authorization hangs on: it ends with its installation; refreshing ends with the session of the browser that signed out.
alter table oauth_grant add column installation_id bigint;
alter table oauth_grant add column session_hash bytea;
alter table oauth_grant add column signed_out_at timestamptz(3);
create index oauth_grant_installation on oauth_grant (org_id, installation_id) where ended_at is null and installation_id is not null;
create index oauth_grant_session on oauth_grant (session_hash) where ended_at is null and session_hash is not null;

-- Access tokens of Connect are not stored, so one that is given back is noted until it would have run out anyway.
create table revoked_token (
  hash bytea primary key,
  expires_at timestamptz(3) not null
);
create index revoked_token_expired on revoked_token (expires_at);

-- ---------------------------------------------------------------- keys that sign tokens
-- A key is published from the start, signs once everybody had time to see it, and stays published (retired_at) until its last token ran out.
alter table signing_key add column signs_from timestamptz(3) not null default now();
update signing_key set signs_from = created_at;
-- whose webhooks it signs; null: it signs tokens
alter table signing_key add column client_id text references client_app (client_id);

-- ---------------------------------------------------------------- usage
create table usage_day (
  org_id bigint not null references organisation (id),
  client_id text not null references client_app (client_id),
  day date not null,
  resource text not null,
  calls bigint not null,
  primary key (org_id, client_id, day, resource)
);
create index usage_day_client on usage_day (client_id, day);
