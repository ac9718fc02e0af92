import type { TObject, TSchema } from 'typebox';
import { Type } from 'typebox';
import { type Contract, contract } from '../../../wire/contract.ts';
import type { Service } from '../access.ts';

/** What a contract of this door says besides: the row of the coverage table, the service whose rights hold, and how its body is wrapped. */
export type SparkFacts = {
  /** E14 …: contracts/spark.md §10.1 */
  readonly row: string;
  /** the row of the table of roles (access.ts) */
  readonly service: Service;
  /** Creation bodies may come as `{"D":{"Contacts":[{…}]}}`: the name of that list */
  readonly plural?: string;
  /** an empty body is as good as an empty D; elsewhere a body that the schema asks for must be there */
  readonly bodyOptional?: true;
};
export type SparkContract = Contract & SparkFacts;

type Parts<P extends TObject, Q extends TObject, B extends TSchema> = Omit<Contract<P, Q, B>, 'scope'> & SparkFacts;

/** `url` is relative to `/v1`; `body` is the schema of what stands inside `D`. */
export const operation = <P extends TObject, Q extends TObject, B extends TSchema = TSchema>(parts: Parts<P, Q, B>) => ({
  ...contract<P, Q, B>({ ...parts, scope: [] }),
  row: parts.row,
  service: parts.service,
  ...(parts.plural === undefined ? {} : { plural: parts.plural }),
  ...(parts.bodyOptional === undefined ? {} : { bodyOptional: parts.bodyOptional }),
});

/** A 26-digit id; another form is as unknown as an id that nobody has (§2). */
export const key = (description?: string) => Type.String({ pattern: '^[0-9]{26}$', ...(description ? { description } : {}) });
/** No parameters in the query, or none in the path. */
export const none = Type.Object({});
export const optional = Type.Optional;

/** `2011-10-04T15:00:00Z`: UTC, whole seconds (§2). */
export const datetime = () => Type.String({ format: 'date-time', examples: ['2011-10-04T15:00:00Z'] });
export const orNull = <T extends TSchema>(schema: T) => Type.Union([schema, Type.Null()]);

export const ResourceUri = Type.String({ pattern: '^/v1/', description: 'A path, not a URL.' });
export const Pagination = Type.Object(
  {
    TotalRows: Type.Integer(),
    PageSize: Type.Integer(),
    TotalPages: Type.Integer(),
    CurrentPage: optional(Type.Integer()),
    CurrentOffset: optional(Type.Integer({ description: 'In place of CurrentPage where _skip was sent.' })),
  },
  { $id: 'Pagination' },
);

/** `{"D":{"Success":true,"Results":[…]}}` (§3) */
export const results = <T extends TSchema>(schema: T) =>
  Type.Object({
    D: Type.Object({
      Success: Type.Literal(true),
      Results: Type.Array(schema),
      Pagination: optional(Pagination),
      SkipToken: optional(Type.String()),
    }),
  });
/** `{"D":{"Success":true}}` */
export const success = Type.Object({ D: Type.Object({ Success: Type.Literal(true) }) }, { $id: 'Success' });
/** `{"D":{"Success":true,"Results":[{"ResourceUri":"…"}]}}` */
export const creation = results(Type.Object({ ResourceUri }));
