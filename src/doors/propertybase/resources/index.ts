import type { Desk } from '../desk.ts';
import type { Operation } from '../operation.ts';
import type { Registry } from '../operations.ts';
import type { Resource } from '../resource.ts';
import { leadEnumerations } from './enumerations.ts';
import { leads } from './leads.ts';
import { offices } from './offices.ts';
import { properties } from './properties.ts';
import { leadSearches, savedSearchData, savedSearches } from './searches.ts';
import { agents, employees, teams } from './staff.ts';

/** Every resource of the door, in the order of its contract. */
export const declarations: readonly ((desk: Desk) => Resource)[] = [
  offices,
  agents,
  employees,
  teams,
  leads,
  leadSearches,
  savedSearches,
  properties,
];

/** What is no list and no item. */
export const written: readonly ((desk: Desk, registry: Registry) => readonly Operation[])[] = [leadEnumerations, savedSearchData];
