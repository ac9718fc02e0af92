export { countryOf, regionOf, streetLine, writeAddressLine } from './address.ts';
export { type Contacts, contactsService } from './contact.service.ts';
export { type Pin, type Places, readPoints, writePoints } from './contact-points.ts';
export { changeNames, type NameChange, shownName, splitName } from './names.ts';
export { PRIMARY_PHONE, primaryPhone, writePrimaryPhone } from './primary-phone.ts';
export type { Address, Contact, ContactChange, ContactPoint, ContactQuery, Parting } from './types.ts';
