-- Selling and letting a home: what properties have around them, who wants to buy or rent, who offers what, and who stands where (domain
-- model, property 3.1 to 3.7, 4.4, 5.1, 5.2). Foreign keys to landlords, tenancies and companies come with those tables.

-- The words of a list, for text filters.
create function joined_text(words text[]) returns text immutable parallel safe language sql as $$
  select lower(coalesce(string_agg(word, ' ' order by place), '')) from unnest(words) with ordinality as w(word, place)
$$;

-- ---------------------------------------------------------------- areas
create sequence area_id_seq;
create table area (
  org_id bigint not null references organisation (id),
  id bigint not null default nextval('area_id_seq'),
  code text not null,
  name text not null,
  active boolean not null default true,
  type text not null check (type in ('postcodes', 'polygon', 'group')),
  -- postcodes, corners, or the codes of the areas in it
  area text[] not null default '{}',
  department_ids bigint[] not null default '{}',
  office_ids bigint[] not null default '{}',
  parent_ids bigint[] not null default '{}',
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

-- ---------------------------------------------------------------- property: what Reapit's door filters and sorts by
alter table property
  -- departments say whether properties have them (domain model, property 3.2)
  add column receptions int,
  add column floor_level int,
  add column internal_floors int,
  add column total_floors int,
  -- sorted by as they are shown; codes never change, so they stand beside the ids
  add column list_member_code text collate "C",
  add column list_office_code text collate "C",
  alter column address_sort type text collate "C",
  drop column facets;
alter table property add column facets text[] not null generated always as (
  facet_ids(org_id, 'office', office_ids) || facet_words(org_id, 'type', types) || facet_words(org_id, 'style', styles) ||
  facet_words(org_id, 'situation', situations) || facet_words(org_id, 'parking', parking) || facet_words(org_id, 'age', ages) ||
  facet_words(org_id, 'locality', localities) || facet_words(org_id, 'market', markets) || facet_words(org_id, 'flag', flags) ||
  case when agent_role is null then '{}' else facet_words(org_id, 'agent_role', array[agent_role]) end) stored;
alter table property add foreign key (org_id, area_id) references area (org_id, id);
alter table property add foreign key (org_id, department_id) references department (org_id, id);

update property p set list_member_code = m.code from member m where m.org_id = p.org_id and m.id = p.list_member_id;
update property p set list_office_code = o.code from office o where o.org_id = p.org_id and o.id = p.list_office_id;

create index property_created on property (org_id, created_at, id) where deleted_at is null;
create index property_updated on property (org_id, updated_at, id) where deleted_at is null;
create index property_address on property (org_id, address_sort, id) where deleted_at is null;
create index property_address_words on property using gin (address_text gin_trgm_ops) where deleted_at is null;
create index property_facets on property using gin (facets) where deleted_at is null;
-- Values that repeat are sorted downwards by an index of their own, since ids go upwards all the same.
create index property_bedrooms_down on property (org_id, bedrooms desc, id) where deleted_at is null;
create index property_member_code on property (org_id, list_member_code, id) where deleted_at is null;
create index property_member_code_down on property (org_id, list_member_code desc, id) where deleted_at is null;
create index property_office_code on property (org_id, list_office_code, id) where deleted_at is null;
create index property_office_code_down on property (org_id, list_office_code desc, id) where deleted_at is null;
create index property_sale_price on property (org_id, sale_price, id) where deleted_at is null;
create index property_rent on property (org_id, rent_monthly, id) where deleted_at is null;
create index property_sale_status on property (org_id, sale_status, id) where deleted_at is null;
create index property_let_status on property (org_id, let_status, id) where deleted_at is null;
create index property_area_id on property (org_id, area_id, id) where deleted_at is null and area_id is not null;
create index property_landlord on property (org_id, landlord_id, id) where deleted_at is null and landlord_id is not null;
create index property_master on property (org_id, master_id, id) where deleted_at is null and master_id is not null;
create index property_development on property (org_id, development_id, id) where deleted_at is null and development_id is not null;
create index property_department on property (org_id, department_id, id) where deleted_at is null;
create index property_same_place on property (org_id, place_key, id) where deleted_at is null;

-- ---------------------------------------------------------------- vendors
-- Who sells: one for each property with a selling side, under the same code, made with that side through whichever door.
create table vendor (
  org_id bigint not null references organisation (id),
  -- the same as the property's
  id bigint not null,
  code text not null,
  property_id bigint not null,
  type_code text,
  selling_reason_code text,
  solicitor_id bigint,
  source_id bigint,
  source_office_id bigint,
  last_call date,
  next_call date,
  extras jsonb not null default '{}',
  version bigint not null default 1,
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now(),
  deleted_at timestamptz(3),
  created_by bigint,
  created_door text not null,
  primary key (org_id, id),
  unique (org_id, code),
  unique (org_id, property_id),
  foreign key (org_id, property_id) references property (org_id, id),
  foreign key (org_id, source_id) references source (org_id, id),
  foreign key (org_id, source_office_id) references office (org_id, id)
);
create index vendor_created on vendor (org_id, created_at, id) where deleted_at is null;
create index vendor_updated on vendor (org_id, updated_at, id) where deleted_at is null;
create index vendor_last_call on vendor (org_id, last_call, id) where deleted_at is null;
create index vendor_next_call on vendor (org_id, next_call, id) where deleted_at is null;
insert into vendor (org_id, id, code, property_id, created_at, updated_at, created_by, created_door)
  select org_id, id, code, id, created_at, created_at, created_by, created_door from property
  where deleted_at is null and marketing_mode <> 'letting' and is_external is not true order by org_id, id;

-- ---------------------------------------------------------------- applicants
create sequence applicant_id_seq;
create table applicant (
  org_id bigint not null references organisation (id),
  id bigint not null default nextval('applicant_id_seq'),
  code text not null,
  marketing_mode text not null check (marketing_mode in ('buying', 'renting')),
  currency text,
  active boolean not null default true,
  department_id bigint,
  office_ids bigint[] not null default '{}',
  member_ids bigint[] not null default '{}',
  solicitor_id bigint,
  source_id bigint,
  source_office_id bigint,
  status_code text,
  -- what is looked for
  types text[] not null default '{}', styles text[] not null default '{}', situations text[] not null default '{}',
  parking text[] not null default '{}', ages text[] not null default '{}', localities text[] not null default '{}',
  markets text[] not null default '{}', special_features text[] not null default '{}', furnishing text[] not null default '{}',
  bedrooms_min int, bedrooms_max int,
  price_from numeric, price_to numeric,
  rent_from numeric, rent_to numeric,
  rent_frequency text check (rent_frequency in ('weekly', 'fourWeekly', 'monthly', 'annually')),
  rent_from_monthly numeric generated always as (round(rent_from * case rent_frequency when 'weekly' then 52.0 / 12
    when 'fourWeekly' then 13.0 / 12 when 'annually' then 1.0 / 12 else 1 end, 2)) stored,
  rent_to_monthly numeric generated always as (round(rent_to * case rent_frequency when 'weekly' then 52.0 / 12
    when 'fourWeekly' then 13.0 / 12 when 'annually' then 1.0 / 12 else 1 end, 2)) stored,
  location_type text,
  -- codes of areas, or texts of addresses
  location_options text[] not null default '{}',
  location_text text not null generated always as (joined_text(location_options)) stored,
  -- the same question in the form that searches have (domain model, property 7.1)
  criteria jsonb not null default '{}',
  last_call date,
  next_call date,
  archived_at timestamptz(3),
  facets text[] not null generated always as (
    facet_ids(org_id, 'office', office_ids) || facet_ids(org_id, 'member', member_ids) || facet_words(org_id, 'type', types) ||
    facet_words(org_id, 'style', styles) || facet_words(org_id, 'situation', situations) || facet_words(org_id, 'parking', parking) ||
    facet_words(org_id, 'age', ages) || facet_words(org_id, 'locality', localities) || facet_words(org_id, 'market', markets) ||
    facet_words(org_id, 'furnishing', furnishing)) stored,
  extras jsonb not null default '{}',
  version bigint not null default 1,
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now(),
  deleted_at timestamptz(3),
  created_by bigint,
  created_door text not null,
  primary key (org_id, id),
  unique (org_id, code),
  foreign key (org_id, department_id) references department (org_id, id),
  foreign key (org_id, source_id) references source (org_id, id),
  foreign key (org_id, source_office_id) references office (org_id, id)
);
create index applicant_created on applicant (org_id, created_at, id) where deleted_at is null;
create index applicant_updated on applicant (org_id, updated_at, id) where deleted_at is null;
create index applicant_last_call on applicant (org_id, last_call, id) where deleted_at is null;
create index applicant_next_call on applicant (org_id, next_call, id) where deleted_at is null;
create index applicant_mode on applicant (org_id, marketing_mode, id) where deleted_at is null;
create index applicant_active on applicant (org_id, active, id) where deleted_at is null;
create index applicant_archived on applicant (org_id, archived_at, id) where deleted_at is null;
create index applicant_department on applicant (org_id, department_id, id) where deleted_at is null;
create index applicant_price_from on applicant (org_id, price_from, id) where deleted_at is null;
create index applicant_price_to on applicant (org_id, price_to, id) where deleted_at is null;
create index applicant_rent_from on applicant (org_id, rent_from_monthly, id) where deleted_at is null;
create index applicant_rent_to on applicant (org_id, rent_to_monthly, id) where deleted_at is null;
create index applicant_bedrooms_min on applicant (org_id, bedrooms_min, id) where deleted_at is null;
create index applicant_bedrooms_max on applicant (org_id, bedrooms_max, id) where deleted_at is null;
create index applicant_solicitor on applicant (org_id, solicitor_id, id) where deleted_at is null and solicitor_id is not null;
create index applicant_facets on applicant using gin (facets) where deleted_at is null;
create index applicant_location_words on applicant using gin (location_text gin_trgm_ops) where deleted_at is null;

-- ---------------------------------------------------------------- offers, their progression
create sequence offer_id_seq;
create table offer (
  org_id bigint not null references organisation (id),
  id bigint not null default nextval('offer_id_seq'),
  code text not null,
  applicant_id bigint not null,
  property_id bigint not null,
  -- sorted by as they are shown
  applicant_code text collate "C" not null,
  property_code text collate "C" not null,
  member_id bigint,
  offered_on date not null,
  amount numeric not null,
  status text not null check (status in ('pending', 'withdrawn', 'rejected', 'accepted', 'noteOfInterest')),
  -- the deal that holds its paper
  deal_id bigint,
  extras jsonb not null default '{}',
  version bigint not null default 1,
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now(),
  deleted_at timestamptz(3),
  created_by bigint,
  created_door text not null,
  primary key (org_id, id),
  unique (org_id, code),
  foreign key (org_id, applicant_id) references applicant (org_id, id),
  foreign key (org_id, property_id) references property (org_id, id),
  foreign key (org_id, member_id) references member (org_id, id),
  foreign key (org_id, deal_id) references deal (org_id, id)
);
create index offer_created on offer (org_id, created_at, id) where deleted_at is null;
create index offer_updated on offer (org_id, updated_at, id) where deleted_at is null;
create index offer_applicant on offer (org_id, applicant_id, id) where deleted_at is null;
create index offer_property on offer (org_id, property_id, id) where deleted_at is null;
create index offer_applicant_code on offer (org_id, applicant_code, id) where deleted_at is null;
create index offer_applicant_code_down on offer (org_id, applicant_code desc, id) where deleted_at is null;
create index offer_property_code on offer (org_id, property_code, id) where deleted_at is null;
create index offer_property_code_down on offer (org_id, property_code desc, id) where deleted_at is null;
create index offer_status on offer (org_id, status, id) where deleted_at is null;
create index offer_status_down on offer (org_id, status desc, id) where deleted_at is null;
create index offer_amount on offer (org_id, amount, id) where deleted_at is null;
create index offer_offered_on on offer (org_id, offered_on, id) where deleted_at is null;
create index offer_deal on offer (org_id, deal_id) where deleted_at is null and deal_id is not null;

-- Under the code of its offer; a link of a chain that lies outside of the firm has no offer and a code of its own.
create sequence conveyancing_id_seq;
create table conveyancing (
  org_id bigint not null references organisation (id),
  id bigint not null default nextval('conveyancing_id_seq'),
  code text not null,
  offer_id bigint,
  property_id bigint,
  buyer_id bigint,
  vendor_id bigint,
  vendor_solicitor_id bigint,
  buyer_solicitor_id bigint,
  -- the sale above needs this one's buyer to have sold, and so on
  upward_id bigint,
  downward_id bigint,
  extras jsonb not null default '{}',
  version bigint not null default 1,
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now(),
  deleted_at timestamptz(3),
  created_by bigint,
  created_door text not null,
  primary key (org_id, id),
  unique (org_id, code),
  unique (org_id, offer_id),
  unique (org_id, upward_id),
  unique (org_id, downward_id),
  foreign key (org_id, offer_id) references offer (org_id, id),
  foreign key (org_id, property_id) references property (org_id, id),
  foreign key (org_id, buyer_id) references applicant (org_id, id),
  foreign key (org_id, vendor_id) references vendor (org_id, id),
  foreign key (org_id, upward_id) references conveyancing (org_id, id),
  foreign key (org_id, downward_id) references conveyancing (org_id, id)
);
create index conveyancing_created on conveyancing (org_id, created_at, id) where deleted_at is null;
create index conveyancing_updated on conveyancing (org_id, updated_at, id) where deleted_at is null;
create index conveyancing_property on conveyancing (org_id, property_id, id) where deleted_at is null;
create index conveyancing_buyer on conveyancing (org_id, buyer_id, id) where deleted_at is null;

-- ---------------------------------------------------------------- parties
-- A contact or company in a role: exactly one of each kind of id.
create sequence party_id_seq;
create table party (
  org_id bigint not null references organisation (id),
  id bigint not null default nextval('party_id_seq'),
  code text not null,
  applicant_id bigint,
  landlord_id bigint,
  vendor_id bigint,
  tenancy_id bigint,
  offer_id bigint,
  associated_kind text not null check (associated_kind in ('contact', 'company')),
  associated_id bigint not null,
  contact_id bigint generated always as (case when associated_kind = 'contact' then associated_id end) stored,
  company_id bigint generated always as (case when associated_kind = 'company' then associated_id end) stored,
  is_main boolean not null default false,
  position int not null default 0,
  occupy_on date,
  vacate_on date,
  archived_at timestamptz(3),
  extras jsonb not null default '{}',
  version bigint not null default 1,
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now(),
  deleted_at timestamptz(3),
  created_by bigint,
  created_door text not null,
  primary key (org_id, id),
  unique (org_id, code),
  check (num_nonnulls(applicant_id, landlord_id, vendor_id, tenancy_id, offer_id) = 1),
  foreign key (org_id, applicant_id) references applicant (org_id, id),
  foreign key (org_id, vendor_id) references vendor (org_id, id),
  foreign key (org_id, offer_id) references offer (org_id, id),
  foreign key (org_id, contact_id) references contact (org_id, id)
);
-- One in a role once; archived ones may come back.
create unique index party_applicant on party (org_id, applicant_id, associated_kind, associated_id)
  where deleted_at is null and archived_at is null and applicant_id is not null;
create unique index party_landlord on party (org_id, landlord_id, associated_kind, associated_id)
  where deleted_at is null and archived_at is null and landlord_id is not null;
create unique index party_vendor on party (org_id, vendor_id, associated_kind, associated_id)
  where deleted_at is null and archived_at is null and vendor_id is not null;
create unique index party_tenancy on party (org_id, tenancy_id, associated_kind, associated_id)
  where deleted_at is null and archived_at is null and tenancy_id is not null and vacate_on is null;
create unique index party_offer on party (org_id, offer_id, associated_kind, associated_id)
  where deleted_at is null and archived_at is null and offer_id is not null;
create index party_contact on party (org_id, contact_id, id) where deleted_at is null and contact_id is not null;
create index party_company on party (org_id, company_id, id) where deleted_at is null and company_id is not null;

-- ---------------------------------------------------------------- keys
create sequence key_set_id_seq;
create table key_set (
  org_id bigint not null references organisation (id),
  id bigint not null default nextval('key_set_id_seq'),
  code text not null,
  property_id bigint not null,
  office_id bigint,
  number text,
  type_code text,
  status text not null default 'checkedIn' check (status in ('checkedIn', 'checkedOut', 'noLongerHeld')),
  extras jsonb not null default '{}',
  version bigint not null default 1,
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now(),
  deleted_at timestamptz(3),
  created_by bigint,
  created_door text not null,
  primary key (org_id, id),
  unique (org_id, code),
  foreign key (org_id, property_id) references property (org_id, id),
  foreign key (org_id, office_id) references office (org_id, id)
);
create index key_set_property on key_set (org_id, property_id, id) where deleted_at is null;
create unique index key_set_number on key_set (org_id, office_id, lower(number)) where deleted_at is null and status <> 'noLongerHeld';

create sequence key_movement_id_seq;
create table key_movement (
  org_id bigint not null references organisation (id),
  id bigint not null default nextval('key_movement_id_seq'),
  code text not null,
  key_set_id bigint not null,
  -- who has them
  out_kind text check (out_kind in ('contact', 'negotiator')),
  out_id bigint,
  out_at timestamptz(3) not null,
  -- who gave them out, who took them back
  out_member_id bigint,
  in_at timestamptz(3),
  in_member_id bigint,
  check_in_required boolean not null default true,
  extras jsonb not null default '{}',
  version bigint not null default 1,
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now(),
  deleted_at timestamptz(3),
  created_by bigint,
  created_door text not null,
  primary key (org_id, id),
  unique (org_id, code),
  foreign key (org_id, key_set_id) references key_set (org_id, id),
  foreign key (org_id, out_member_id) references member (org_id, id),
  foreign key (org_id, in_member_id) references member (org_id, id)
);
create index key_movement_set on key_movement (org_id, key_set_id, id) where deleted_at is null;

-- ---------------------------------------------------------------- certificates and other parts of a property
create sequence certificate_id_seq;
create table certificate (
  org_id bigint not null references organisation (id),
  id bigint not null default nextval('certificate_id_seq'),
  code text not null,
  property_id bigint,
  -- of a whole estate, or a block of it, that are known by their codes alone
  estate_code text,
  block_code text,
  category text,
  type_code text,
  starts_on date,
  expires_on date,
  company_id bigint,
  status_code text,
  extras jsonb not null default '{}',
  version bigint not null default 1,
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now(),
  deleted_at timestamptz(3),
  created_by bigint,
  created_door text not null,
  primary key (org_id, id),
  unique (org_id, code),
  foreign key (org_id, property_id) references property (org_id, id)
);
create index certificate_property on certificate (org_id, property_id, category, id) where deleted_at is null;
create index certificate_expires on certificate (org_id, expires_on, id) where deleted_at is null;
create index certificate_category on certificate (org_id, category, id) where deleted_at is null;
create index certificate_type on certificate (org_id, lower(type_code), id) where deleted_at is null;
create index certificate_created on certificate (org_id, created_at, id) where deleted_at is null;
create index certificate_updated on certificate (org_id, updated_at, id) where deleted_at is null;

-- Checks, appraisals, alarms, phases, translations, roles of staff: option codes in the place of ids.
alter table property_part drop column type_id;
alter table property_part add column type_code text;
alter table property_part add column member_id bigint;
alter table property_part add foreign key (org_id, member_id) references member (org_id, id);
create unique index property_part_translation on property_part (org_id, property_id, type_code) where deleted_at is null and kind = 'translation';

create sequence auction_lot_id_seq;
create table auction_lot (
  org_id bigint not null references organisation (id),
  id bigint not null default nextval('auction_lot_id_seq'),
  code text not null,
  property_id bigint,
  member_id bigint,
  lot_number text,
  status text,
  extras jsonb not null default '{}',
  version bigint not null default 1,
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now(),
  deleted_at timestamptz(3),
  created_by bigint,
  created_door text not null,
  primary key (org_id, id),
  unique (org_id, code),
  foreign key (org_id, property_id) references property (org_id, id),
  foreign key (org_id, member_id) references member (org_id, id)
);
create index auction_lot_created on auction_lot (org_id, created_at, id) where deleted_at is null;
