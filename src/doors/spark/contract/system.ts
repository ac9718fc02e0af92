import { type Static, Type } from 'typebox';
import { recordQuery } from '../paging.ts';
import { key, none, operation, orNull, results, success } from './operation.ts';

const text = () => orNull(Type.String());
const Enabled = Type.Object({ Enabled: Type.Boolean() });
const View = Type.Object({ DisplayCompliance: Type.Array(Type.String()) });

const Configuration = Type.Object({
  FlexmlsProducts: Type.Array(Type.String()),
  PasswordReset: Type.Boolean(),
  PasswordAlternativeUri: text(),
  TimeZone: Type.String({ examples: ['America/New_York'] }),
  TimeZoneOffset: Type.String({ pattern: '^[+-]\\d{4}$', examples: ['-0500'] }),
  TimeZoneAbbreviation: Type.String({ examples: ['EST'] }),
  IdxDisclaimer: Type.String({ description: 'HTML.' }),
  IdxDisclaimerTextOnly: Type.String(),
  IdxLogo: Type.String(),
  IdxLogoSmall: Type.String(),
  MlsLogos: Type.Array(Type.Object({ Name: Type.String(), Uri: Type.String() })),
  MapDefaultExtent: Type.Object({
    StartLongitude: Type.Number(),
    StartLatitude: Type.Number(),
    EndLongitude: Type.Number(),
    EndLatitude: Type.Number(),
    SystemDefault: Type.Boolean(),
  }),
  CurrencyType: Type.String({ examples: ['USD'] }),
  OAuth2ServiceEndpointPortal: orNull(
    Type.String({ description: "Where the agent's consumers sign in; null without a portal." }),
  ),
  OAuth2ServiceEndpointPrivate: Type.String(),
  ExtendedActiveStatuses: Enabled,
  ExtendedPendingStatuses: Enabled,
});

const System = Type.Object({
  Id: key('The current user.'),
  Name: Type.String(),
  Office: text(),
  OfficeId: text(),
  Company: text(),
  CompanyId: text(),
  Mls: text(),
  MlsId: text(),
  Configuration: Type.Array(Configuration, { minItems: 1, maxItems: 1 }),
  DisplayCompliance: Type.Record(Type.String(), Type.Object({ View: Type.Object({ Summary: View, Detail: View }) }), {
    description: 'By MlsId: members of a listing that a site must show.',
  }),
});
export type System = Static<typeof System>;

const shared = { service: 'system', row: 'E46', url: '/system', params: none, learned: 'contracts/spark.md 10.4' } as const;

export const readSystem = operation({
  ...shared,
  operationId: 'readSystem',
  method: 'GET',
  summary: 'Read who is calling, and how the MLS is set up',
  query: Type.Object({ _select: recordQuery._select }),
  answers: { 200: results(Type.Partial(System, { $id: 'System' })) },
});

export const changeSystem = operation({
  ...shared,
  operationId: 'changeSystem',
  method: 'PUT',
  summary: 'Refused to every role',
  query: none,
  answers: { 200: success },
});
