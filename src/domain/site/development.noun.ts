import { type Statement, statement } from '../../db/index.ts';
import { type Breach, conflict } from '../../kernel/fault.ts';
import { beginningOf } from '../../kernel/storable.ts';
import { keptFields } from '../kept-fields.ts';
import { dropPublicFiles } from '../public-file.ts';
import { boolean, type Columns, integer, noun, type RowOf, ref, text } from '../records/index.ts';
import { uniqueBreaches } from '../unique.ts';

/** `Harbour Lofts, 2nd phase` → `harbour-lofts-2nd-phase` */
export const slugOf = (name: string): string =>
  beginningOf(
    name
      .normalize('NFKD')
      .replaceAll(/\p{M}/gu, '')
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}]+/gu, '-')
      .replaceAll(/^-+|-+$/g, ''),
    200,
  ) || 'page';

const holders = (table: 'development' | 'development_category', column: 'name' | 'slug'): Statement<{ id: number }> =>
  statement(
    `${table}.of_${column}`,
    `select id from ${table} where org_id = $1 and lower(${column}) = $2 and deleted_at is null`,
  );
const DEVELOPMENTS = { name: holders('development', 'name'), slug: holders('development', 'slug') };
const CATEGORIES = holders('development_category', 'name');

const dropParts = statement<{ id: number }>(
  'development.drop_parts',
  `update development_part set deleted_at = $3, updated_at = $3, version = version + 1
   where org_id = $1 and development_id = $2 and deleted_at is null returning id`,
);
/** Kinds of parts whose rows have files. */
const WITH_FILES = ['development_floor_plan', 'development_listing_sheet', 'development_picture'];
const dropLinks = statement<never>(
  'development_category.drop_links',
  `update development_part set deleted_at = $3, updated_at = $3, version = version + 1
   where org_id = $1 and category_id = $2 and deleted_at is null`,
);

/** A page about many places: no price, status or number of its own (domain-property §3.6). */
export const developmentNoun = noun({
  name: 'development',
  columns: {
    name: text({ required: true }),
    slug: text({ required: true }),
    status: text(),
    office_id: ref('office'),
    featured: boolean({ required: true }),
    published: boolean({ required: true }),
    position: integer(),
  },
  code: 'none',
  label: ({ name }) => name ?? '',
  offices: 'office_id',
  fields: keptFields('email'),
  collections: {
    categories: {
      from: `development_part c where c.org_id = t.org_id and c.development_id = t.id and c.kind = 'category' and c.deleted_at is null`,
      fields: { category_id: { sql: 'c.category_id', type: 'integer' } },
    },
  },
  derive: ({ name, slug }) => (slug === null || slug === '' ? { slug: slugOf(name ?? '') } : {}),
  async check({ tx, what, before, after }) {
    const asked = (at: 'name' | 'slug'): Promise<Breach[]> =>
      before?.[at] === after[at]
        ? Promise.resolve([])
        : uniqueBreaches(tx, what, { kind: `development-${at}`, at, value: after[at], id: after.id, holders: DEVELOPMENTS[at] });
    const names = await asked('name');
    return names.length > 0 ? names : asked('slug');
  },
  async removed({ tx, what, row }) {
    const parts = await tx.rows(dropParts, [what.actor.orgId, row.id, what.at]);
    await dropPublicFiles(
      tx,
      what,
      WITH_FILES,
      parts.map(({ id }) => id),
    );
  },
});

export const developmentCategoryNoun = noun({
  name: 'development_category',
  columns: { name: text({ required: true }), slug: text(), position: integer() },
  code: 'none',
  label: ({ name }) => name ?? '',
  derive: ({ name, slug }) => (slug === null || slug === '' ? { slug: slugOf(name ?? '') } : {}),
  check: ({ tx, what, before, after }) =>
    before?.name === after.name
      ? undefined
      : uniqueBreaches(tx, what, {
          kind: 'development-category',
          at: 'name',
          value: after.name,
          id: after.id,
          holders: CATEGORIES,
        }),
  async removed({ tx, what, row }) {
    await tx.rows(dropLinks, [what.actor.orgId, row.id, what.at]);
  },
});

const COLUMNS = {
  development_id: ref('development'),
  kind: text({ required: true }),
  position: integer(),
  is_primary: boolean(),
  member_id: ref('member'),
  category_id: ref('development_category'),
};
type Part = RowOf<typeof COLUMNS>;

const twice: Readonly<
  Record<
    string,
    { readonly query: Statement<{ id: number }>; readonly column: 'member_id' | 'category_id'; readonly text: string }
  >
> = {
  agent: {
    query: statement(
      'development_part.of_agent',
      `select id from development_part where org_id = $1 and development_id = $2 and kind = 'agent' and member_id = $3 and deleted_at is null`,
    ),
    column: 'member_id',
    text: 'Development agent agent must be unique',
  },
  category: {
    query: statement(
      'development_part.of_category',
      `select id from development_part where org_id = $1 and development_id = $2 and kind = 'category' and category_id = $3 and deleted_at is null`,
    ),
    column: 'category_id',
    text: 'Development category development category must be unique',
  },
};

const categoryNamed = statement<{ id: number }>(
  'development_category.named',
  'select id from development_category where org_id = $1 and lower(name) = lower($2) and deleted_at is null',
);

const CATEGORY_NAME =
  '(select c.name from development_category c where c.org_id = t.org_id and c.id = t.category_id and c.deleted_at is null)';

/** What a development's page shows besides: one table, by kind. */
const part = (kind: string) =>
  noun({
    name: `development_${kind}`,
    table: 'development_part',
    columns: COLUMNS,
    code: 'none',
    label: ({ extras }: RowOf<Columns>) =>
      String(extras.propertybase?.name ?? extras.propertybase?.title ?? kind.replace('_', ' ')),
    parent: 'development_id',
    shown: `t.kind = '${kind}'`,
    takes: ['category_name', 'files'],
    fields: { ...keptFields('name'), category_name: { sql: CATEGORY_NAME, type: 'text', caseless: true } },
    derive: () => ({ kind }),
    reads: {
      agent_name: `(select coalesce(m.display_name, trim(concat(m.first_name, ' ', m.last_name))) from member m
        where m.org_id = t.org_id and m.id = t.member_id and m.deleted_at is null)`,
      category_name: CATEGORY_NAME,
    },
    async settle({ tx, what, before, after, idOf, taken, other }) {
      const { orgId } = what.actor;
      let category = idOf('category_id');
      const wanted = taken.category_name;
      if (category === null && typeof wanted === 'string') {
        const [known] = await tx.rows(categoryNamed, [orgId, wanted]);
        category = known?.id ?? (await other('development_category').create({ name: wanted })).id;
      }
      const once = twice[kind];
      if (once) {
        const id = once.column === 'category_id' ? category : idOf(once.column);
        const found = await tx.rows(once.query, [orgId, idOf('development_id'), id]);
        if (found.some((row) => row.id !== after.id)) throw conflict('development_part.twice', once.text);
      }
      return category === null || before?.category_id === String(category) ? {} : { category_id: category };
    },
  });
export type DevelopmentPart = Part;

export const DEVELOPMENT_PARTS = {
  developmentAddress: part('address'),
  developmentAgent: part('agent'),
  developmentAreaProfile: part('area_profile'),
  developmentCategoryLink: { ...part('category'), name: 'development_category_link' },
  developmentFloorPlan: part('floor_plan'),
  developmentListingSheet: part('listing_sheet'),
  developmentPicture: part('picture'),
  developmentPrice: part('price'),
};
