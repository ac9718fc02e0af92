-- What Propertybase's door stands on: sites and their keys, leads, what visitors do there, forms, reports, messages, developments.

-- ---------------------------------------------------------------- sites and keys
-- Platform table: a site's host name, lower case without port, is read before the organisation is known.
create table organisation_domain (
  domain text primary key check (domain = lower(domain)),
  org_id bigint not null references organisation (id),
  created_at timestamptz(3) not null default now()
);
create index organisation_domain_org on organisation_domain (org_id);

-- A key that was replaced goes on for a while.
alter table api_key add column expires_at timestamptz(3);

-- The first answer to a call that names itself, for whoever asks again (contracts/propertybase.md G25).
create table call_answer (
  org_id bigint not null references organisation (id),
  key_id bigint not null references api_key (id) on delete cascade,
  name text not null,
  request_hash bytea not null,
  status int not null,
  answer jsonb not null,
  created_at timestamptz(3) not null default now(),
  primary key (org_id, key_id, name)
);
create index call_answer_created on call_answer (created_at);

-- ---------------------------------------------------------------- mail
-- What is to be sent, written in the transaction of what it tells of.
create sequence mail_id_seq;
create table mail (
  org_id bigint not null references organisation (id),
  id bigint not null default nextval('mail_id_seq'),
  kind text not null,
  recipient text not null,
  subject text not null,
  body text not null,
  -- the lead it is for, who may unsubscribe
  contact_id bigint,
  member_id bigint,
  created_at timestamptz(3) not null default now(),
  sent_at timestamptz(3),
  attempts int not null default 0,
  trouble text,
  primary key (org_id, id),
  foreign key (org_id, contact_id) references contact (org_id, id)
);
create index mail_waiting on mail (id) where sent_at is null;
create index mail_contact on mail (org_id, contact_id, id) where contact_id is not null;

-- ---------------------------------------------------------------- teams, leads
alter table team add column code text not null generated always as (id::text) stored;
alter table team add unique (org_id, code);
alter table team add column email_key text generated always as (lower(email)) stored;
create index team_office on team (org_id, office_id, id) where deleted_at is null;
create index team_members on team using gin (member_ids) where deleted_at is null;
create index member_propertybase_user on member (org_id, propertybase_user_id, id) where deleted_at is null and propertybase_user_id is not null;
create index mls_number_office on mls_number (org_id, office_id) where office_id is not null;

create index contact_lead_status on contact (org_id, lower(lead_status), id) where deleted_at is null and lead_deleted_at is null;
create index contact_lead_type on contact (org_id, lower(lead_type), id) where deleted_at is null and lead_type is not null;
create index contact_team on contact (org_id, team_id, id) where deleted_at is null and team_id is not null;
create index contact_last_active on contact (org_id, last_active_at, id) where deleted_at is null;
create index contact_bold_leads on contact (org_id, lower(bold_leads_id), id) where deleted_at is null and bold_leads_id is not null;
create index contact_referral_domain on contact (org_id, lower(referral_source_domain), id) where deleted_at is null and referral_source_domain is not null;
create index contact_unassigned on contact (org_id, id) where deleted_at is null and member_ids = '{}';
create index contact_utm on contact using gin (utm jsonb_path_ops) where deleted_at is null and utm <> '{}';
create index contact_custom_fields on contact using gin (custom_fields jsonb_path_ops) where deleted_at is null and custom_fields <> '{}';
create index contact_first_name on contact (org_id, lower(first_name), id) where deleted_at is null;
create index contact_last_name on contact (org_id, lower(last_name), id) where deleted_at is null;

-- ---------------------------------------------------------------- what visitors do
-- A search that somebody ran; it is never changed.
create sequence search_run_id_seq;
create table search_run (
  org_id bigint not null references organisation (id),
  id bigint not null default nextval('search_run_id_seq'),
  contact_id bigint not null,
  name text,
  search_type text,
  url text,
  -- as it was asked for, and in the one form of criteria (domain model, property 7.1)
  search_attributes jsonb not null default '{}',
  criteria jsonb not null default '{}',
  results_count int,
  extras jsonb not null default '{}',
  version bigint not null default 1,
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now(),
  deleted_at timestamptz(3),
  created_by bigint,
  created_door text not null,
  primary key (org_id, id),
  foreign key (org_id, contact_id) references contact (org_id, id)
);
create index search_run_contact on search_run (org_id, contact_id, id) where deleted_at is null;

