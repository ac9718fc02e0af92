-- Lists whose totals and places the database keeps while rows are written, so that no writer can forget it (decision 11).
create table fenced_list (
  -- name and key column: 'contact.created_at'
  list text primary key,
  relation text not null,
  key text not null,
  -- SQL over a row: is it in the list, and in which of several (0 where an organisation has one)
  condition text not null,
  scope text not null
);

-- A row's place in a list as one number. Times before 1970 stand behind the first fence, whose key is 0.
create function fence_key(at timestamptz) returns bigint stable parallel safe language sql as $$
  select greatest(0, (extract(epoch from at) * 1000)::bigint)
$$;
create function fence_key(id bigint) returns bigint immutable parallel safe language sql as $$ select id $$;
create function fence_time(key bigint) returns timestamptz immutable parallel safe language sql as $$
  select case when key = 0 then '-infinity'::timestamptz else to_timestamp(key / 1000.0) end
$$;

-- Triggers that write what a statement changed of a relation's lists as deltas. What stays where it is leaves none.
create function count_rows_of(relation text) returns void language plpgsql as $$
declare
  lists text;
  -- r is a row of the statement
  counted text := 'select r.org_id, k.list, k.scope, k.key, %s as d from %s r cross join lateral (values %s) k (list, scope, key, counts) where k.counts';
  kept text := 'insert into list_fence_delta (org_id, list, scope, key, d)
    select org_id, list, scope, key, sum(d) from (%s) moved group by org_id, list, scope, key having sum(d) <> 0;';
begin
  select string_agg(format('(%L, (%s)::bigint, fence_key(%I), (%s))', list, scope, key, condition), ', ') into lists
  from fenced_list where fenced_list.relation = count_rows_of.relation;
  execute format($body$
    create or replace function %I() returns trigger language plpgsql as $trigger$
    begin
      if tg_op = 'INSERT' then %s
      elsif tg_op = 'DELETE' then %s
      else %s
      end if;
      return null;
    end $trigger$ $body$,
    'count_' || relation,
    format(kept, format(counted, '1', 'new_rows', lists)),
    format(kept, format(counted, '-1', 'old_rows', lists)),
    format(kept, format(counted, '1', 'new_rows', lists) || ' union all ' || format(counted, '-1', 'old_rows', lists)));
  execute format('create or replace trigger count_inserted after insert on %I referencing new table as new_rows
    for each statement execute function %I()', relation, 'count_' || relation);
  execute format('create or replace trigger count_deleted after delete on %I referencing old table as old_rows
    for each statement execute function %I()', relation, 'count_' || relation);
  execute format('create or replace trigger count_updated after update on %I referencing old table as old_rows new table as new_rows
    for each statement execute function %I()', relation, 'count_' || relation);
end $$;

-- Counts the rows of a relation's lists anew. Nobody else may write them meanwhile.
create function fill_fences(relation text) returns void language plpgsql as $$
declare
  kept fenced_list;
begin
  for kept in select * from fenced_list where fenced_list.relation = fill_fences.relation loop
    delete from list_fence where list = kept.list;
    delete from list_fence_delta where list = kept.list;
    -- Rows of one key stand behind one fence: they have one rank.
    execute format($fill$
      insert into list_fence (org_id, list, scope, lower_key, n)
      select org_id, %1$L, scope, case when block = 0 then 0 else min(key) end, count(*)
      from (select org_id, scope, key, (rank() over (partition by org_id, scope order by key) - 1) / 2048 as block
            from (select org_id, (%2$s)::bigint as scope, fence_key(%3$I) as key from %4$I where %5$s) keyed) ranked
      group by org_id, scope, block order by org_id, scope, block $fill$, kept.list, kept.scope, kept.key, kept.relation, kept.condition);
  end loop;
end $$;

insert into fenced_list (list, relation, key, condition, scope)
select name || '.' || key, relation, key, condition, scope
from (values
  ('profile_deal', 'profile_deal', 'deal_id, created_at, updated_at', 'true', 'profile_id'),
  ('contact_agent', 'contact_agent', 'contact_id, updated_at', 'true', 'member_id'),
  ('contact', 'contact', 'id, created_at, updated_at', 'deleted_at is null', '0'),
  ('contact.lead', 'contact', 'id, created_at, updated_at', 'deleted_at is null and lead_deleted_at is null', '0'),
  ('property', 'property', 'id, created_at, updated_at, listing_changed_at', 'deleted_at is null', '0'),
  ('property.listed', 'property', 'id, updated_at, listing_changed_at', 'deleted_at is null and listed', '0'),
  ('task', 'task', 'created_at, updated_at', 'deleted_at is null and assignee_kind is not null', '0'),
  ('media', 'media', 'created_at, updated_at', 'deleted_at is null and kind in (''photograph'', ''floorPlan'', ''epc'', ''map'')', '0')
) as declared (name, relation, keys, condition, scope), regexp_split_to_table(keys, ', ') as key
union all
select relation || '.' || key, relation, key, 'deleted_at is null', '0'
from unnest(array['applicant', 'appointment', 'company', 'conveyancing', 'document', 'enquiry', 'identity_check', 'invoice',
  'journal_entry', 'landlord', 'ledger_entry', 'offer', 'tenancy', 'vendor', 'works_order']) as relation,
  unnest(array['created_at', 'updated_at']) as key;

-- Totals are added up from the index alone.
alter table list_fence drop constraint list_fence_pkey, add primary key (org_id, list, scope, lower_key) include (n);

delete from list_fence;
delete from list_fence_delta;
select count_rows_of(relation), fill_fences(relation) from (select distinct relation from fenced_list) lists;
