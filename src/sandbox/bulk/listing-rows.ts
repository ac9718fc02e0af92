import { createHash } from 'node:crypto';
import { columnsOfNew, type NewProperty, type OutsideParties, type PropertyValues } from '../../domain/index.ts';
import { codeOfMember, OFFICE_CODES } from '../data/staff.ts';
import type { PaperName } from '../papers.ts';
import type { PictureName } from '../pictures.ts';
import type { Person, Stage } from '../stage.ts';
import { blobOf } from '../story/papers-kept.ts';
import { eventRow } from './event-rows.ts';
import type { Row } from './insert-rows.ts';

export type PicturePlan = {
  readonly kind: 'photograph' | 'floorPlan';
  readonly picture: PictureName;
  readonly caption: string | null;
};
export type LinkPlan = {
  readonly kind: 'video' | 'tour';
  readonly link: string;
  readonly caption: string | null;
  readonly branded: boolean;
};
export type PaperPlan = { readonly paper: PaperName; readonly name: string; readonly audience: 'public' | 'office' | 'private' };
export type OpenHousePlan = {
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly comments: string | null;
  readonly audience?: 'public' | 'broker';
};
export type PeriodPlan = { readonly status: string; readonly startsOn: string; readonly endsOn: string };

/** What hangs on a listing. */
export type ListingParts = {
  readonly pictures?: readonly PicturePlan[];
  readonly links?: readonly LinkPlan[];
  readonly papers?: readonly PaperPlan[];
  readonly openHouses?: readonly OpenHousePlan[];
  readonly periods?: readonly PeriodPlan[];
};

/** Columns of a property, with what JSON holds as it is. */
export type ListingValues = Omit<NewProperty, 'mls_id' | 'rooms' | 'extras' | 'agents'> & {
  readonly rooms?: readonly object[];
  readonly extras?: { readonly spark?: object; readonly reapit?: object };
  readonly agents?: OutsideParties;
};

/** Every column that a listing of the story may fill: rows of one statement have the same ones. */
const BLANK = {
  street_number: null,
  street_dir_prefix: null,
  street_name: null,
  street_suffix: null,
  unit_number: null,
  city: null,
  postal_code: null,
  county: null,
  state_or_province: null,
  country: 'US',
  area_id: null,
  latitude: null,
  longitude: null,
  subdivision: null,
  mls_area_minor: null,
  school_district: null,
  property_class: 'residential',
  property_sub_type: null,
  styles: [],
  situations: [],
  ages: [],
  localities: [],
  special_features: [],
  bedrooms: null,
  receptions: null,
  total_floors: null,
  bathrooms_total: null,
  bathrooms_full: null,
  bathrooms_half: null,
  bathrooms_three_quarter: null,
  living_area_min: null,
  living_area_max: null,
  living_area_unit: null,
  lot_min: null,
  lot_max: null,
  lot_unit: null,
  year_built: null,
  parking_spaces: null,
  basement: null,
  rooms: [],
  marketing_mode: 'selling',
  sale_status: null,
  let_status: null,
  standard_status: null,
  mls_status: null,
  sale_price: null,
  rent: null,
  rent_frequency: null,
  original_list_price: null,
  previous_list_price: null,
  close_price: null,
  close_date: null,
  sale_list_date: null,
  let_list_date: null,
  expiration_date: null,
  contract_date: null,
  contingent_date: null,
  pending_date: null,
  withdraw_date: null,
  cancel_date: null,
  available_from: null,
  list_member_id: null,
  co_list_member_id: null,
  buyer_member_id: null,
  list_office_id: null,
  co_list_office_id: null,
  office_ids: [],
  agents: {},
  published: null,
  is_external: null,
  headline: null,
  public_remarks: null,
  hoa_fee: null,
  archived_at: null,
  price_changed_at: null,
  status_changed_at: null,
  extras: {},
} satisfies ListingValues;

/** A listing that somebody enters at some moment, with all that hangs on it. */
export type ListingPlan = {
  readonly id: number;
  readonly by: Person;
  readonly at: Date;
  /** of its last change; absent: none since */
  readonly changedAt?: Date;
  readonly values: ListingValues;
  readonly parts: ListingParts;
};

/** Rows by table, in the order in which tables refer to each other. */
export type ListingRows = Record<
  'property' | 'vendor' | 'media' | 'document' | 'document_version' | 'open_house' | 'property_part' | 'event',
  Row[]
>;
export const noListingRows = (): ListingRows => ({
  property: [],
  vendor: [],
  media: [],
  document: [],
  document_version: [],
  open_house: [],
  property_part: [],
  event: [],
});

/** The organisation's own MLS, and the department of what it sells unless told otherwise. */
const MLS = 1;
const DEPARTMENT = 1;

/** Elsewhere chance makes these; here they have to be the same with each telling. */
export const publicKeyOf = (orgId: number, mediumId: number) =>
  createHash('sha256').update(`sandbox picture ${orgId} ${mediumId}`).digest('hex').slice(0, 32);

export type Blobs = ReadonlyMap<PictureName, number>;
type Of = {
  readonly id: number;
  readonly code: string;
  readonly by: Person;
  readonly at: Date;
  /** what hangs on it already, behind which the rest comes */
  readonly standing?: { readonly media: number; readonly pictures: number };
};

