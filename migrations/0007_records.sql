-- What declared nouns stand on, and what Reapit's door reads of contacts and staff.

-- Text filters look for words anywhere in a text (domain model, 1.3.4).
create extension if not exists pg_trgm;

-- Functions for generated columns: the same expression in every table that has it, and no writer can forget it.
-- Tokens `<org_id>:<kind>:<value>` for one GIN index a table (domain model, 1.3.3).
create function facet_ids(org_id bigint, kind text, ids bigint[]) returns text[] immutable parallel safe language sql as $$
  select coalesce(array_agg(org_id::text || ':' || kind || ':' || id::text), '{}') from unnest(ids) as id
$$;
create function facet_words(org_id bigint, kind text, words text[]) returns text[] immutable parallel safe language sql as $$
  select coalesce(array_agg(org_id::text || ':' || kind || ':' || lower(word)), '{}') from unnest(words) as word
$$;
-- Phones by their digits, addresses for mail in lower case.
create function facet_points(org_id bigint, email text, points jsonb) returns text[] immutable parallel safe language sql as $$
  select coalesce(array_agg(org_id::text || ':point:' || value), '{}')
  from (select lower(email) as value where email <> ''
        union
        select case p ->> 'via' when 'phone' then regexp_replace(p ->> 'value', '\D', '', 'g') else lower(p ->> 'value') end
        from jsonb_array_elements(points) as p) found
  where value <> ''
$$;
-- Building name to postcode, joined by single blanks.
create function address_text(address jsonb) returns text immutable parallel safe language sql as $$
  select lower(btrim(regexp_replace(concat_ws(' ', coalesce(nullif(address ->> 'building_name', ''), address ->> 'unit_number'),
    address ->> 'street_number', address ->> 'street_name', address ->> 'address_line2', address ->> 'city',
    address ->> 'county', address ->> 'state_or_province', address ->> 'postal_code'), '\s+', ' ', 'g')))
$$;

-- ---------------------------------------------------------------- departments, sources
create sequence department_id_seq;
create table department (
  org_id bigint not null references organisation (id),
  id bigint not null default nextval('department_id_seq'),
  code text not null,
  name text not null,
  -- they gate the members of properties of that name (domain model, 2.3)
  has_bedrooms boolean not null default true,
  has_bathrooms boolean not null default true,
  has_reception_rooms boolean not null default true,
  has_parking_spaces boolean not null default true,
  has_floor_level boolean not null default true,
  has_internal_floors boolean not null default true,
  has_total_floors boolean not null default true,
  options jsonb not null default '{}',
  extras jsonb not null default '{}',
  version bigint not null default 1,
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now(),
  deleted_at timestamptz(3),
  created_by bigint,
  created_door text not null,
  primary key (org_id, id),
  unique (org_id, code)
);

create sequence source_id_seq;
create table source (
  org_id bigint not null references organisation (id),
  id bigint not null default nextval('source_id_seq'),
  code text not null,
  name text not null,
  type text not null default 'source' check (type in ('source', 'advertisement')),
  office_ids bigint[] not null default '{}',
  department_ids bigint[] not null default '{}',
  extras jsonb not null default '{}',
  version bigint not null default 1,
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now(),
  deleted_at timestamptz(3),
  created_by bigint,
  created_door text not null,
  primary key (org_id, id),
  unique (org_id, code)
);

-- ---------------------------------------------------------------- offices, members
alter table office add column address_text text not null generated always as (address_text(address)) stored;
create index office_created on office (org_id, created_at, id) where deleted_at is null;
create index office_updated on office (org_id, updated_at, id) where deleted_at is null;
create index office_address on office (org_id, (left(address_text, 200)), id) where deleted_at is null;
create index member_created on member (org_id, created_at, id) where deleted_at is null;
create index member_updated on member (org_id, updated_at, id) where deleted_at is null;
create index member_all_names on member (org_id, name_key, id) where deleted_at is null;

-- ---------------------------------------------------------------- contacts
-- What Reapit shows, filters and sorts by as surname, so that no client prints "null" (domain model, 1.4.3).
alter table contact add column surname text not null generated always as (
  coalesce(nullif(last_name, ''), case when first_name <> '' then '' end, nullif(company_name, ''), nullif(email, ''), '')) stored;
alter table contact add column surname_key text collate "C" not null generated always as (left(lower(
  coalesce(nullif(last_name, ''), case when first_name <> '' then '' end, nullif(company_name, ''), nullif(email, ''), '')), 200)) stored;
alter table contact add column name_text text not null generated always as (lower(btrim(
  coalesce(nullif(title, '') || ' ', '') || coalesce(nullif(first_name, '') || ' ', '') ||
  coalesce(nullif(last_name, ''), case when first_name <> '' then '' end, nullif(company_name, ''), nullif(email, ''), '')))) stored;
alter table contact add column initials text not null generated always as (lower(regexp_replace(
  coalesce(first_name, '') || ' ' || coalesce(last_name, ''), '\s*(\S)\S*\s*', '\1', 'g'))) stored;
alter table contact add column address_text text not null generated always as (address_text(primary_address)) stored;
alter table contact add column address_sort text collate "C" generated always as (nullif(left(address_text(primary_address), 200), '')) stored;
alter table contact add column facets text[] not null generated always as (
  facet_ids(org_id, 'office', office_ids) || facet_ids(org_id, 'member', member_ids) || facet_points(org_id, email, contact_points)) stored;
create index contact_created on contact (org_id, created_at, id) where deleted_at is null;
create index contact_surname on contact (org_id, surname_key, first_name, id) where deleted_at is null;
create index contact_address on contact (org_id, address_sort, id) where deleted_at is null;
create index contact_facets on contact using gin (facets) where deleted_at is null;
create index contact_name_words on contact using gin (name_text gin_trgm_ops) where deleted_at is null;
create index contact_address_words on contact using gin (address_text gin_trgm_ops) where deleted_at is null;
create index contact_identity on contact (org_id, identity_status, id) where deleted_at is null;
create index contact_consent on contact (org_id, marketing_consent, created_at, id) where deleted_at is null;
create index contact_archived on contact (org_id, archived_at, id) where deleted_at is null;
create index contact_active on contact (org_id, active, id) where deleted_at is null;

create sequence contact_subscription_id_seq;
create table contact_subscription (
  org_id bigint not null,
  id bigint not null default nextval('contact_subscription_id_seq'),
  contact_id bigint not null,
  code text not null,
  -- what it is called among those of one contact: M006
  subscription_code text not null,
  name text not null,
  type text not null,
  group_name text,
  status text not null default 'subscribed' check (status in ('subscribed', 'unsubscribed')),
  subscribed_on timestamptz(3),
  unsubscribed_on timestamptz(3),
  extras jsonb not null default '{}',
  version bigint not null default 1,
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now(),
  deleted_at timestamptz(3),
  created_by bigint,
  created_door text not null,
  primary key (org_id, id),
  unique (org_id, code),
  unique (org_id, contact_id, subscription_code),
  foreign key (org_id, contact_id) references contact (org_id, id)
);

-- ---------------------------------------------------------------- limits that several instances share
-- What one application called of late, for the door that counts in a sliding second, in flight and by the day. Unlogged like rate_window: a
-- crash may forget it.
create unlogged table call_gate (
  application text primary key,
  state jsonb not null,
  updated_at timestamptz not null
);