create sequence property_view_id_seq;
create table property_view (
  org_id bigint not null references organisation (id),
  id bigint not null default nextval('property_view_id_seq'),
  contact_id bigint,
  property_id bigint,
  -- the listing as the site knew it
  listing_number text,
  mls_name text,
  property_address text,
  -- what it was like then, for when it is gone
  property_copy jsonb,
  viewed_at timestamptz(3) not null,
  view_count int not null default 1,
  source text,
  url text,
  extras jsonb not null default '{}',
  version bigint not null default 1,
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now(),
  deleted_at timestamptz(3),
  created_by bigint,
  created_door text not null,
  primary key (org_id, id),
  foreign key (org_id, contact_id) references contact (org_id, id),
  foreign key (org_id, property_id) references property (org_id, id)
);
create index property_view_contact on property_view (org_id, contact_id, id) where deleted_at is null;
create index property_view_property on property_view (org_id, property_id, id) where deleted_at is null and property_id is not null;
create index property_view_number on property_view (org_id, lower(listing_number), id) where deleted_at is null and listing_number is not null;
create index property_view_waiting on property_view (org_id, lower(mls_name), lower(listing_number)) where property_id is null and listing_number is not null and deleted_at is null;
create index property_view_viewed on property_view (org_id, viewed_at, id) where deleted_at is null;

-- Letters to friends, contact forms, listings that a lead owns or is offered.
create sequence site_activity_id_seq;
create table site_activity (
  org_id bigint not null references organisation (id),
  id bigint not null default nextval('site_activity_id_seq'),
  contact_id bigint,
  property_id bigint,
  -- the listing as the site knew it
  listing_number text,
  mls_name text,
  property_address text,
  -- what it was like then, for when it is gone
  property_copy jsonb,
  kind text not null check (kind in ('email_friend', 'contact_form', 'lead_property')),
  member_id bigint,
  office_id bigint,
  relationship text,
  extras jsonb not null default '{}',
  version bigint not null default 1,
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now(),
  deleted_at timestamptz(3),
  created_by bigint,
  created_door text not null,
  primary key (org_id, id),
  foreign key (org_id, contact_id) references contact (org_id, id),
  foreign key (org_id, property_id) references property (org_id, id),
  foreign key (org_id, member_id) references member (org_id, id),
  foreign key (org_id, office_id) references office (org_id, id)
);
create index site_activity_contact on site_activity (org_id, contact_id, id) where deleted_at is null;
create index site_activity_property on site_activity (org_id, property_id, id) where deleted_at is null and property_id is not null;
create index site_activity_number on site_activity (org_id, lower(listing_number), id) where deleted_at is null and listing_number is not null;
create index site_activity_waiting on site_activity (org_id, lower(mls_name), lower(listing_number)) where property_id is null and listing_number is not null and deleted_at is null;
create index site_activity_kind on site_activity (org_id, kind, created_at, id) where deleted_at is null;

-- A favourite is an item of a cart; a note is a thread: both keep what the listing was like.
alter table listing_cart_item add column property_copy jsonb;
create index listing_cart_item_contact on listing_cart_item (org_id, contact_id, added_at, id) where deleted_at is null and contact_id is not null;
create index listing_cart_item_added on listing_cart_item (org_id, added_at, id) where deleted_at is null;
alter table note add column property_copy jsonb;

