import type { Desk } from '../desk.ts';
import type { Operation } from '../operation.ts';
import type { Registry } from '../operations.ts';
import type { Resource } from '../resource.ts';
import { contactForms, emailFriends, favoriteProperties, inquiries, leadProperties, propertyViews } from './activity.ts';
import { developmentCategories, developmentParts, developments } from './developments.ts';
import { events, showings } from './diary.ts';
import { leadEnumerations } from './enumerations.ts';
import { salesExclusives } from './exclusives.ts';
import { dynamicForms, formSubmissions } from './forms.ts';
import { leads } from './leads.ts';
import { messages } from './messages.ts';
import { propertyNotes } from './notes.ts';
import { offices } from './offices.ts';
import { properties } from './properties.ts';
import { marketReports, marketReportUpdates } from './reports.ts';
import { leadSearches, savedSearchData, savedSearches } from './searches.ts';
import { agents, employees, teams } from './staff.ts';
import { tasks } from './tasks.ts';

/** Every resource of the door, in the order of its contract. */
export const declarations: readonly ((desk: Desk) => Resource)[] = [
  offices,
  agents,
  employees,
  teams,
  leads,
  leadSearches,
  savedSearches,
  propertyViews,
  favoriteProperties,
  inquiries,
  showings,
  propertyNotes,
  emailFriends,
  contactForms,
  dynamicForms,
  formSubmissions,
  marketReports,
  marketReportUpdates,
  developments,
  developmentCategories,
  ...developmentParts,
  messages,
  tasks,
  events,
  salesExclusives,
  leadProperties,
  properties,
];

/** What is no list and no item. */
export const written: readonly ((desk: Desk, registry: Registry) => readonly Operation[])[] = [leadEnumerations, savedSearchData];
