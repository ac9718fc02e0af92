import { AGENCY_LISTS, type AgencyList } from './agency-lists.ts';
import type { Option } from './option.ts';

export type { Option } from './option.ts';

/** Lists that the house knows of itself; a brokerage's own rows take their place (domain-property §3.5). */
export type ListName = AgencyList | 'property_type' | 'property_sub_type' | 'standard_status' | 'mls_status' | 'rental_period';

const option = (code: string, name = code, reso_name: string | null = name, applies_to: readonly string[] = []): Option => ({
  code,
  name,
  reso_name,
  applies_to,
});
const status = (code: string, name: string, reso: string) => option(code, name, reso);

const HOMES = ['A', 'F'];

/** What holds for a list until a brokerage fills it: names of the RESO Data Dictionary, property types as MLSs code them. */
export const DEFAULT_LISTS: Readonly<Record<ListName, readonly Option[]>> = {
  property_type: [
    option('A', 'Residential', 'Residential'),
    option('B', 'Multi Family', 'Residential Income'),
    option('C', 'Land', 'Land'),
    option('D', 'Commercial', 'Commercial Sale'),
    option('E', 'Farm', 'Farm'),
    option('F', 'Rental', 'Residential Lease'),
  ],
  property_sub_type: [
    option('SFR', 'Single Family Residence', 'Single Family Residence', HOMES),
    option('CONDO', 'Condominium', 'Condominium', HOMES),
    option('TOWN', 'Townhouse', 'Townhouse', HOMES),
    option('APT', 'Apartment', 'Apartment', HOMES),
    option('COOP', 'Stock Cooperative', 'Stock Cooperative', HOMES),
    option('DUP', 'Duplex', 'Duplex', ['B']),
    option('TRI', 'Triplex', 'Triplex', ['B']),
    option('QUAD', 'Quadruplex', 'Quadruplex', ['B']),
    option('MULTI', 'Multi Family', 'Multi Family', ['B']),
    option('LAND', 'Unimproved Land', 'Unimproved Land', ['C']),
    option('PARK', 'Deeded Parking', 'Deeded Parking', ['A']),
    option('OFFICE', 'Office', 'Office', ['D']),
    option('RETAIL', 'Retail', 'Retail', ['D']),
    option('INDUST', 'Industrial', 'Industrial', ['D']),
    option('WARE', 'Warehouse', 'Warehouse', ['D']),
    option('MIXED', 'Mixed Use', 'Mixed Use', ['D']),
    option('HOTEL', 'Hotel/Motel', 'Hotel/Motel', ['D']),
    option('BUSI', 'Business', 'Business', ['D']),
    option('FARM', 'Farm', 'Farm', ['E']),
  ],
  standard_status: [
    status('Active', 'Active', 'Active'),
    status('ActiveUnderContract', 'Active Under Contract', 'Active Under Contract'),
    status('Canceled', 'Canceled', 'Canceled'),
    status('Closed', 'Closed', 'Closed'),
    status('ComingSoon', 'Coming Soon', 'Coming Soon'),
    status('Delete', 'Delete', 'Delete'),
    status('Expired', 'Expired', 'Expired'),
    status('Hold', 'Hold', 'Hold'),
    status('Incomplete', 'Incomplete', 'Incomplete'),
    status('Pending', 'Pending', 'Pending'),
    status('Withdrawn', 'Withdrawn', 'Withdrawn'),
  ],
  mls_status: [
    status('A', 'Active', 'Active'),
    status('K', 'Active Under Contract', 'Active Under Contract'),
    status('P', 'Pending', 'Pending'),
    status('S', 'Sold', 'Closed'),
    status('L', 'Leased', 'Closed'),
    status('CS', 'Coming Soon', 'Coming Soon'),
    status('H', 'Hold', 'Hold'),
    status('W', 'Withdrawn', 'Withdrawn'),
    status('C', 'Canceled', 'Canceled'),
    status('X', 'Expired', 'Expired'),
    status('I', 'Incomplete', 'Incomplete'),
  ],
  ...AGENCY_LISTS,
  rental_period: [option('AV', 'Available', null), option('RE', 'Rented', null), option('RV', 'Reserved', null)],
};
