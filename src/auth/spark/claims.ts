import { countryOf, primaryPhone, regionOf, type SparkPerson, streetLine } from '../../domain/index.ts';

/** Which claims a scope stands for (contracts/spark.md §4.4; OpenID Connect Core 5.4). */
export const CLAIMS: Readonly<Record<string, readonly string[]>> = {
  openid: ['sub'],
  profile: [
    'name',
    'given_name',
    'family_name',
    'middle_name',
    'MemberNameSuffix',
    'preferred_username',
    'website',
    'picture',
    'zoneinfo',
    'MemberMlsId',
    'OfficeKey',
    'Office',
    'OfficeMlsId',
    'MemberNrdsId',
    'MemberStateLicense',
    'MemberAOR',
    'MemberAORkey',
    'MemberPrimaryAorId',
    'MemberPrimaryAorKey',
    'MemberType',
    'MemberStatus',
    'UserType',
    'UserLevel',
    'FlexmlsMemberType',
    'user_is_visible',
    'user_profile_visible',
    'user_is_enabled',
    'user_is_active',
    'mls_system_access',
    'user_is_billable',
  ],
  email: ['email', 'email_verified'],
  address: ['address'],
  phone: ['phone_number', 'phone_number_verified'],
};

const scopeOfClaim = new Map(Object.entries(CLAIMS).flatMap(([scope, claims]) => claims.map((claim) => [claim, scope] as const)));

/** The scopes that somebody has to allow before these single claims are told. */
export const scopesOfClaims = (claims: readonly string[]): string[] => claims.flatMap((claim) => scopeOfClaim.get(claim) ?? []);

const capitalised = (word: string) => word.charAt(0).toUpperCase() + word.slice(1);

function addressOf({ address }: SparkPerson) {
  const street = streetLine(address);
  const [region, country] = [regionOf(address), countryOf(address)];
  const lines = [street, [address.city, region, address.postal_code].filter(Boolean).join(' '), country].filter(Boolean);
  if (lines.length === 0) return undefined;
  return {
    formatted: lines.join('\n'),
    street_address: street,
    locality: address.city,
    region,
    postal_code: address.postal_code,
    country,
  };
}

function memberClaims({ member }: SparkPerson): Record<string, unknown> {
  if (!member) return { UserType: 'Contact' };
  const level = capitalised(member.accessLevel);
  return {
    website: member.websiteUrl,
    MemberMlsId: member.mlsNumber,
    OfficeKey: member.officeKey,
    Office: member.officeName,
    OfficeMlsId: member.officeMlsNumber,
    MemberNrdsId: member.nrdsId,
    MemberStateLicense: member.licenseNumber,
    MemberType: level,
    MemberStatus: 'Active',
    UserType: 'Member',
    UserLevel: level,
    FlexmlsMemberType: level,
    mls_system_access: true,
    user_is_billable: false,
  };
}

/** What the person may be known by, without what is not known. Nobody but active people gets this far. */
export function claimsOf(person: SparkPerson): Record<string, unknown> & { sub: string } {
  const phone = primaryPhone(person.contactPoints);
  const known = {
    name: person.name,
    given_name: person.firstName,
    family_name: person.lastName,
    middle_name: person.middleName,
    preferred_username: person.login,
    zoneinfo: person.timeZone,
    // Nothing of it is verified by us.
    ...(person.email && { email: person.email, email_verified: false }),
    ...(phone && { phone_number: phone, phone_number_verified: false }),
    address: addressOf(person),
    user_is_visible: true,
    user_profile_visible: true,
    user_is_enabled: true,
    user_is_active: true,
    ...memberClaims(person),
  };
  const told = Object.entries(known).filter(([, value]) => value !== null && value !== undefined && value !== '');
  return { ...Object.fromEntries(told), sub: person.resoKey };
}
