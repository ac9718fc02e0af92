-- Letting a home and what goes with it: companies, landlords, tenancies, works orders, money, diaries, journals and enquiries (domain
-- model, people 2.9 and 2.12 to 2.15; property 5.1 to 5.3).

-- ---------------------------------------------------------------- companies
create sequence company_id_seq;
create table company (
  org_id bigint not null references organisation (id),
  id bigint not null default nextval('company_id_seq'),
  code text not null,
  name text not null,
  branch text,
  name_text text not null generated always as (lower(name || coalesce(' ' || nullif(branch, ''), ''))) stored,
  active boolean not null default true,
  marketing_consent text not null default 'notAsked' check (marketing_consent in ('deny', 'notAsked')),
  pref_email boolean,
  pref_sms boolean,
  pref_phone boolean,
  supplier_type_code text,
  type_ids text[] not null default '{}',
  email text,
  email_key text generated always as (lower(email)) stored,
  contact_points jsonb not null default '[]',
  address jsonb not null default '{}',
  address_text text not null generated always as (address_text(address)) stored,
  office_ids bigint[] not null default '{}',
  member_ids bigint[] not null default '{}',
  archived_at timestamptz(3),
  facets text[] not null generated always as (
    facet_words(org_id, 'type', type_ids) || facet_ids(org_id, 'office', office_ids) || facet_ids(org_id, 'member', member_ids) ||
    facet_points(org_id, email, contact_points)) stored,
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
create index company_created on company (org_id, created_at, id) where deleted_at is null;
create index company_updated on company (org_id, updated_at, id) where deleted_at is null;
create index company_archived on company (org_id, archived_at, id) where deleted_at is null;
create index company_facets on company using gin (facets) where deleted_at is null;
create index company_name_words on company using gin (lower(name) gin_trgm_ops) where deleted_at is null;
create index company_branch_words on company using gin (lower(branch) gin_trgm_ops) where deleted_at is null;
create index company_all_words on company using gin (name_text gin_trgm_ops) where deleted_at is null;
create index company_address_words on company using gin (address_text gin_trgm_ops) where deleted_at is null;
create index company_email on company (org_id, email_key, id) where deleted_at is null;

create sequence company_staff_id_seq;
-- Who works there; no path names them.
create table company_staff (
  org_id bigint not null references organisation (id),
  id bigint not null default nextval('company_staff_id_seq'),
  company_id bigint not null,
  -- some are known as contacts too
  contact_id bigint,
  name text not null,
  job_title text,
  contact_points jsonb not null default '[]',
  email text,
  salutation text,
  is_main boolean not null default false,
  active boolean not null default true,
  extras jsonb not null default '{}',
  version bigint not null default 1,
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now(),
  deleted_at timestamptz(3),
  created_by bigint,
  created_door text not null,
  primary key (org_id, id),
  foreign key (org_id, company_id) references company (org_id, id),
  foreign key (org_id, contact_id) references contact (org_id, id)
);
create index company_staff_company on company_staff (org_id, company_id, id) where deleted_at is null;

alter table party add foreign key (org_id, company_id) references company (org_id, id);
alter table applicant add foreign key (org_id, solicitor_id) references company (org_id, id);
alter table vendor add foreign key (org_id, solicitor_id) references company (org_id, id);
alter table conveyancing add foreign key (org_id, vendor_solicitor_id) references company (org_id, id);
alter table conveyancing add foreign key (org_id, buyer_solicitor_id) references company (org_id, id);
alter table certificate add foreign key (org_id, company_id) references company (org_id, id);

-- ---------------------------------------------------------------- landlords
create sequence landlord_id_seq;
create table landlord (
  org_id bigint not null references organisation (id),
  id bigint not null default nextval('landlord_id_seq'),
  code text not null,
  active boolean not null default true,
  office_id bigint,
  solicitor_id bigint,
  source_id bigint,
  source_office_id bigint,
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
  foreign key (org_id, solicitor_id) references company (org_id, id),
  foreign key (org_id, source_id) references source (org_id, id),
  foreign key (org_id, source_office_id) references office (org_id, id)
);
create index landlord_created on landlord (org_id, created_at, id) where deleted_at is null;
create index landlord_updated on landlord (org_id, updated_at, id) where deleted_at is null;
create index landlord_active on landlord (org_id, active, id) where deleted_at is null;
create index landlord_office on landlord (org_id, office_id, id) where deleted_at is null;
create index landlord_solicitor on landlord (org_id, solicitor_id, id) where deleted_at is null and solicitor_id is not null;
alter table party add foreign key (org_id, landlord_id) references landlord (org_id, id);
alter table property add foreign key (org_id, landlord_id) references landlord (org_id, id);

-- ---------------------------------------------------------------- tenancies
create sequence tenancy_id_seq;
create table tenancy (
  org_id bigint not null references organisation (id),
  id bigint not null default nextval('tenancy_id_seq'),
  code text not null,
  property_id bigint not null,
  applicant_id bigint not null,
  member_id bigint,
  status text not null default 'offerPending' check (status in (
    'offerPending', 'offerWithdrawn', 'offerRejected', 'arranging', 'current', 'finished', 'cancelled')),
  starts_on date,
  ends_on date,
  type_code text,
  -- the rent it began with; later ones are in its extensions
  rent numeric,
  rent_frequency text check (rent_frequency in ('weekly', 'monthly', 'annually')),
  -- these three stand still once it is current
  deposit jsonb,
  letting_fee jsonb,
  management_fee jsonb,
  source_id bigint,
  source_office_id bigint,
  archived_at timestamptz(3),
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
  foreign key (org_id, property_id) references property (org_id, id),
  foreign key (org_id, applicant_id) references applicant (org_id, id),
  foreign key (org_id, member_id) references member (org_id, id),
  foreign key (org_id, source_id) references source (org_id, id),
  foreign key (org_id, source_office_id) references office (org_id, id),
  foreign key (org_id, deal_id) references deal (org_id, id)
);
create index tenancy_created on tenancy (org_id, created_at, id) where deleted_at is null;
create index tenancy_updated on tenancy (org_id, updated_at, id) where deleted_at is null;
create index tenancy_property on tenancy (org_id, property_id, id) where deleted_at is null;
create index tenancy_applicant on tenancy (org_id, applicant_id, id) where deleted_at is null;
create index tenancy_member on tenancy (org_id, member_id, id) where deleted_at is null;
create index tenancy_status on tenancy (org_id, lower(status), id) where deleted_at is null;
create index tenancy_starts on tenancy (org_id, starts_on, id) where deleted_at is null;
create index tenancy_ends on tenancy (org_id, ends_on, id) where deleted_at is null;
create index tenancy_archived on tenancy (org_id, archived_at, id) where deleted_at is null;
create index tenancy_deal on tenancy (org_id, deal_id) where deleted_at is null and deal_id is not null;
alter table party add foreign key (org_id, tenancy_id) references tenancy (org_id, id);

create sequence tenancy_part_id_seq;
-- Checks, clauses, renewals and the like: each with a version of its own, and none moves the tenancy's.
create table tenancy_part (
  org_id bigint not null references organisation (id),
  id bigint not null default nextval('tenancy_part_id_seq'),
  code text not null,
  kind text not null check (kind in (
    'check', 'breakClause', 'allowance', 'responsibility', 'renewal', 'renewalCheck', 'extension', 'rentReview', 'rentReviewCheck', 'notice')),
  tenancy_id bigint not null,
  -- of checks of a renewal or a rent review
  parent_id bigint,
  type_code text,
  -- preTenancy or postTenancy; of extensions what they change
  phase text,
  description text,
  status text,
  member_id bigint,
  starts_on date,
  ends_on date,
  rent numeric,
  rent_frequency text,
  letting_fee jsonb,
  management_fee jsonb,
  extras jsonb not null default '{}',
  version bigint not null default 1,
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now(),
  deleted_at timestamptz(3),
  created_by bigint,
  created_door text not null,
  primary key (org_id, id),
  unique (org_id, code),
  foreign key (org_id, tenancy_id) references tenancy (org_id, id),
  foreign key (org_id, parent_id) references tenancy_part (org_id, id),
  foreign key (org_id, member_id) references member (org_id, id)
);
create index tenancy_part_tenancy on tenancy_part (org_id, tenancy_id, kind, id) where deleted_at is null;
create index tenancy_part_parent on tenancy_part (org_id, parent_id, id) where deleted_at is null and parent_id is not null;
create unique index tenancy_part_one_of_type on tenancy_part (org_id, tenancy_id, kind, type_code) where deleted_at is null and type_code is not null and kind in ('allowance', 'responsibility');
create unique index tenancy_part_one_notice on tenancy_part (org_id, tenancy_id) where deleted_at is null and kind = 'notice';

-- ---------------------------------------------------------------- works orders
create sequence works_order_id_seq;
create table works_order (
  org_id bigint not null references organisation (id),
  id bigint not null default nextval('works_order_id_seq'),
  code text not null,
  company_id bigint,
  property_id bigint not null,
  tenancy_id bigint,
  member_id bigint,
  type_code text,
  status text not null check (status in (
    'pendingApproval', 'pendingQuote', 'raised', 'raisedToChase', 'landlordToComplete', 'complete', 'cancelled', 'quoteAccepted')),
  description text not null,
  required date,
  completed date,
  -- sums of its items, written with them
  total_net numeric not null default 0,
  total_vat numeric not null default 0,
  total_gross numeric not null default 0,
  extras jsonb not null default '{}',
  version bigint not null default 1,
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now(),
  deleted_at timestamptz(3),
  created_by bigint,
  created_door text not null,
  primary key (org_id, id),
  unique (org_id, code),
  foreign key (org_id, company_id) references company (org_id, id),
  foreign key (org_id, property_id) references property (org_id, id),
  foreign key (org_id, tenancy_id) references tenancy (org_id, id),
  foreign key (org_id, member_id) references member (org_id, id)
);
create index works_order_created on works_order (org_id, created_at, id) where deleted_at is null;
create index works_order_updated on works_order (org_id, updated_at, id) where deleted_at is null;
create index works_order_company on works_order (org_id, company_id, id) where deleted_at is null and company_id is not null;
create index works_order_property on works_order (org_id, property_id, id) where deleted_at is null;
create index works_order_tenancy on works_order (org_id, tenancy_id, id) where deleted_at is null and tenancy_id is not null;
create index works_order_member on works_order (org_id, member_id, id) where deleted_at is null;
create index works_order_type on works_order (org_id, lower(type_code), id) where deleted_at is null;
create index works_order_status on works_order (org_id, lower(status), id) where deleted_at is null;
create index works_order_required on works_order (org_id, required, id) where deleted_at is null;
create index works_order_completed on works_order (org_id, completed, id) where deleted_at is null;

create sequence works_order_item_id_seq;
create table works_order_item (
  org_id bigint not null references organisation (id),
  id bigint not null default nextval('works_order_item_id_seq'),
  code text not null,
  works_order_id bigint not null,
  net numeric,
  vat numeric,
  gross numeric generated always as (
    case when num_nonnulls(net, vat) > 0 then coalesce(net, 0) + coalesce(vat, 0) end) stored,
  nominal_account_id bigint,
  extras jsonb not null default '{}',
  version bigint not null default 1,
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now(),
  deleted_at timestamptz(3),
  created_by bigint,
  created_door text not null,
  primary key (org_id, id),
  unique (org_id, code),
  foreign key (org_id, works_order_id) references works_order (org_id, id)
);
create index works_order_item_order on works_order_item (org_id, works_order_id, id) where deleted_at is null;

-- ---------------------------------------------------------------- money
create sequence invoice_id_seq;
create table invoice (
  org_id bigint not null references organisation (id),
  id bigint not null default nextval('invoice_id_seq'),
  code text not null,
  property_id bigint,
  member_id bigint,
  status text not null default 'pending' check (status in ('pending', 'raised', 'partPaid', 'partCredited', 'credited', 'paid')),
  reference text,
  description text,
  dated timestamptz(3),
  due timestamptz(3),
  net numeric,
  vat numeric,
  outstanding numeric,
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
create index invoice_created on invoice (org_id, created_at, id) where deleted_at is null;
create index invoice_updated on invoice (org_id, updated_at, id) where deleted_at is null;
create index invoice_property on invoice (org_id, property_id, id) where deleted_at is null and property_id is not null;
create index invoice_member on invoice (org_id, member_id, id) where deleted_at is null and member_id is not null;
create index invoice_status on invoice (org_id, lower(status), id) where deleted_at is null;
create index invoice_dated on invoice (org_id, dated, id) where deleted_at is null;
create index invoice_due on invoice (org_id, due, id) where deleted_at is null;

create sequence invoice_line_id_seq;
create table invoice_line (
  org_id bigint not null references organisation (id),
  id bigint not null default nextval('invoice_line_id_seq'),
  code text not null,
  kind text not null check (kind in ('payment', 'credit', 'charge')),
  invoice_id bigint not null,
  property_id bigint,
  member_id bigint,
  type text,
  description text,
  dated timestamptz(3),
  net numeric,
  vat numeric,
  extras jsonb not null default '{}',
  version bigint not null default 1,
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now(),
  deleted_at timestamptz(3),
  created_by bigint,
  created_door text not null,
  primary key (org_id, id),
  unique (org_id, code),
  foreign key (org_id, invoice_id) references invoice (org_id, id),
  foreign key (org_id, property_id) references property (org_id, id),
  foreign key (org_id, member_id) references member (org_id, id)
);
create index invoice_line_invoice on invoice_line (org_id, invoice_id, kind, id) where deleted_at is null;
create index invoice_line_created on invoice_line (org_id, kind, created_at, id) where deleted_at is null;
create index invoice_line_updated on invoice_line (org_id, kind, updated_at, id) where deleted_at is null;
create index invoice_line_dated on invoice_line (org_id, kind, dated, id) where deleted_at is null;
create index invoice_line_property on invoice_line (org_id, property_id, kind, id) where deleted_at is null;
create index invoice_line_member on invoice_line (org_id, member_id, kind, id) where deleted_at is null;
create index invoice_line_type on invoice_line (org_id, kind, lower(type), id) where deleted_at is null;

create sequence nominal_account_id_seq;
-- Codes are kept in small letters (`genman`).
create table nominal_account (
  org_id bigint not null references organisation (id),
  id bigint not null default nextval('nominal_account_id_seq'),
  code text not null,
  name text not null,
  applies_to_works_orders boolean not null default false,
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
create index nominal_account_created on nominal_account (org_id, created_at, id) where deleted_at is null;
create index nominal_account_updated on nominal_account (org_id, updated_at, id) where deleted_at is null;
alter table works_order_item add foreign key (org_id, nominal_account_id) references nominal_account (org_id, id);

create sequence ledger_entry_id_seq;
-- Amounts are never changed, only followed by further entries.
create table ledger_entry (
  org_id bigint not null references organisation (id),
  id bigint not null default nextval('ledger_entry_id_seq'),
  code text not null,
  property_id bigint,
  landlord_id bigint,
  tenancy_id bigint,
  company_id bigint,
  works_order_id bigint,
  nominal_account_id bigint,
  member_id bigint,
  status text not null check (status in ('awaitingAuthorisation', 'awaitingPosting', 'posted', 'rejected')),
  type text,
  ledger text,
  category text,
  direction text check (direction in ('credit', 'debit')),
  description text,
  net numeric,
  tax numeric,
  gross numeric generated always as (net + coalesce(tax, 0)) stored,
  outstanding numeric,
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
  foreign key (org_id, landlord_id) references landlord (org_id, id),
  foreign key (org_id, tenancy_id) references tenancy (org_id, id),
  foreign key (org_id, company_id) references company (org_id, id),
  foreign key (org_id, works_order_id) references works_order (org_id, id),
  foreign key (org_id, nominal_account_id) references nominal_account (org_id, id),
  foreign key (org_id, member_id) references member (org_id, id)
);
create index ledger_entry_created on ledger_entry (org_id, created_at, id) where deleted_at is null;
create index ledger_entry_updated on ledger_entry (org_id, updated_at, id) where deleted_at is null;
create index ledger_entry_property on ledger_entry (org_id, property_id, id) where deleted_at is null;
create index ledger_entry_landlord on ledger_entry (org_id, landlord_id, id) where deleted_at is null;
create index ledger_entry_tenancy on ledger_entry (org_id, tenancy_id, id) where deleted_at is null;
create index ledger_entry_works_order on ledger_entry (org_id, works_order_id, id) where deleted_at is null and works_order_id is not null;
create index ledger_entry_status on ledger_entry (org_id, lower(status), id) where deleted_at is null;
create index ledger_entry_type on ledger_entry (org_id, lower(type), id) where deleted_at is null;
create index ledger_entry_ledger on ledger_entry (org_id, lower(ledger), id) where deleted_at is null;
create index ledger_entry_category on ledger_entry (org_id, lower(category), id) where deleted_at is null;
create index ledger_entry_outstanding on ledger_entry (org_id, outstanding, id) where deleted_at is null;

-- ---------------------------------------------------------------- tasks: what Reapit's lists filter and sort by
alter table task
  -- the day of due_at on the clocks it was said by
  add column due_on date generated always as (
    ((due_at at time zone 'UTC') + make_interval(mins => coalesce(due_offset, 0)))::date) stored,
  add column completed_on date generated always as ((completed_at at time zone 'UTC')::date) stored,
  add column words text not null generated always as (lower(name || coalesce(' ' || description, ''))) stored,
  -- the recipient office, or the office of the recipient
  add column assignee_office_id bigint;
update task t set creator_code = m.code from member m
  where t.creator_kind = 'member' and m.org_id = t.org_id and m.id = t.creator_id and t.creator_code is null;
alter table task add foreign key (org_id, applicant_id) references applicant (org_id, id);
alter table task add foreign key (org_id, landlord_id) references landlord (org_id, id);
alter table task add foreign key (org_id, tenancy_id) references tenancy (org_id, id);
-- Lines of checklists that nobody was given are no tasks here.
create index task_created on task (org_id, created_at, id) where deleted_at is null and assignee_kind is not null;
create index task_updated on task (org_id, updated_at, id) where deleted_at is null and assignee_kind is not null;
create index task_assignee on task (org_id, assignee_kind, assignee_id, completed_at) where deleted_at is null and assignee_kind is not null;
create index task_office on task (org_id, assignee_office_id, id) where deleted_at is null and assignee_kind is not null;
create index task_creator on task (org_id, lower(creator_code), id) where deleted_at is null and assignee_kind is not null;
create index task_type on task (org_id, lower(type_code), id) where deleted_at is null and assignee_kind is not null;
create index task_due on task (org_id, due_on, id) where deleted_at is null and assignee_kind is not null;
create index task_completed on task (org_id, completed_on, id) where deleted_at is null and assignee_kind is not null;
create index task_contact on task (org_id, contact_id, id) where deleted_at is null and contact_id is not null;
create index task_property on task (org_id, property_id, id) where deleted_at is null and property_id is not null;
create index task_applicant on task (org_id, applicant_id, id) where deleted_at is null and applicant_id is not null;
create index task_landlord on task (org_id, landlord_id, id) where deleted_at is null and landlord_id is not null;
create index task_tenancy on task (org_id, tenancy_id, id) where deleted_at is null and tenancy_id is not null;
create index task_words on task using gin (words gin_trgm_ops) where deleted_at is null and assignee_kind is not null;

-- ---------------------------------------------------------------- appointments
-- Does an occurrence of something that recurs begin and end within the window? Steps are counted on the clocks of UTC.
create function occurs_within(first timestamptz, last timestamptz, recurs text, every int, until timestamptz, since timestamptz, till timestamptz)
returns boolean immutable parallel safe language sql as $$
  select exists (
    select from (
      select f.at, f.step, greatest(0, case
          when recurs in ('daily', 'weekly') then ceil(extract(epoch from w.since - f.at) / extract(epoch from f.step))
          else floor(((extract(year from w.since) - extract(year from f.at)) * 12 + extract(month from w.since) - extract(month from f.at))
            / case recurs when 'yearly' then 12 * f.n else f.n end) end)::int as k
      from (select first at time zone 'UTC' as at, least(1000, greatest(1, coalesce(every, 1))) as n,
          least(1000, greatest(1, coalesce(every, 1))) * case recurs when 'daily' then interval '1 day' when 'weekly' then interval '7 days'
            when 'monthly' then interval '1 month' else interval '1 year' end as step) f,
        (select since at time zone 'UTC' as since) w) base,
      generate_series(base.k, base.k + 1) as turn
    where base.at + turn * base.step >= since at time zone 'UTC'
      and base.at + turn * base.step <= until at time zone 'UTC'
      and base.at + turn * base.step + (last - first) <= till at time zone 'UTC')
$$;

create sequence appointment_id_seq;
create table appointment (
  org_id bigint not null references organisation (id),
  id bigint not null default nextval('appointment_id_seq'),
  code text not null,
  -- how Propertybase lists it; said when it is made and kept
  kind text not null default 'event' check (kind in ('showing', 'event')),
  type_code text,
  name text,
  description text,
  starts_at timestamptz(3) not null,
  ends_at timestamptz(3) not null,
  all_day boolean not null default false,
  member_ids bigint[] not null default '{}',
  office_ids bigint[] not null default '{}',
  team_id bigint,
  organiser_id bigint,
  attendee_kind text check (attendee_kind in ('applicant', 'contact', 'landlord', 'tenancy')),
  attendee_id bigint,
  -- the attendee, or the main contact of that role
  contact_id bigint,
  property_id bigint,
  status text not null default 'requested' check (status in ('requested', 'confirmed', 'declined', 'completed', 'cancelled')),
  negotiator_confirmed boolean not null default false,
  attendee_confirmed boolean not null default false,
  property_confirmed boolean not null default false,
  attended text not null default 'notSet' check (attended in ('notSet', 'noShow', 'attended')),
  confirmed boolean not null generated always as (
    negotiator_confirmed and (attendee_id is null or attendee_confirmed) and (property_id is null or property_confirmed)) stored,
  cancelled boolean not null generated always as (status in ('declined', 'cancelled')) stored,
  follow_up_on date,
  recurs text check (recurs in ('daily', 'weekly', 'monthly', 'yearly')),
  recurs_every int,
  recurs_until timestamptz(3),
  recurring boolean not null generated always as (recurs is not null) stored,
  archived_at timestamptz(3),
  bold_leads_id text,
  facets text[] not null generated always as (
    facet_ids(org_id, 'member', member_ids) || facet_ids(org_id, 'office', office_ids) ||
    case when team_id is null then '{}' else facet_ids(org_id, 'team', array[team_id]) end) stored,
  extras jsonb not null default '{}',
  version bigint not null default 1,
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now(),
  deleted_at timestamptz(3),
  created_by bigint,
  created_door text not null,
  primary key (org_id, id),
  unique (org_id, code),
  foreign key (org_id, organiser_id) references member (org_id, id),
  foreign key (org_id, contact_id) references contact (org_id, id),
  foreign key (org_id, property_id) references property (org_id, id),
  foreign key (org_id, team_id) references team (org_id, id)
);
create index appointment_created on appointment (org_id, created_at, id) where deleted_at is null;
create index appointment_updated on appointment (org_id, updated_at, id) where deleted_at is null;
create index appointment_starts on appointment (org_id, starts_at, id) where deleted_at is null;
create index appointment_ends on appointment (org_id, ends_at, id) where deleted_at is null;
create index appointment_kind_starts on appointment (org_id, kind, starts_at, id) where deleted_at is null;
create index appointment_kind_status on appointment (org_id, kind, status, id) where deleted_at is null;
create index appointment_type on appointment (org_id, lower(type_code), id) where deleted_at is null;
create index appointment_organiser on appointment (org_id, organiser_id, id) where deleted_at is null and organiser_id is not null;
create index appointment_property on appointment (org_id, property_id, starts_at, id) where deleted_at is null and property_id is not null;
create index appointment_contact on appointment (org_id, contact_id, starts_at, id) where deleted_at is null and contact_id is not null;
create index appointment_attendee on appointment (org_id, attendee_kind, attendee_id, id) where deleted_at is null and attendee_id is not null;
create index appointment_follow_up on appointment (org_id, follow_up_on, id) where deleted_at is null and follow_up_on is not null;
create index appointment_archived on appointment (org_id, archived_at, id) where deleted_at is null;
create index appointment_name on appointment (org_id, lower(name), id) where deleted_at is null;
create index appointment_bold_leads on appointment (org_id, bold_leads_id, id) where deleted_at is null and bold_leads_id is not null;
create index appointment_facets on appointment using gin (facets) where deleted_at is null;

create sequence open_house_attendee_id_seq;
create table open_house_attendee (
  org_id bigint not null references organisation (id),
  id bigint not null default nextval('open_house_attendee_id_seq'),
  code text not null,
  appointment_id bigint not null,
  attendee_kind text check (attendee_kind in ('applicant', 'contact', 'landlord', 'tenancy')),
  attendee_id bigint,
  extras jsonb not null default '{}',
  version bigint not null default 1,
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now(),
  deleted_at timestamptz(3),
  created_by bigint,
  created_door text not null,
  primary key (org_id, id),
  unique (org_id, code),
  foreign key (org_id, appointment_id) references appointment (org_id, id)
);
create index open_house_attendee_appointment on open_house_attendee (org_id, appointment_id, id) where deleted_at is null;
alter table open_house add foreign key (org_id, appointment_id) references appointment (org_id, id);

-- ---------------------------------------------------------------- journal
create sequence journal_entry_id_seq;
-- Append only; no path names an entry.
create table journal_entry (
  org_id bigint not null references organisation (id),
  id bigint not null default nextval('journal_entry_id_seq'),
  type_code text not null default 'MI',
  property_id bigint,
  associated_kind text check (associated_kind in ('applicant', 'contact', 'company', 'enquiry', 'landlord', 'tenancy', 'worksOrder')),
  associated_id bigint,
  -- what happened to a landlord's data, in the landlords' own list
  landlord_kind text check (landlord_kind in ('bankDetailsChange', 'detailsChange', 'telephoneContact')),
  member_id bigint,
  description text not null,
  extras jsonb not null default '{}',
  version bigint not null default 1,
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now(),
  deleted_at timestamptz(3),
  created_by bigint,
  created_door text not null,
  primary key (org_id, id),
  foreign key (org_id, property_id) references property (org_id, id),
  foreign key (org_id, member_id) references member (org_id, id)
);
create index journal_entry_created on journal_entry (org_id, created_at, id) where deleted_at is null;
create index journal_entry_associated on journal_entry (org_id, associated_kind, associated_id, created_at, id) where deleted_at is null and associated_id is not null;
create index journal_entry_property on journal_entry (org_id, property_id, created_at, id) where deleted_at is null and property_id is not null;
create index journal_entry_member on journal_entry (org_id, member_id, created_at, id) where deleted_at is null and member_id is not null;
create index journal_entry_type on journal_entry (org_id, lower(type_code), created_at, id) where deleted_at is null;
create index journal_entry_landlords on journal_entry (org_id, landlord_kind, created_at, id) where deleted_at is null and landlord_kind is not null;

-- ---------------------------------------------------------------- enquiries
create sequence enquiry_id_seq;
create table enquiry (
  org_id bigint not null references organisation (id),
  id bigint not null default nextval('enquiry_id_seq'),
  -- what other rows name it by
  code text not null generated always as (id::text) stored,
  contact_id bigint,
  kind text not null check (kind in ('salesApplicant', 'lettingsApplicant', 'salesProperty', 'lettingsProperty')),
  status text not null default 'pending' check (status in ('pending', 'added', 'rejected', 'alreadyExists', 'duplicateEntry', 'spam')),
  title text,
  first_name text,
  last_name text,
  email text,
  mobile_phone text,
  home_phone text,
  work_phone text,
  message text,
  subject text,
  url text,
  responded_at timestamptz(3),
  member_id bigint,
  office_id bigint,
  applicant_id bigint,
  property_ids bigint[] not null default '{}',
  listing_number text,
  mls_name text,
  property_address text,
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
  foreign key (org_id, member_id) references member (org_id, id),
  foreign key (org_id, office_id) references office (org_id, id),
  foreign key (org_id, applicant_id) references applicant (org_id, id)
);
create index enquiry_created on enquiry (org_id, created_at, id) where deleted_at is null;
create index enquiry_updated on enquiry (org_id, updated_at, id) where deleted_at is null;
create index enquiry_text_id on enquiry (org_id, (id::text)) where deleted_at is null;
create index enquiry_status on enquiry (org_id, lower(status), id) where deleted_at is null;
create index enquiry_kind on enquiry (org_id, lower(kind), id) where deleted_at is null;
create index enquiry_office on enquiry (org_id, office_id, id) where deleted_at is null;
create index enquiry_contact on enquiry (org_id, contact_id, id) where deleted_at is null and contact_id is not null;
create index enquiry_properties on enquiry using gin (property_ids) where deleted_at is null;

-- ---------------------------------------------------------------- referrals, notifications
create sequence referral_id_seq;
create table referral (
  org_id bigint not null references organisation (id),
  id bigint not null default nextval('referral_id_seq'),
  code text not null,
  property_id bigint,
  applicant_id bigint,
  contact_id bigint not null,
  member_id bigint,
  type_code text not null,
  type text not null default 'referral' check (type in ('referral', 'lead')),
  status text not null default 'sent' check (status in ('sent', 'succeeded', 'cancelled', 'failed', 'paid', 'declined', 'inProgress')),
  paid_at timestamptz(3),
  accepted_at timestamptz(3),
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
  foreign key (org_id, applicant_id) references applicant (org_id, id),
  foreign key (org_id, contact_id) references contact (org_id, id),
  foreign key (org_id, member_id) references member (org_id, id)
);
create index referral_created on referral (org_id, created_at, id) where deleted_at is null;
create index referral_updated on referral (org_id, updated_at, id) where deleted_at is null;
create index referral_property on referral (org_id, property_id, id) where deleted_at is null and property_id is not null;
create index referral_applicant on referral (org_id, applicant_id, id) where deleted_at is null and applicant_id is not null;
create index referral_contact on referral (org_id, contact_id, id) where deleted_at is null;
create index referral_member on referral (org_id, member_id, id) where deleted_at is null and member_id is not null;
create index referral_type on referral (org_id, lower(type_code), id) where deleted_at is null;
create index referral_status on referral (org_id, lower(status), id) where deleted_at is null;

create sequence notification_id_seq;
-- Shown on Portico's pages to the members it is for.
create table notification (
  org_id bigint not null references organisation (id),
  id bigint not null default nextval('notification_id_seq'),
  type text,
  sub_type text,
  products text[] not null default '{}',
  member_ids bigint[] not null default '{}',
  payload jsonb not null default '{}',
  extras jsonb not null default '{}',
  version bigint not null default 1,
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now(),
  deleted_at timestamptz(3),
  created_by bigint,
  created_door text not null,
  primary key (org_id, id)
);
create index notification_members on notification using gin (member_ids) where deleted_at is null;
create index notification_created on notification (org_id, created_at, id) where deleted_at is null;
