import type { FastifyRequest } from 'fastify';
import { notFound } from '../../kernel/fault.ts';
import { isStorable } from '../../kernel/storable.ts';
import type { Answer } from '../answer.ts';
import type { Method } from '../contract.ts';
import type { QuerySpecs, ReadQuery } from './query.ts';
import type { Model } from './resource.ts';
import type { Fields, Shape } from './spec.ts';

/** One call of an operation. */
export type OperationCall<C> = {
  readonly caller: C;
  /** the ids of the path, outermost first, as the caller wrote them */
  readonly ids: readonly string[];
  readonly query: ReadQuery;
  /** what was sent, a JSON object whatever its members are */
  readonly body: Model;
  readonly ifMatch: string | undefined;
  readonly request: FastifyRequest;
};

/** So many calls of a group, by whose name usage is counted. */
export type Calls = { readonly group: string; readonly calls: number };

/** `embedded`: what embeds count as besides the call itself, each at the group that it read. */
export type Outcome = { readonly answer: Answer; readonly embedded?: readonly Calls[] };

export type Operation<C> = {
  readonly method: Method;
  /** with `{ids}` as the data file writes it */
  readonly path: string;
  readonly operationId: string;
  /** the group it belongs to; usage is counted by it */
  readonly group: string;
  /** undefined: any valid token */
  readonly scope: string | undefined;
  /** it is about no customer's data: a token that names none will do */
  readonly anyCustomer?: boolean;
  readonly query: QuerySpecs;
  /** whether a body is read: an object of this shape, or for `raw` any JSON at all */
  readonly body?: Fields | 'raw' | undefined;
  readonly status: number;
  readonly model?: Shape | undefined;
  readonly listed?: 'page' | 'bare' | undefined;
  /** throws what the query cannot ask for, before the body is looked at */
  check?(call: Pick<OperationCall<C>, 'caller' | 'query'>): void;
  handle(call: OperationCall<C>): Promise<Outcome>;
};

/** An id that no row can have finds none; the database need not be asked. */
export function readId(id: string | undefined, noun: string): string {
  if (id === undefined || !isStorable(id) || id.length > 512) throw notFound(noun);
  return id;
}
