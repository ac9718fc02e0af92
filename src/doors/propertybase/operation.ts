import type { FastifyRequest } from 'fastify';
import type { Answer } from '../../wire/answer.ts';
import type { Method } from '../../wire/contract.ts';
import type { Caller, Model } from './desk.ts';
import type { PermissionRow, Right } from './permissions.ts';
import type { Deed } from './words.ts';

export type Call = {
  readonly caller: Caller;
  readonly ids: Readonly<Record<string, string>>;
  /** the path as it was called, with its prefix, for links to other pages */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly body: Model;
  readonly ifMatch: string | undefined;
  readonly request: FastifyRequest;
};

/** One path and method: who may call it, what its messages say, and what it does. */
export type Operation = {
  readonly method: Method;
  readonly path: string;
  readonly operationId: string;
  readonly resource: string;
  readonly permission: PermissionRow;
  readonly right: Right;
  readonly deed: Deed;
  /** what messages call what it is about: `Office`, `Offices` */
  readonly subject: string;
  readonly listed: boolean;
  handle(call: Call): Promise<Answer>;
};
