-- Identity: applications, consents, tokens, sessions. Platform tables: they are read by client id or hash before the organisation is known
-- (domain model, rules 1.1.2 and 2.10). Whatever would let its finder in is stored as a SHA-256 hash, or sealed where it must be computed with.

create table client_app (
  client_id text primary key,
  door text not null check (door in ('dotloop', 'reapit', 'spark')),
  name text not null,
  -- the developer's organisation
  org_id bigint not null references organisation (id),
  redirect_uris text[] not null default '{}',
  sign_out_uris text[] not null default '{}',
  grants text[] not null default '{authorization_code,refresh_token}',
  scopes text[] not null default '{}',
  is_public boolean not null default false,
  require_pkce boolean not null default false,
  rotate_refresh boolean not null default false,
  version bigint not null default 1,
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now(),
  deleted_at timestamptz(3)
);
create index client_app_org on client_app (org_id, door);

create table client_secret (
  client_id text not null references client_app (client_id),
  hash bytea not null,
  created_at timestamptz(3) not null default now(),
  ended_at timestamptz(3),
  primary key (client_id, hash)
);

-- One row for each client and user, kept for ever: it is also the lock under which tokens of the pair are issued and ended.
create table consent (
  client_id text not null references client_app (client_id),
  org_id bigint not null,
  user_id bigint not null,
  scopes text[] not null,
  given_at timestamptz(3) not null,
  revoked_at timestamptz(3),
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now(),
  primary key (org_id, user_id, client_id),
  foreign key (org_id, user_id) references app_user (org_id, id)
);
create index consent_client on consent (client_id);

-- One authorization: the code and the tokens that came of it. Ending it ends them.
create table oauth_grant (
  id text primary key,
  client_id text not null references client_app (client_id),
  org_id bigint not null,
  user_id bigint not null,
  scopes text[] not null,
  created_at timestamptz(3) not null default now(),
  ended_at timestamptz(3)
);
create index oauth_grant_live on oauth_grant (org_id, user_id, client_id) where ended_at is null;
create index oauth_grant_ended on oauth_grant (ended_at) where ended_at is not null;

create table token (
  hash bytea primary key,
  kind text not null check (kind in ('code', 'access', 'refresh')),
  door text not null,
  client_id text not null references client_app (client_id),
  org_id bigint not null,
  user_id bigint not null,
  scopes text[] not null,
  grant_id text not null references oauth_grant (id),
  -- what the authorization core keeps beside: redirect URI, code challenge, times
  payload jsonb not null default '{}',
  created_at timestamptz(3) not null default now(),
  -- null: never
  expires_at timestamptz(3),
  -- codes: used; access and refresh: refreshed, replaced or revoked
  ended_at timestamptz(3)
);
-- contracts/dotloop.md 2.4: one valid access token per client and user
create unique index token_one_access on token (org_id, user_id, client_id)
  where kind = 'access' and door = 'dotloop' and ended_at is null;
create index token_grant on token (grant_id);
create index token_ended on token (ended_at) where ended_at is not null;
create index token_user on token (org_id, user_id, client_id, created_at) where kind = 'access';
create index token_expired on token (expires_at) where expires_at is not null;

create table web_session (
  hash bytea primary key,
  org_id bigint not null,
  user_id bigint not null,
  created_at timestamptz(3) not null,
  last_used_at timestamptz(3) not null,
  expires_at timestamptz(3) not null,
  ended_at timestamptz(3),
  foreign key (org_id, user_id) references app_user (org_id, id)
);
create index web_session_user on web_session (org_id, user_id) where ended_at is null;
create index web_session_expired on web_session (expires_at);

-- Failures of signing in, by the hash of what was tried: an address without a login is slowed down like one that has one.
create table sign_in_attempt (
  key bytea primary key,
  failures int not null,
  last_at timestamptz(3) not null,
  blocked_until timestamptz(3)
);
create index sign_in_attempt_last on sign_in_attempt (last_at);

-- Private keys that sign tokens, sealed under a key from PORTICO_SECRET.
create table signing_key (
  id text primary key,
  sealed text not null,
  created_at timestamptz(3) not null default now(),
  retired_at timestamptz(3)
);
