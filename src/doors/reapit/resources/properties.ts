import type { Row } from '../../../kernel/record.ts';
import { among, anyOf, containsAny, equal, not, words } from '../../../wire/resource/conditions.ts';
import { column, computed, extra, type Mappings, members } from '../../../wire/resource/mapping.ts';
import { isEmpty, valueAt } from '../../../wire/resource/spec.ts';
import { declare } from '../desk.ts';
import { archiveFields } from '../map/archive.ts';
import { otherDimensions } from '../map/dimensions.ts';
import { epcRatings } from '../map/epc.ts';
import { pictureUrl } from '../map/picture-url.ts';
import { inAnyCurrency, priceFrom, priceTo } from '../map/price-currency.ts';
import { propertyAddress } from '../map/property-address.ts';
import { withDerived } from '../map/property-derived.ts';
import { rentFrom, rentTo } from '../map/rent.ts';
import { situationIs } from '../map/situation.ts';
import { checkVideos, videoFields } from '../map/videos.ts';

const COMPANY = { noun: 'company' } as const;
const sells = ({ marketing_mode }: Row) => marketing_mode !== 'letting';
const lets = ({ marketing_mode }: Row) => marketing_mode !== 'selling';
/** A change that brings the missing object puts the property on that side of the market too (domain-property §3.3). */
const joins = (isThere: (row: Row) => boolean) => (row: Row) =>
  row.id === 0 || isThere(row) ? {} : { marketing_mode: 'sellingAndLetting' };

const selling: Mappings = {
  price: column('sale_price'),
  status: column('sale_status'),
  instructed: column('sale_list_date'),
  completed: column('close_date'),
  exchanged: column('contract_date'),
  exchangedPrice: column('close_price'),
  agreementExpiry: column('expiration_date'),
  brochureId: column('sale_brochure_id'),
  vendorId: computed({ read: ({ vendor_code }) => vendor_code }),
  sellingAgency: extra(),
  // Written under the one name, read under the other (contracts/reapit.md §4.1).
  agency: computed({ read: (row) => valueAt(row, 'extras.reapit.selling.sellingAgency') }),
  agencyId: extra(COMPANY),
};

/** The same facts as the group `utilities`, in one level. */
const utilities: Mappings = {
  hasGas: extra(undefined, 'utilities.gas.hasGas'),
  gasCompanyId: extra(COMPANY, 'utilities.gas.gasCompanyId'),
  gasMeterPoint: extra(undefined, 'utilities.gas.gasMeterPoint'),
  electricityCompanyId: extra(COMPANY, 'utilities.electricity.electricityCompanyId'),
  electricityMeterPoint: extra(undefined, 'utilities.electricity.electricityMeterPoint'),
  waterCompanyId: extra(COMPANY, 'utilities.water.waterCompanyId'),
  waterMeterPoint: extra(undefined, 'utilities.water.waterMeterPoint'),
  internetCompanyId: extra(COMPANY, 'utilities.internet.internetCompanyId'),
  telephoneCompanyId: extra(COMPANY, 'utilities.telephoneCompanyId'),
  cableTvCompanyId: extra(COMPANY, 'utilities.cableTvCompanyId'),
};

const letting: Mappings = {
  rent: column('rent'),
  rentFrequency: column('rent_frequency'),
  status: column('let_status'),
  instructed: column('let_list_date'),
  availableFrom: column('available_from'),
  agentRole: column('agent_role'),
  landlordId: column('landlord_id'),
  brochureId: column('let_brochure_id'),
  propertyManagerId: computed({ read: ({ manager_code }) => manager_code }),
  rentInsurance: members({ cancelledReasonId: extra({ list: 'rentInsuranceCancellationReasons' }) }),
  utilities: members(utilities),
};

type Room = { readonly name?: string | null; readonly dimensions?: string | null; readonly description?: string | null };

