import type { Account as AccountRow, Address, BookEntry, ContactPoint } from '../../../domain/index.ts';
import { pictureAddress, primaryPhone, regionOf, shownName, streetLine } from '../../../domain/index.ts';
import type { Account } from '../contract/account.ts';

/** The vendor's names of what accounts are filtered and sorted by: every scalar member, and two that stand inside lists (§8.3, §10.4). */
export const ACCOUNT_FIELDS = {
  Id: 'key',
  Name: 'name',
  FirstName: 'first_name',
  MiddleName: 'middle_name',
  LastName: 'last_name',
  UserType: 'kind',
  UserLevel: 'access_level',
  Office: 'office_name',
  OfficeId: 'office_key',
  Company: 'company_name',
  CompanyId: 'company_key',
  Mls: 'mls_name',
  MlsId: 'mls_key',
  Email: 'email',
  PostalCode: 'postal_code',
} as const;

const USER_TYPE = { member: 'Member', office: 'Office', company: 'Company', mls: 'Mls' } as const;

const KINDS: Record<ContactPoint['kind'], string> = {
  main: 'Main',
  home: 'Home',
  work: 'Work',
  mobile: 'Mobile',
  direct: 'Direct',
  fax: 'Fax',
  tollfree: 'TollFree',
  pager: 'Pager',
  voicemail: 'VoiceMail',
  other: 'Other',
};

const capitalised = (word: string) => word.charAt(0).toUpperCase() + word.slice(1);
const numbered = <T>(items: readonly T[]) => items.map((item, i) => ({ Id: String(i + 1), ...item }));
const named = ({ kind, label }: Pick<ContactPoint, 'kind' | 'label'>) => ({ Type: KINDS[kind], Name: label ?? KINDS[kind] });

// Of the North American plan; another number is shown whole and has no parts.
const NUMBER = /^\s*(?:\+?(1)[-. ]*)?\(?([2-9]\d{2})\)?[-. ]*(\d{3})[-. ]*(\d{4})\s*(?:(?:x|ext\.?|extension)\s*(\d{1,8}))?\s*$/i;

function toPhone(point: ContactPoint, primary: boolean) {
  const [, country, area, prefix, line, extension] = NUMBER.exec(point.value) ?? [];
  return {
    ...named(point),
    Number: point.value,
    AreaCode: area ?? null,
    Prefix: prefix ?? null,
    LineNumber: line ?? null,
    Extension: extension ?? null,
    InternationalCode: country ?? null,
    Primary: primary,
  };
}

function toPhones(points: readonly ContactPoint[]): Account['Phones'] {
  const phones = points.filter(({ via }) => via === 'phone');
  const value = primaryPhone(phones);
  const first = phones.findIndex((point) => point.value === value);
  return numbered(phones.map((point, i) => toPhone(point, i === first)));
}

function toEmails(email: string | null, points: readonly ContactPoint[]): Account['Emails'] {
  const own = email === null ? [] : [{ ...named({ kind: 'work' }), Address: email, Primary: true }];
  const more = points
    .filter(({ via }) => via === 'email')
    .map((point) => ({ ...named(point), Address: point.value, Primary: false }));
  return numbered([...own, ...more]);
}

/** `24 Bishop Row, Oxford, OH 45056` */
function toAddresses(address: Address): Account['Addresses'] {
  const [street, city, region] = [streetLine(address), address.city, regionOf(address)];
  const line = [street, address.address_line2, city, [region, address.postal_code].filter((part) => part).join(' ')];
  const whole = line.filter((part) => part).join(', ');
  if (whole === '') return [];
  return numbered([
    {
      ...named({ kind: 'work' }),
      Address: whole,
      Street1: street ?? null,
      Street2: address.address_line2 ?? null,
      City: city ?? null,
      Region: region ?? null,
      PostalCode: address.postal_code ?? null,
      Primary: true,
    },
  ]);
}

const toWebsites = (url: string | null): Account['Websites'] =>
  url === null ? [] : numbered([{ ...named({ kind: 'work' }), Uri: url, Primary: true }]);

const tagsOf = ({ extras }: AccountRow): string[] => {
  const tags = extras.spark?.Tags;
  return Array.isArray(tags) ? tags.filter((tag) => typeof tag === 'string') : [];
};

/** Blocks that come when they are asked for. Nobody's searches are restricted here. */
const settings = (expand: ReadonlySet<string>) => (expand.has('Settings') ? { Settings: { SearchRestrictions: null } } : {});

export const accountUri = (key: string) => `/v1/accounts/${key}`;

const toImages = (publicUrl: string, photo: string | null) =>
  photo === null ? [] : [{ Type: 'Photo' as const, Name: null, Uri: pictureAddress(publicUrl, photo, '300') }];

export const toAccount = (publicUrl: string, account: AccountRow, expand: ReadonlySet<string>): Account => ({
  Id: account.reso_key,
  ResourceUri: accountUri(account.reso_key),
  Name: account.name,
  FirstName: account.first_name || null,
  MiddleName: account.middle_name || null,
  LastName: account.last_name || null,
  UserType: USER_TYPE[account.kind],
  UserLevel: account.access_level === null ? null : capitalised(account.access_level),
  Office: account.office_name,
  OfficeId: account.office_key,
  Company: account.company_name,
  CompanyId: account.company_key,
  Mls: account.mls_name,
  MlsId: account.mls_key,
  Emails: toEmails(account.email, account.contact_points),
  Phones: toPhones(account.contact_points),
  Websites: toWebsites(account.website_url),
  Addresses: toAddresses(account.address),
  Images: toImages(publicUrl, account.photo),
  Tags: tagsOf(account),
  Associations: [],
  Locale: { Language: 'en' },
  Permissions: {},
  ...settings(expand),
});

/** Whether mail about listings comes: it does until somebody says no (domain-people §3.2). */
export const getsEmailUpdates = ({ pref_email }: Pick<BookEntry, 'pref_email'>) => pref_email !== false;

/** A consumer's own record: clients read the lists unchecked, so they are there and empty (contracts/spark.md §10.4). */
export const toConsumerAccount = (contact: BookEntry, language: string | null, expand: ReadonlySet<string>): Account => ({
  Id: contact.reso_key,
  ResourceUri: accountUri(contact.reso_key),
  Name: shownName(contact),
  FirstName: contact.first_name || null,
  MiddleName: contact.middle_name || null,
  LastName: contact.last_name || null,
  UserType: null,
  UserLevel: null,
  Office: null,
  OfficeId: null,
  Company: null,
  CompanyId: null,
  Mls: null,
  MlsId: null,
  Emails: [],
  Phones: [],
  Websites: [],
  Addresses: [],
  Images: [],
  Tags: [],
  Associations: [],
  Locale: { Language: language ?? 'en' },
  Permissions: {},
  ...settings(expand),
  GetEmailUpdates: getsEmailUpdates(contact),
});
