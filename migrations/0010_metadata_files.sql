-- Documents that applications keep on records and by themselves, files that are held until a record takes them, identity checks, and
-- what Reapit's door reads of documents and images (domain model, 1.10.3 and 2.9; 3.4, 6.1 and 6.2 of its second part).

-- ---------------------------------------------------------------- documents of applications
create sequence metadata_id_seq;
create table metadata (
  org_id bigint not null references organisation (id),
  id bigint not null default nextval('metadata_id_seq'),
  client_id text not null references client_app (client_id),
  -- contact, property …, or a word of the application's own
  entity_type text collate "C" not null,
  -- the code of the record, or what the application calls it
  entity_id text collate "C" not null,
  -- json and not jsonb: it goes back with its members in the order in which they came
  document json not null,
  -- the same, made for being asked about: names and texts in lower case, moments in UTC (src/kernel/json-search.ts)
  search jsonb not null,
  version bigint not null default 1,
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now(),
  deleted_at timestamptz(3),
  created_by bigint,
  created_door text not null,
  primary key (org_id, id)
);
-- Ids are the same in capitals and small letters.
create unique index metadata_key on metadata (org_id, client_id, lower(entity_type), lower(entity_id)) where deleted_at is null;
-- Lists in the order of ids, and the way from a record to its document and back.
create index metadata_entity on metadata (org_id, client_id, entity_type, entity_id) where deleted_at is null;
-- The tree begins with organisation and application, so every entry of the index is one application's at one customer.
create index metadata_search on metadata using gin (search jsonb_path_ops) where deleted_at is null;

create sequence metadata_schema_id_seq;
create table metadata_schema (
  org_id bigint not null references organisation (id),
  id bigint not null default nextval('metadata_schema_id_seq'),
  client_id text not null references client_app (client_id),
  entity_type text collate "C" not null,
  -- JSON Schema, as it was sent
  schema text not null,
  version bigint not null default 1,
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now(),
  deleted_at timestamptz(3),
  created_by bigint,
  created_door text not null,
  primary key (org_id, id)
);
create unique index metadata_schema_key on metadata_schema (org_id, client_id, lower(entity_type)) where deleted_at is null;

-- ---------------------------------------------------------------- files that wait for their record
-- One row an address that was given out: bytes may be sent to it until it expires, and one record may take them.
create table upload (
  org_id bigint not null references organisation (id),
  uuid uuid not null,
  client_id text not null references client_app (client_id),
  purpose text not null check (purpose in ('documents', 'propertyImages', 'identityChecks')),
  blob_id bigint,
  expires_at timestamptz(3) not null,
  used_at timestamptz(3),
  created_at timestamptz(3) not null,
  primary key (org_id, uuid),
  foreign key (org_id, blob_id) references blob (org_id, id)
);
-- The address is all that a sender has.
create unique index upload_uuid on upload (uuid);
create index upload_blob on upload (org_id, blob_id) where blob_id is not null;
create index upload_created on upload (created_at);

-- ---------------------------------------------------------------- documents
-- The code of the option list documentTypes; codes never change, and lists filter by it.
alter table document drop column type_id;
alter table document add column type_code text;
-- What a document is about is shown and asked for by its code; codes never change.
update document d set subject_code = p.code from property p
where d.subject_type = 'property' and p.org_id = d.org_id and p.id = d.subject_id and d.subject_code is null;
update document d set subject_code = c.code from contact c
where d.subject_type = 'contact' and c.org_id = d.org_id and c.id = d.subject_id and d.subject_code is null;
create index document_subject_code on document (org_id, lower(subject_code), subject_type) where deleted_at is null and subject_code is not null;
create index document_type on document (org_id, lower(type_code), id) where deleted_at is null and type_code is not null;
create index document_created on document (org_id, created_at, id) where deleted_at is null;
create index document_updated on document (org_id, updated_at, id) where deleted_at is null;

-- A deal that is linked to a property shows the property's documents in one folder of their own.
create unique index folder_property on folder (org_id, property_id, deal_id) where deleted_at is null and property_id is not null;

-- ---------------------------------------------------------------- images
-- Codes of images hold small letters (`OXF190347_01.jpg`) and are compared without case.
create unique index media_code on media (org_id, lower(code));
create index media_created on media (org_id, created_at, id) where deleted_at is null;
create index media_updated on media (org_id, updated_at, id) where deleted_at is null;
create index media_position on media (org_id, position, id) where deleted_at is null;
create index media_kind on media (org_id, kind, id) where deleted_at is null;

-- ---------------------------------------------------------------- identity checks
create sequence identity_check_id_seq;
create table identity_check (
  org_id bigint not null references organisation (id),
  id bigint not null default nextval('identity_check_id_seq'),
  code text not null,
  -- whom it is about: a contact or a company
  contact_kind text not null default 'contact' check (contact_kind in ('contact', 'company')),
  contact_id bigint not null,
  check_date date not null,
  status text not null check (status in ('pass', 'fail', 'pending', 'cancelled', 'warnings', 'unchecked')),
  member_id bigint,
  -- what was shown: type, expiry, details, and the code of the document that holds its picture
  document1 jsonb,
  document2 jsonb,
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
create index identity_check_contact on identity_check (org_id, contact_id, contact_kind, check_date, id) where deleted_at is null;
create index identity_check_member on identity_check (org_id, member_id, id) where deleted_at is null and member_id is not null;
create index identity_check_status on identity_check (org_id, status, id) where deleted_at is null;
create index identity_check_date on identity_check (org_id, check_date, id) where deleted_at is null;
create index identity_check_created on identity_check (org_id, created_at, id) where deleted_at is null;
create index identity_check_updated on identity_check (org_id, updated_at, id) where deleted_at is null;
