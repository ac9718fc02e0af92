import type { Actor } from '../../access/actor.ts';
import type { Domain, ReapitWho } from '../../domain/index.ts';
import type { Breach } from '../../kernel/fault.ts';
import type { Method } from '../../wire/contract.ts';
import type { OperationCall, Outcome } from '../../wire/resource/operation.ts';
import type { Declaration, Model } from '../../wire/resource/resource.ts';
import type { Shape } from '../../wire/resource/spec.ts';

/** Who calls, as the engine asks for it. */
export type ReapitCaller = ReapitWho;

/** What every declaration of this door works with. */
export type Desk = {
  readonly domain: Domain;
  /** address of the platform, without a slash at its end */
  readonly base: string;
};

/** A group of the contract that rows of a noun answer. */
export type Declared = {
  readonly group: string;
  /** endpoints of the group that are operations of their own: `POST /propertyImages/reindex` */
  readonly operations: readonly string[];
  declare(desk: Desk): Declaration<Actor>;
};

/** Says where the members of a group lie. What is left out goes by its name, or into extras. */
export const declare = (
  group: string,
  declaration: (desk: Desk) => Declaration<Actor>,
  operations: readonly string[] = [],
): Declared => ({ group, operations, declare: declaration });

export type ReapitCall = OperationCall<ReapitCaller>;

/** One endpoint that is no list and no item. */
export type Written = {
  readonly group: string;
  readonly method: Method;
  /** as the data file has it */
  readonly path: string;
  /** how the body is read: by the group's published shape (default), or by the operation itself */
  readonly body: 'shape' | 'raw';
  /** it is about no customer's data: a token that names none will do */
  readonly anyCustomer?: boolean;
  /** the shapes of a raw body and of its answer, as they are described to callers */
  readonly described?: { readonly body: Shape; readonly answer: Shape };
  /** what no shape can say against a body that was read */
  check?(body: Model): readonly Breach[];
  make(desk: Desk): (call: ReapitCall) => Promise<Outcome>;
};

/** The body is checked by the group's shape (create for POST, update for others) before the handler sees it, unless it is raw. */
export const operation = (
  group: string,
  method: Method,
  path: string,
  make: (desk: Desk) => (call: ReapitCall) => Promise<Outcome>,
  body: Written['body'] = 'shape',
): Written => ({ group, method, path, body, make });

export const answerJson = (json: unknown, status = 200): Outcome => ({ answer: { status, json } });
export const answerEmpty = (status: number): Outcome => ({ answer: { status } });
export type { Model };
