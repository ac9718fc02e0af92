import type { Static } from 'typebox';
import {
  type Contact,
  type ContactChange,
  countryOf,
  type Places,
  readPoints,
  regionOf,
  streetLine,
  writeAddressLine,
  writePoints,
} from '../../../domain/index.ts';
import type * as wire from '../contract/contact.ts';
import { renamed, shown, times, toRole } from './shown.ts';

type Phone = 'phone' | 'home' | 'office' | 'cell' | 'fax';
/** domain-people §1.6, row "D contact" */
const PHONES: Places<Phone> = [
  { name: 'phone', kinds: ['main'], makes: 'main' },
  { name: 'home', kinds: ['home'], makes: 'home' },
  { name: 'office', kinds: ['work'], makes: 'work' },
  { name: 'cell', kinds: ['mobile'], makes: 'mobile' },
  { name: 'fax', kinds: ['fax'], makes: 'fax' },
];
const OWN = ['role', 'ID', 'License #', 'Marital Status'] as const;

/** The contact as this door shows it: its phones by place, its primary address in one line, its own members from its extras. */
export function toContact(contact: Contact) {
  const phones = readPoints(contact.contact_points, PHONES);
  const address = contact.primary_address;
  const own = (name: (typeof OWN)[number]) => shown(contact.extras.dotloop?.[name] as string | undefined);
  return {
    id: contact.id,
    firstName: shown(contact.first_name),
    lastName: shown(contact.last_name),
    email: shown(contact.email),
    home: shown(phones.home),
    office: shown(phones.office),
    fax: shown(phones.fax),
    cell: shown(phones.cell),
    phone: shown(phones.phone),
    address: shown(streetLine(address)),
    city: shown(address.city),
    zipCode: shown(address.postal_code),
    state: shown(regionOf(address)),
    country: shown(countryOf(address)),
    company: shown(contact.company_name),
    role: own('role'),
    ID: own('ID'),
    'License #': own('License #'),
    'Marital Status': own('Marital Status'),
    ...times(contact),
  };
}

type Body = Static<typeof wire.ContactChange>;
type Standing = Pick<Contact, 'first_name' | 'last_name' | 'contact_points' | 'primary_address' | 'extras'>;

const COLUMNS = { first_name: 'firstName', last_name: 'lastName', email: 'email', company_name: 'company' } as const;
const LINE = { street: 'address', city: 'city', region: 'state', postalCode: 'zipCode', country: 'country' } as const;
const POINTS = { phone: 'phone', home: 'home', office: 'office', cell: 'cell', fax: 'fax' } as const;
const EXTRAS = { role: 'role', ID: 'ID', 'License #': 'License #', 'Marital Status': 'Marital Status' } as const;

const isEmpty = (change: object) => Object.keys(change).length === 0;

function changeExtras(standing: Standing, body: Body): ContactChange {
  const change = renamed(body, EXTRAS);
  if (isEmpty(change)) return {};
  const role = change.role ? { role: toRole(change.role) } : {};
  const own = Object.entries({ ...standing.extras.dotloop, ...change, ...role }).filter(([, value]) => value !== null);
  return { extras: { ...standing.extras, dotloop: Object.fromEntries(own) } };
}

/** A new name without a display name clears the one that another door gave (domain-people §1.4). */
const renames = (standing: Standing, change: ContactChange) =>
  (change.first_name !== undefined && change.first_name !== standing.first_name) ||
  (change.last_name !== undefined && change.last_name !== standing.last_name);

/** New values of columns, computed from the contact as it stands, so that what is sent back unchanged changes nothing. */
export function readContactChange(body: Body): (standing: Standing) => ContactChange {
  return (standing) => {
    const columns = renamed(body, COLUMNS) as ContactChange;
    const points = renamed(body, POINTS);
    const line = renamed(body, LINE);
    return {
      ...columns,
      ...(renames(standing, columns) ? { display_name: null } : {}),
      ...(isEmpty(points) ? {} : { contact_points: writePoints(standing.contact_points, PHONES, points) }),
      ...(isEmpty(line) ? {} : { primary_address: writeAddressLine(standing.primary_address, line) }),
      ...changeExtras(standing, body),
    };
  };
}

const NOBODY: Standing = { first_name: null, last_name: null, contact_points: [], primary_address: {}, extras: {} };

export const readNewContact = (body: Static<typeof wire.NewContact>): ContactChange => {
  const { display_name, ...values } = readContactChange(body)(NOBODY);
  return values;
};

export const contactWords = { first_name: 'firstName', last_name: 'lastName', company_name: 'company' };
