-- Mails: where each stands, what its link ends, and who wants none.
alter table mail add column status text not null default 'waiting' check (status in ('waiting', 'sent', 'failed', 'dropped'));
-- Not before; while somebody sends it, when another may try.
alter table mail add column next_at timestamptz(3) not null default now();
alter table mail add column is_html boolean not null default false;
-- Whom an answer goes to; the brokerage, unless somebody wrote it.
alter table mail add column reply_to text;
-- What the link at its foot ends, besides all mails of the brokerage.
alter table mail add column list_kind text check (list_kind in ('saved_search', 'market_report'));
alter table mail add column list_id bigint;
update mail set status = case when sent_at is not null then 'sent' when attempts >= 8 then 'failed' else 'waiting' end;
drop index mail_waiting;
create index mail_waiting on mail (next_at) where status = 'waiting';

-- Addresses that are no lead's and want no mail of a kind.
create table mail_refusal (
  org_id bigint not null references organisation (id),
  address_key text not null check (address_key = lower(address_key)),
  kind text not null,
  created_at timestamptz(3) not null default now(),
  primary key (org_id, address_key, kind)
);

-- A recipient has a message by mail once the mail is out.
alter table message_recipient add column mail_id bigint;

-- When alerts were last looked for: a mail is sent only when there is something to tell.
alter table saved_search_contact add column looked_at timestamptz(3);

-- ---------------------------------------------------------------- what visitors do
-- Inquiries and showings keep what the listing was like, as views do.
alter table enquiry add column property_copy jsonb;
alter table appointment add column listing_number text;
alter table appointment add column mls_name text;
alter table appointment add column property_address text;
alter table appointment add column property_copy jsonb;
update appointment set listing_number = extras -> 'propertybase' ->> 'mls_id', mls_name = extras -> 'propertybase' ->> 'mls_name',
  property_address = extras -> 'propertybase' ->> 'property_address',
  extras = extras #- '{propertybase,mls_id}' #- '{propertybase,mls_name}' #- '{propertybase,property_address}'
  where extras -> 'propertybase' ?| array['mls_id', 'mls_name', 'property_address'];

-- Rows that wait for a listing, by what they know of it.
create index listing_cart_item_waiting on listing_cart_item (org_id, lower(mls_name), lower(listing_number)) where property_id is null and listing_number is not null and deleted_at is null;
create index note_waiting on note (org_id, lower(mls_name), lower(listing_number)) where property_id is null and listing_number is not null and deleted_at is null;
create index enquiry_waiting on enquiry (org_id, lower(mls_name), lower(listing_number)) where property_ids = '{}' and listing_number is not null and deleted_at is null;
create index appointment_waiting on appointment (org_id, lower(mls_name), lower(listing_number)) where property_id is null and listing_number is not null and deleted_at is null;

-- Leads that were deleted, for whoever asks for those.
create index contact_gone on contact (org_id, id) where deleted_at is not null or lead_deleted_at is not null;

-- ---------------------------------------------------------------- calls that name themselves
-- While a call runs its name is taken and has no answer yet; the events of its write are of this group.
alter table call_answer alter column status drop not null;
alter table call_answer alter column answer drop not null;
alter table call_answer add column group_uuid uuid;
