import { CUSTOMER_CLAIM, type ReapitPerson, reapitGroupsOf } from '../../domain/index.ts';

const PREFIX = 'custom:reapit:';

/** Every claim of an id token besides those of OpenID itself (contracts/reapit.md §2.4). All of them come with the scope `openid`. */
export const CLAIMS = [
  'sub',
  'auth_time',
  'token_use',
  'name',
  'email',
  'email_verified',
  'cognito:username',
  'cognito:groups',
  ...[
    'clientCode',
    'userCode',
    'agencyCloudNegId',
    'agencyCloudId',
    'officeId',
    'orgId',
    'orgName',
    'orgProduct',
    'developerId',
    'marketAdmin',
    'offGroupIds',
    'offGrouping',
    'offGroupName',
  ].map((name) => PREFIX + name),
] as const;

function ofReapit(person: ReapitPerson): Record<string, string | null | undefined> {
  const { customer, home, negotiator, office, officeGroup, administrator, developer } = person;
  return {
    clientCode: customer.code,
    userCode: negotiator,
    agencyCloudNegId: negotiator,
    agencyCloudId: customer.code,
    officeId: office,
    orgId: String(customer.id),
    orgName: customer.name,
    orgProduct: 'agencyCloud',
    developerId: developer ? String(home.id) : null,
    marketAdmin: administrator ? customer.code : null,
    offGroupIds: officeGroup?.offices.join(','),
    offGrouping: officeGroup && 'true',
    offGroupName: officeGroup?.name,
  };
}

export type ConnectClaims = Record<string, unknown> & { readonly sub: string };

/** What the person may be known by: values are strings, and what has no value is left out. */
export function claimsOf(person: ReapitPerson): ConnectClaims {
  const own = Object.entries(ofReapit(person)).flatMap(([name, value]) => (value ? [[PREFIX + name, value]] : []));
  return {
    sub: person.uuid,
    token_use: 'id',
    name: person.name,
    email: person.email,
    // An administrator of any customer may have typed it.
    email_verified: false,
    'cognito:username': person.email,
    'cognito:groups': reapitGroupsOf(person),
    ...Object.fromEntries(own),
  };
}

/** What an access token says of the person. */
export const accessClaimsOf = (claims: ConnectClaims) => ({
  username: claims['cognito:username'],
  'cognito:groups': claims['cognito:groups'],
  [CUSTOMER_CLAIM]: claims[CUSTOMER_CLAIM],
});

/** `GET /oauth2/userInfo` (contracts/reapit.md §2.4). */
export const userInfoOf = ({ uuid, name, email }: ReapitPerson) => ({
  sub: uuid,
  email_verified: false,
  name,
  email,
  username: email,
});