-- ---------------------------------------------------------------- forms
create sequence dynamic_form_id_seq;
create table dynamic_form (
  org_id bigint not null references organisation (id),
  id bigint not null default nextval('dynamic_form_id_seq'),
  -- what other rows name it by
  code text not null generated always as (id::text) stored,
  name text not null,
  active boolean not null default true,
  -- sections with their fields, each with an id that is kept when it is written again
  definition jsonb not null default '[]',
  creator_kind text,
  creator_id bigint,
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
create index dynamic_form_name on dynamic_form (org_id, lower(name), id) where deleted_at is null;
create index dynamic_form_active on dynamic_form (org_id, active, id) where deleted_at is null;
create sequence form_submission_id_seq;
create table form_submission (
  org_id bigint not null references organisation (id),
  id bigint not null default nextval('form_submission_id_seq'),
  dynamic_form_id bigint not null,
  contact_id bigint,
  -- as it was sent, and with the labels of that day
  data jsonb not null default '{}',
  answers jsonb not null default '[]',
  extras jsonb not null default '{}',
  version bigint not null default 1,
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now(),
  deleted_at timestamptz(3),
  created_by bigint,
  created_door text not null,
  primary key (org_id, id),
  foreign key (org_id, dynamic_form_id) references dynamic_form (org_id, id),
  foreign key (org_id, contact_id) references contact (org_id, id)
);
create index form_submission_form on form_submission (org_id, dynamic_form_id, id) where deleted_at is null;
create index form_submission_contact on form_submission (org_id, contact_id, id) where deleted_at is null and contact_id is not null;

-- ---------------------------------------------------------------- market reports
create sequence market_report_id_seq;
create table market_report (
  org_id bigint not null references organisation (id),
  id bigint not null default nextval('market_report_id_seq'),
  -- what other rows name it by
  code text not null generated always as (id::text) stored,
  name text not null,
  contact_id bigint,
  location text,
  location_type text,
  property_types text[] not null default '{}',
  min_price numeric,
  max_price numeric,
  published boolean not null default false,
  period_start date,
  period_end date,
  extras jsonb not null default '{}',
  version bigint not null default 1,
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now(),
  deleted_at timestamptz(3),
  created_by bigint,
  created_door text not null,
  primary key (org_id, id),
  unique (org_id, code),
  foreign key (org_id, contact_id) references contact (org_id, id)
);
create index market_report_name on market_report (org_id, lower(name), id) where deleted_at is null;
create index market_report_contact on market_report (org_id, contact_id, id) where deleted_at is null and contact_id is not null;
create sequence market_report_update_id_seq;
create table market_report_update (
  org_id bigint not null references organisation (id),
  id bigint not null default nextval('market_report_update_id_seq'),
  market_report_id bigint,
  contact_id bigint,
  name text,
  location text,
  property_types text[] not null default '{}',
  min_price numeric,
  max_price numeric,
  min_bedrooms int,
  frequency text not null default 'monthly' check (frequency in ('weekly', 'monthly', 'quarterly')),
  active boolean not null default true,
  last_sent_at timestamptz(3),
  next_send_at timestamptz(3),
  extras jsonb not null default '{}',
  version bigint not null default 1,
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now(),
  deleted_at timestamptz(3),
  created_by bigint,
  created_door text not null,
  primary key (org_id, id),
  foreign key (org_id, market_report_id) references market_report (org_id, id),
  foreign key (org_id, contact_id) references contact (org_id, id)
);
create index market_report_update_report on market_report_update (org_id, market_report_id, id) where deleted_at is null;
create index market_report_update_contact on market_report_update (org_id, contact_id, id) where deleted_at is null and contact_id is not null;
create index market_report_update_due on market_report_update (next_send_at) where deleted_at is null and active;

-- ---------------------------------------------------------------- messages
create sequence message_id_seq;
create table message (
  org_id bigint not null references organisation (id),
  id bigint not null default nextval('message_id_seq'),
  -- what other rows name it by
  code text not null generated always as (id::text) stored,
  title text not null,
  body text not null,
  sender_kind text,
  sender_id bigint,
  -- as it was
  sender_name text,
  contact_id bigint,
  parent_id bigint,
  delivered_by_email boolean not null default false,
  words text not null generated always as (lower(title || ' ' || body)) stored,
  extras jsonb not null default '{}',
  version bigint not null default 1,
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now(),
  deleted_at timestamptz(3),
  created_by bigint,
  created_door text not null,
  primary key (org_id, id),
  unique (org_id, code),
  foreign key (org_id, contact_id) references contact (org_id, id),
  foreign key (org_id, parent_id) references message (org_id, id)
);
create index message_contact on message (org_id, contact_id, id) where deleted_at is null;
create index message_sender on message (org_id, sender_kind, sender_id, id) where deleted_at is null;
create index message_title on message (org_id, lower(title), id) where deleted_at is null;
create index message_sender_name on message (org_id, lower(sender_name), id) where deleted_at is null;
create index message_created on message (org_id, created_at, id) where deleted_at is null;
create index message_updated on message (org_id, updated_at, id) where deleted_at is null;
create index message_words on message using gin (words gin_trgm_ops) where deleted_at is null;
create table message_recipient (
  org_id bigint not null,
  message_id bigint not null,
  kind text not null check (kind in ('agent', 'employee', 'team', 'contact')),
  person_id bigint not null,
  position int not null,
  name text,
  email text,
  read_at timestamptz(3),
  delivered_at timestamptz(3),
  primary key (org_id, message_id, kind, person_id),
  foreign key (org_id, message_id) references message (org_id, id)
);
create index message_recipient_person on message_recipient (org_id, kind, person_id, read_at);

-- ---------------------------------------------------------------- developments
create sequence development_id_seq;
create table development (
  org_id bigint not null references organisation (id),
  id bigint not null default nextval('development_id_seq'),
  -- what other rows name it by
  code text not null generated always as (id::text) stored,
  name text not null,
  slug text not null,
  status text,
  office_id bigint,
  featured boolean not null default false,
  published boolean not null default true,
  position int,
  master_property_id bigint,
  extras jsonb not null default '{}',
  version bigint not null default 1,
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now(),
  deleted_at timestamptz(3),
  created_by bigint,
  created_door text not null,
  primary key (org_id, id),
  unique (org_id, code),
  foreign key (org_id, office_id) references office (org_id, id),
  foreign key (org_id, master_property_id) references property (org_id, id)
);
create unique index development_name on development (org_id, lower(name)) where deleted_at is null;
create unique index development_slug on development (org_id, lower(slug)) where deleted_at is null;
create index development_status on development (org_id, status, id) where deleted_at is null;
create index development_office_id on development (org_id, office_id, id) where deleted_at is null;
create index development_featured on development (org_id, featured, id) where deleted_at is null;
create index development_published on development (org_id, published, id) where deleted_at is null;
create index development_position on development (org_id, position, id) where deleted_at is null;
create sequence development_category_id_seq;
create table development_category (
  org_id bigint not null references organisation (id),
  id bigint not null default nextval('development_category_id_seq'),
  -- what other rows name it by
  code text not null generated always as (id::text) stored,
  name text not null,
  slug text not null,
  position int,
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
create unique index development_category_name on development_category (org_id, lower(name)) where deleted_at is null;
-- Addresses, agents, area profiles, links to categories, floor plans, listing sheets, pictures, prices.
create sequence development_part_id_seq;
create table development_part (
  org_id bigint not null references organisation (id),
  id bigint not null default nextval('development_part_id_seq'),
  development_id bigint not null,
  kind text not null check (kind in ('address', 'agent', 'area_profile', 'category', 'floor_plan', 'listing_sheet', 'picture', 'price')),
  position int,
  is_primary boolean,
  member_id bigint,
  category_id bigint,
  extras jsonb not null default '{}',
  version bigint not null default 1,
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now(),
  deleted_at timestamptz(3),
  created_by bigint,
  created_door text not null,
  primary key (org_id, id),
  foreign key (org_id, development_id) references development (org_id, id),
  foreign key (org_id, member_id) references member (org_id, id),
  foreign key (org_id, category_id) references development_category (org_id, id)
);
create unique index development_part_agent on development_part (org_id, development_id, member_id) where deleted_at is null and kind = 'agent';
create unique index development_part_category on development_part (org_id, development_id, category_id) where deleted_at is null and kind = 'category';
create index development_part_kind on development_part (org_id, development_id, kind, position, id) where deleted_at is null;
create index development_part_of_category on development_part (org_id, category_id, id) where deleted_at is null and category_id is not null;
