export { countryOf, regionOf, streetLine, writeAddressLine } from './address.ts';
export { type Contacts, contactsService } from './contact.service.ts';
export { type Places, readPoints, writePoints } from './contact-points.ts';
export { shownName, splitName } from './names.ts';
export type { Address, Contact, ContactChange, ContactPoint, ContactQuery, Parting } from './types.ts';
