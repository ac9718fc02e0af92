export { AGENCY_LISTS, type AgencyList } from './agency-lists.ts';
export { type Lookups, lookupsService } from './lookup.service.ts';
export { DEFAULT_LISTS, type ListName, type Option } from './lookup.ts';
