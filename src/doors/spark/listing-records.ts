import { type Listing, mayEdit } from '../../domain/index.ts';
import type { Desk, SparkCaller } from './desk.ts';
import {
  listingUri,
  toCustomFields,
  toCustomFieldsExpanded,
  toCustomFieldsRaw,
  toPermissions,
  toRooms,
  toStandardFields,
} from './map/listing.ts';
import { LISTING_BLOCKS, type ListingBlockName, loadDocumentCounts } from './map/listing-blocks.ts';
import { readExpand } from './paging.ts';
import { STANDARD_FIELD_NAMES } from './standard-fields.ts';

/** Where a record is shown: in a list, or alone. Sites show other notices beside each. */
export type View = 'Summary' | 'Detail';
type Query = { readonly _select?: string; readonly _expand?: string };
export type ListingRecord = { readonly Id: string } & Readonly<Record<string, unknown>>;

const BLOCK_NAMES = Object.keys(LISTING_BLOCKS) as ListingBlockName[];
/** Names in `_select`; commas inside quotes belong to a custom field's name. */
const selected = (text: string): ReadonlySet<string> =>
  new Set((text.match(/(?:"[^"]*"|[^,"])+/g) ?? []).map((name) => name.trim()).filter((name) => name !== ''));

/** What is wanted of each record. A block that is selected is expanded too; one that is expanded needs no selecting. */
type Wanted = {
  readonly expand: ReadonlySet<string>;
  /** undefined: everything */
  readonly select: ReadonlySet<string> | undefined;
  readonly standard: (name: string) => boolean;
  readonly member: (name: string) => boolean;
};

function wantedOf({ _select, _expand }: Query): Wanted {
  const select = _select === undefined ? undefined : selected(_select);
  const expand = new Set([...readExpand({ ...(_expand === undefined ? {} : { _expand }) }), ...(select ?? [])]);
  return {
    expand,
    select,
    standard: (name) => !select || select.has(name) || select.has('StandardFields'),
    member: (name) => !select || select.has(name) || expand.has(name),
  };
}

const CUSTOM_NAME = /^"([^"]+)"\."([^"]+)"$/;

/** Custom fields that `_select` names one by one. */
function chosenCustomFields(row: Listing, select: ReadonlySet<string> | undefined) {
  const names = [...(select ?? [])].flatMap((name) => {
    const [, group, label] = CUSTOM_NAME.exec(name) ?? [];
    return group === undefined ? [] : [[group, label] as const];
  });
  const all = toCustomFieldsExpanded(row).filter(({ Group, Field }) =>
    names.some(([group, label]) => group === Group && label === Field),
  );
  const groups = Map.groupBy(all, ({ Group }) => Group);
  const shown = [...groups].map(([group, fields]) => ({ [group]: fields.map(({ Field, Value }) => ({ [Field]: Value })) }));
  return shown.length > 0 ? [{ Main: shown }] : [];
}

const NONE = new Map<never, never>();
const ASKED_OF_MEMBERS = STANDARD_FIELD_NAMES.filter((name) => name === 'MlsId' || /^(Co)?(List|Buyer)(Agent|Office)/.test(name));

/** What the rows of a page need from other tables: one statement, and one for the documents, and only if their members are wanted. */
async function loadBesides(desk: Desk, caller: SparkCaller, rows: readonly Listing[], { standard, member }: Wanted) {
  const wants = (...names: readonly string[]) => rows.length > 0 && names.some(standard);
  const [besides, documents] = await Promise.all([
    desk.domain.properties.besides(caller.actor, rows, {
      parties: wants(...ASKED_OF_MEMBERS),
      tours: wants('VirtualTourURLBranded', 'VirtualTourURLUnbranded'),
      site: member('DisplayCompliance'),
    }),
    wants('DocumentsCount') ? loadDocumentCounts(desk, caller, rows) : NONE,
  ]);
  return { ...besides, documents };
}

type Besides = Awaited<ReturnType<typeof loadBesides>>;

async function loadBlocks(desk: Desk, caller: SparkCaller, rows: readonly Listing[], { expand }: Wanted) {
  const names = BLOCK_NAMES.filter((name) => expand.has(name));
  const loaded = await Promise.all(
    names.map(async (name) => (rows.length > 0 ? LISTING_BLOCKS[name].load(desk, caller, rows) : NONE)),
  );
  return names.map((name, i) => ({ name, inside: LISTING_BLOCKS[name].inside, of: loaded[i] ?? NONE }));
}

const logo = (uri: string | undefined) => (uri ? { LogoUri: uri, Type: 'Image' } : undefined);

/** How a site has to show the listing; logos are the brokerage's. */
function complianceOf(site: Besides['site'], view: View) {
  const [large, small] = [logo(site.logo), logo(site.smallLogo)];
  return { View: view, ...(large ? { IDXLogo: large } : {}), ...(small ? { IDXLogoSmall: small } : {}) };
}

type Block = Awaited<ReturnType<typeof loadBlocks>>[number];
const blocksOf = (row: Listing, blocks: readonly Block[], place: Block['inside']) =>
  Object.fromEntries(blocks.filter(({ inside }) => inside === place).map(({ name, of }) => [name, of.get(row.id) ?? []]));

function customFieldsOf(row: Listing, { expand, select, member }: Wanted) {
  const CustomFields = expand.has('CustomFields') ? toCustomFields(row) : chosenCustomFields(row, select);
  return {
    ...(member('CustomFields') || CustomFields.length > 0 ? { CustomFields } : {}),
    ...(expand.has('CustomFieldsExpanded') ? { CustomFieldsExpanded: toCustomFieldsExpanded(row) } : {}),
    ...(expand.has('CustomFieldsRaw') ? { CustomFieldsRaw: toCustomFieldsRaw(row) } : {}),
  };
}

/** Records of a page of listings (contracts/spark.md §10.2). Id, ResourceUri and StandardFields are always there. */
export async function listingRecords(
  desk: Desk,
  caller: SparkCaller,
  rows: readonly Listing[],
  query: Query,
  view: View,
): Promise<ListingRecord[]> {
  const wanted = wantedOf(query);
  const { expand, standard, member } = wanted;
  const [besides, blocks, managed] = await Promise.all([
    loadBesides(desk, caller, rows, wanted),
    loadBlocks(desk, caller, rows, wanted),
    expand.has('Permissions') ? desk.domain.properties.managedOffices(caller.actor) : new Set<number>(),
  ]);
  const isEditable = (row: Listing) =>
    caller.role === 'private' && mayEdit(caller.actor, row, managed.has(row.list_office_id ?? 0));
  return rows.map((row) => ({
    ResourceUri: listingUri(row.reso_key),
    Id: row.reso_key,
    StandardFields: {
      ...Object.fromEntries(Object.entries(toStandardFields(row, caller.role, besides)).filter(([name]) => standard(name))),
      ...(expand.has('Rooms') ? { Rooms: toRooms(row) } : {}),
      ...blocksOf(row, blocks, 'StandardFields'),
    },
    ...customFieldsOf(row, wanted),
    ...(member('DisplayCompliance') ? { DisplayCompliance: complianceOf(besides.site, view) } : {}),
    ...blocksOf(row, blocks, 'record'),
    ...(expand.has('Permissions') ? { Permissions: toPermissions(row, isEditable(row)) } : {}),
  }));
}
