-- Files that a site shows under addresses which nobody can guess: photos of people and offices, plans and sheets of developments,
-- what visitors enclose to forms. A field of a row holds the key of its file; the file of a field that was written again has no row.
create sequence public_file_id_seq;
create table public_file (
  org_id bigint not null references organisation (id),
  id bigint not null default nextval('public_file_id_seq'),
  public_key text not null,
  blob_id bigint not null,
  file_name text,
  noun text not null,
  row_id bigint not null,
  field text not null,
  created_at timestamptz(3) not null default now(),
  primary key (org_id, id),
  foreign key (org_id, blob_id) references blob (org_id, id)
);
create unique index public_file_key on public_file (public_key);
create index public_file_row on public_file (org_id, noun, row_id);
create index public_file_blob on public_file (org_id, blob_id);

-- The key of the photo of a person or an office; from before there were files here, an address.
alter table member add column photo text;
alter table office add column photo text;
update office set photo = extras -> 'propertybase' ->> 'photo_url', extras = extras #- '{propertybase,photo_url}'
  where extras -> 'propertybase' ? 'photo_url';
update member set photo = extras -> 'propertybase' ->> 'photo_url', extras = extras #- '{propertybase,photo_url}'
  where extras -> 'propertybase' ? 'photo_url';