const fields = (base: string): Mappings => ({
  ...videoFields,
  address: propertyAddress,
  strapline: column('headline'),
  description: column('public_remarks'),
  negotiatorId: column('list_member_id'),
  internetAdvertising: column('published'),
  type: column('types'),
  style: column('styles'),
  situation: column('situations'),
  age: column('ages'),
  locality: column('localities'),
  bathrooms: computed<number | null>({
    columns: ['bathrooms_total'],
    read: ({ bathrooms_total }) => (typeof bathrooms_total === 'number' ? Math.ceil(bathrooms_total) : null),
    write: (count) => ({
      bathrooms_total: count,
      bathrooms_full: count,
      bathrooms_half: null,
      bathrooms_three_quarter: null,
    }),
  }),
  internalArea: members({
    type: column('living_area_unit'),
    min: column('living_area_min'),
    max: column('living_area_max'),
  }),
  externalArea: members({ type: column('lot_unit'), min: column('lot_min'), max: column('lot_max') }),
  localAuthorityCompanyName: computed({ read: ({ local_authority }) => local_authority }),
  epc: members(epcRatings),
  rooms: computed<readonly Room[]>({
    columns: ['rooms'],
    read: ({ rooms }) =>
      ((rooms ?? []) as readonly Room[]).map((room) => ({ ...room, dimensionsAlt: otherDimensions(room.dimensions) })),
    write: (rooms) => ({
      rooms: rooms.map(({ name = null, dimensions = null, description = null }) => ({ name, dimensions, description })),
    }),
  }),
  featuredImageUrl: computed({
    read: ({ photo_key }) => (typeof photo_key === 'string' ? pictureUrl(base, photo_key) : null),
  }),
  boardStatus: extra({ list: 'boardStatuses' }),
  availableServicesIds: extra({ list: 'propertyServiceTypes' }),
  selling: members(selling, sells, joins(sells)),
  letting: members(letting, lets, joins(lets)),
  regional: members({ ggy: members({ market: column('markets') }, ({ markets }) => !isEmpty(markets)) }),
});

/** `false` is what is not `true`: whoever never said anything of it is among them. */
const flag =
  (name: string) =>
  ([value]: readonly boolean[]) =>
    value ? equal(name, true) : not(equal(name, true));

export const properties = declare('properties', ({ domain, base }) => ({
  source: inAnyCurrency(domain, domain.records.property),
  fields: { ...fields(base), ...archiveFields(domain.now) },
  filters: {
    address: ([text = '']: readonly string[]) => words('address_text', text),
    agentRole: (values: readonly string[]) => containsAny('agent_role', values),
    countryId: ([code = '']: readonly string[]) => equal('country', code),
    internetAdvertising: flag('published'),
    isExternal: flag('is_external'),
    // Of one side are those of both, too (contracts/reapit.md §4.3).
    marketingMode: (values: readonly string[]) =>
      anyOf(...values.map((mode) => among('marketing_mode', [...new Set([mode, 'sellingAndLetting'])]))),
    masterId: (values: readonly string[]) => among('master_id', values),
    priceFrom,
    priceTo,
    rentFrom: rentFrom('rent_monthly'),
    rentTo: rentTo('rent_monthly'),
    situation: situationIs,
  },
  sorts: {
    address: ['address_sort'],
    negotiatorId: ['list_member_code'],
    officeId: ['list_office_code'],
    price: ['sale_price'],
    rent: ['rent_monthly'],
  },
  links: {
    vendor: 'selling.vendorId',
    landlord: 'letting.landlordId',
    sellingBrochure: 'selling.brochureId',
    lettingBrochure: 'letting.brochureId',
    boardStatus: 'boardStatus',
    ruralTenure: 'rural.tenureId',
    portalType: 'disabledPortalIds',
    gasCompany: 'letting.utilities.gasCompanyId',
    electricityCompany: 'letting.utilities.electricityCompanyId',
    waterCompany: 'letting.utilities.waterCompanyId',
    internetCompany: 'letting.utilities.internetCompanyId',
    telephoneCompany: 'letting.utilities.telephoneCompanyId',
    cableTvCompany: 'letting.utilities.cableTvCompanyId',
    propertyManager: 'letting.propertyManagerId',
    managementCompanies: 'letting.managementCompanyIds',
    availableServices: 'availableServicesIds',
  },
  embeds: {
    certificates: '/properties/{id}/certificates',
    keys: '/properties/{id}/keys',
    tenancies: '/tenancies/?propertyId={id}',
  },
  attach: withDerived(domain),
  check: (model) => [...checkVideos(model), ...checkAgency(model)],
}));

/** The rule of the data file, over a kind of agency that stands already: it is shown under another name than it is written. */
function checkAgency(model: Readonly<Record<string, unknown>>) {
  if (valueAt(model, 'selling.sellingAgency') !== undefined) return [];
  if (isEmpty(valueAt(model, 'selling.agency')) || isEmpty(valueAt(model, 'selling.agencyId'))) return [];
  return [
    {
      in: 'body',
      at: 'selling.agencyId',
      reason: 'value',
      message: 'Agency id may only be provided when there is no selling agency',
    } as const,
  ];
}
