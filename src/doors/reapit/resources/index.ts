import type { Declared, Written } from '../desk.ts';
import { contacts, landlordDetails } from './contacts.ts';
import { departments, negotiators, offices, sources } from './staff.ts';

/** The groups that rows of a noun answer. */
export const declared: readonly Declared[] = [contacts, landlordDetails, departments, negotiators, offices, sources];

/** The endpoints that are written out. */
export const written: readonly Written[] = [];