/** The rows that the services leave for the parts of a listing (test/sandbox/listings.test.ts compares). */
export async function addPartRows(
  stage: Stage,
  blobs: Blobs,
  listing: Of,
  parts: ListingParts,
  rows: ListingRows,
): Promise<void> {
  const { orgId } = stage;
  const { id: property_id, code, by, at, standing = { media: 0, pictures: 0 } } = listing;
  const made = { created_at: at, updated_at: at, created_by: by.userId, created_door: 'portico' };
  const log = (noun: string, row_id: number, row_name: string | null, changed: unknown) =>
    rows.event.push(eventRow(orgId, by, at, { noun, row_id, row_name, verb: 'created', changed, property_id }));
  const places = new Map<string, number>([['picture', standing.pictures]]);
  const next = (kind: string) => {
    const place = (places.get(kind) ?? 0) + 1;
    places.set(kind, place);
    return place;
  };
  let number = standing.media;
  const numbered = (extension: string) => `${code}_${String(++number).padStart(2, '0')}${extension}`;

  for (const { kind, picture, caption } of parts.pictures ?? []) {
    const id = stage.nextId('media');
    const medium = {
      org_id: orgId,
      id,
      code: numbered('.png'),
      reso_key: stage.mintResoKey(at),
      property_id,
      kind,
      position: next('picture'),
      caption,
      file_name: `${picture}.png`,
      blob_id: blobs.get(picture),
      public_key: publicKeyOf(orgId, id),
      link: null,
      branded: null,
      ...made,
    };
    rows.media.push(medium);
    log('media', id, caption ?? medium.file_name, medium);
  }
  for (const { kind, link, caption, branded } of parts.links ?? []) {
    const id = stage.nextId('media');
    const medium = {
      org_id: orgId,
      id,
      code: numbered(''),
      reso_key: stage.mintResoKey(at),
      property_id,
      kind,
      position: next(kind),
      caption,
      file_name: null,
      blob_id: null,
      public_key: null,
      link,
      branded,
      ...made,
    };
    rows.media.push(medium);
    log('media', id, caption ?? medium.code, medium);
  }
  for (const { paper, name, audience } of parts.papers ?? []) {
    const id = stage.nextId('document');
    const document = {
      org_id: orgId,
      id,
      code: await stage.codes.mint(orgId, 'document', by.officeId, at, 11),
      reso_key: stage.mintResoKey(at),
      name,
      subject_type: 'property',
      subject_id: property_id,
      subject_code: code,
      audience,
      added_by: by.memberId,
      ...made,
    };
    rows.document.push(document);
    rows.document_version.push({
      org_id: orgId,
      document_id: id,
      n: 1,
      blob_id: blobOf(stage, paper),
      file_name: name,
      added_by: by.memberId,
      created_at: at,
    });
    log('document', id, name, document);
  }
  for (const { startsAt, endsAt, comments, audience = 'public' } of parts.openHouses ?? []) {
    const id = stage.nextId('open_house');
    const house = {
      org_id: orgId,
      id,
      reso_key: stage.mintResoKey(at),
      property_id,
      starts_at: startsAt,
      ends_at: endsAt,
      comments,
      audience,
      ...made,
    };
    rows.open_house.push(house);
    log('open_house', id, comments, house);
  }
  for (const { status, startsOn, endsOn } of parts.periods ?? []) {
    const id = stage.nextId('property_part');
    const period = {
      org_id: orgId,
      id,
      reso_key: stage.mintResoKey(at),
      property_id,
      kind: 'rentalPeriod',
      status,
      starts_on: startsOn,
      ends_on: endsOn,
      ...made,
    };
    rows.property_part.push(period);
    log('rental_period', id, status, period);
  }
}

/** The same for a whole listing. */
export async function addListingRows(stage: Stage, blobs: Blobs, plan: ListingPlan, rows: ListingRows): Promise<void> {
  const { id, by, at, parts, values } = plan;
  const { orgId } = stage;
  const code = await stage.codes.mint(orgId, 'property', by.officeId, at, 9);
  const property = {
    ...BLANK,
    ...values,
    ...columnsOfNew({ ...BLANK, ...values } as PropertyValues, at),
    department_id: DEPARTMENT,
    list_member_code: codeOfMember(values.list_member_id),
    list_office_code: values.list_office_id ? (OFFICE_CODES.get(values.list_office_id) ?? null) : null,
    org_id: orgId,
    id,
    code,
    reso_key: stage.mintResoKey(at),
    mls_id: MLS,
    listing_number: values.listing_number ?? code,
    created_at: at,
    updated_at: plan.changedAt ?? at,
    created_by: by.userId,
    created_door: 'portico',
    photos_changed_at: parts.pictures || parts.links ? at : null,
    open_house_changed_at: parts.openHouses ? at : null,
  };
  rows.property.push(property);
  const row_name = property.first_line ?? null;
  rows.event.push(
    eventRow(orgId, by, at, { noun: 'property', row_id: id, row_name, verb: 'created', changed: property, property_id: id }),
  );
  if (values.marketing_mode !== 'letting' && values.is_external !== true) {
    const made = { created_at: at, updated_at: at, created_by: by.userId, created_door: 'portico' };
    const vendor = { org_id: orgId, id, code, property_id: id, ...made };
    rows.vendor.push(vendor);
    rows.event.push(
      eventRow(orgId, by, at, { noun: 'vendor', row_id: id, row_name, verb: 'created', changed: vendor, property_id: id }),
    );
  }
  await addPartRows(stage, blobs, { id, code, by, at }, parts, rows);
}
