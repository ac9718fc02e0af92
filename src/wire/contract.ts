import type { TObject, TSchema } from 'typebox';

export type Method = 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';

/** JSON by its schema; bytes where the schema has a `contentMediaType`; several forms in a list; null: no body. */
export type AnswerSchema = TSchema | readonly TSchema[] | null;

/**
 * One operation of a door, as a value: checks, types, OpenAPI, scopes and the coverage table all read it (design §5).
 * `url` is relative to the door, with `:names` for the members of `params`.
 */
export type Contract<P extends TObject = TObject, Q extends TObject = TObject, B extends TSchema = TSchema> = {
  readonly operationId: string;
  readonly method: Method;
  readonly url: string;
  readonly summary: string;
  /** any one of these is enough; empty: any valid token */
  readonly scope: readonly string[];
  readonly params: P;
  readonly query: Q;
  /** absent: the operation has no body, and one that comes along is not looked at */
  readonly body?: B;
  /** a form with a file instead of a JSON body; the schema describes its parts */
  readonly upload?: TObject;
  readonly answers: Readonly<Record<number, AnswerSchema>>;
  /** where the behaviour is specified */
  readonly learned: string;
  /** a body printed in the vendor's document */
  readonly example?: unknown;
};

/** Keeps the types of the schemas. */
export const contract = <P extends TObject, Q extends TObject, B extends TSchema = TSchema>(
  value: Contract<P, Q, B>,
): Contract<P, Q, B> => value;
