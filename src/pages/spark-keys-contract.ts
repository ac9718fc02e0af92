import { type Static, Type } from 'typebox';
import { SPARK_ROLES, type SparkRole } from '../domain/index.ts';
import type { AppOperation } from './contract.ts';

const Choice = Type.Object({ name: Type.String(), words: Type.String() });
const Role = Type.Unsafe<SparkRole>(Type.Union(SPARK_ROLES.map((role) => Type.Literal(role))));

/** What an administrator says about a key; what is wrong with it is the domain's to say. */
const SparkKeyTerms = Type.Object({
  name: Type.String(),
  /** address that the member signs in with whose key it is */
  member: Type.String(),
  role: Role,
  /** number of the contact for whom a key of a portal acts when a call names nobody */
  consumer: Type.Optional(Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER })),
  flags: Type.Array(Type.String()),
  redirectUris: Type.Array(Type.String()),
});
export type SparkKeyTerms = Static<typeof SparkKeyTerms>;

export const SparkKeys = Type.Object({
  /** what a key can be, and what it may be given besides */
  roles: Type.Array(Type.Object({ name: Role, words: Type.String(), consumer: Type.Boolean() })),
  flags: Type.Array(Choice),
  keys: Type.Array(
    Type.Object({
      id: Type.Integer(),
      name: Type.String(),
      /** the half that is no secret */
      key: Type.String(),
      role: Role,
      flags: Type.Array(Type.String()),
      member: Type.String(),
      consumer: Type.Union([Type.String(), Type.Null()]),
      redirectUris: Type.Array(Type.String()),
      since: Type.String({ format: 'date-time' }),
    }),
  ),
});
export type SparkKeys = Static<typeof SparkKeys>;

const administrator = { signedIn: true, learned: 'contracts/spark.md §4, §5' } as const;

/** The administrator's page of keys: those of the Spark door. */
export const sparkKeyOperations = {
  listSparkKeys: { operationId: 'listSparkKeys', method: 'GET', url: '/spark-keys', answer: SparkKeys, ...administrator },
  makeSparkKey: {
    operationId: 'makeSparkKey',
    method: 'POST',
    url: '/spark-keys',
    body: SparkKeyTerms,
    answer: Type.Object({ key: Type.String(), secret: Type.String() }),
    ...administrator,
  },
  removeSparkKey: {
    operationId: 'removeSparkKey',
    method: 'POST',
    url: '/spark-keys/:id/remove',
    params: Type.Object({ id: Type.String() }),
    answer: Type.Object({}),
    ...administrator,
  },
} as const satisfies Record<string, AppOperation>;
