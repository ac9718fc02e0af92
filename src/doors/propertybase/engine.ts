import type { Desk } from './desk.ts';
import type { Operation } from './operation.ts';
import { operationsOf } from './operations.ts';
import { declarations, written } from './resources/index.ts';

/** Everything the door answers, from its declarations. */
export function engineOf(desk: Desk) {
  const resources = declarations.map((declare) => declare(desk));
  const registry = new Map(resources.map((one) => [one.name, one]));
  const operations: Operation[] = [
    ...resources.flatMap((one) => operationsOf(desk, one, registry)),
    ...written.flatMap((make) => make(desk, registry)),
  ];
  return { resources, registry, operations };
}
