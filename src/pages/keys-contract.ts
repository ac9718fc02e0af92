import { type Static, Type } from 'typebox';
import type { AppOperation } from './contract.ts';

const instant = Type.String({ format: 'date-time' });

/** A row of the matrix of permissions (contracts/propertybase.md §1.6). */
const Permission = Type.Object({
  resource: Type.String(),
  read: Type.Boolean(),
  write: Type.Boolean(),
  delete: Type.Boolean(),
});
export type Permission = Static<typeof Permission>;

/** What an administrator says about a key; what is wrong with it is the domain's to say. */
const KeyTerms = Type.Object({ name: Type.String(), permissions: Type.Array(Permission) });
export type KeyTerms = Static<typeof KeyTerms>;

export const SiteKeys = Type.Object({
  /** host names at which a key opens the site's API */
  domains: Type.Array(Type.String()),
  /** the rows of the matrix, in its order */
  resources: Type.Array(Type.Object({ name: Type.String(), words: Type.String() })),
  keys: Type.Array(
    Type.Object({
      id: Type.Integer(),
      terms: KeyTerms,
      since: instant,
      /** when it ends, or ended; null: it goes on */
      until: Type.Union([instant, Type.Null()]),
      ended: Type.Boolean(),
    }),
  ),
});
export type SiteKeys = Static<typeof SiteKeys>;

const MadeKey = Type.Object({ id: Type.Integer(), key: Type.String() });
const OfKey = Type.Object({ id: Type.String() });
const nothing = Type.Object({});
const administrator = { signedIn: true, learned: 'contracts/propertybase.md §1.1, §1.6' } as const;

/** The administrator's page of keys. */
export const keyOperations = {
  listSiteKeys: { operationId: 'listSiteKeys', method: 'GET', url: '/keys', answer: SiteKeys, ...administrator },
  makeSiteKey: { operationId: 'makeSiteKey', method: 'POST', url: '/keys', body: KeyTerms, answer: MadeKey, ...administrator },
  changeSiteKey: {
    operationId: 'changeSiteKey',
    method: 'POST',
    url: '/keys/:id',
    params: OfKey,
    body: KeyTerms,
    answer: nothing,
    ...administrator,
  },
  rotateSiteKey: {
    operationId: 'rotateSiteKey',
    method: 'POST',
    url: '/keys/:id/rotate',
    params: OfKey,
    body: Type.Object({ hours: Type.Number() }),
    answer: MadeKey,
    ...administrator,
  },
  removeSiteKey: {
    operationId: 'removeSiteKey',
    method: 'POST',
    url: '/keys/:id/remove',
    params: OfKey,
    answer: nothing,
    ...administrator,
  },
} as const satisfies Record<string, AppOperation>;
