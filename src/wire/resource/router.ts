import type { Operation } from './operation.ts';

export type Matched<C> = { readonly operation: Operation<C>; readonly ids: readonly string[] };

type Node<C> = { readonly fixed: Map<string, Node<C>>; any?: Node<C>; readonly operations: Map<string, Operation<C>> };
const node = <C>(): Node<C> => ({ fixed: new Map(), operations: new Map() });

const partsOf = (path: string) => path.replace(/\/$/, '').split('/').slice(1);

function decoded(part: string): string | undefined {
  try {
    return decodeURIComponent(part);
  } catch {
    return undefined;
  }
}

/** Finds operations by path, without regard to case and with or without a slash at the end; words win over ids. */
export function makeRouter<C>(operations: readonly Operation<C>[]): (method: string, path: string) => Matched<C> | undefined {
  const root = node<C>();
  for (const operation of operations) {
    let at = root;
    for (const part of partsOf(operation.path)) {
      const isId = part.startsWith('{');
      const next: Node<C> = (isId ? at.any : at.fixed.get(part.toLowerCase())) ?? node<C>();
      if (isId) at.any = next;
      else at.fixed.set(part.toLowerCase(), next);
      at = next;
    }
    if (at.operations.has(operation.method)) throw new Error(`${operation.method} ${operation.path} is there twice`);
    at.operations.set(operation.method, operation);
  }

  const find = (at: Node<C>, method: string, parts: readonly string[], ids: readonly string[]): Matched<C> | undefined => {
    const [part, ...rest] = parts;
    if (part === undefined) {
      const operation = at.operations.get(method);
      return operation && { operation, ids };
    }
    const word = at.fixed.get(part.toLowerCase());
    const id = decoded(part);
    return (
      (word && find(word, method, rest, ids)) ??
      (at.any && id !== undefined && id !== '' ? find(at.any, method, rest, [...ids, id]) : undefined)
    );
  };
  return (method, path) => find(root, method, partsOf(path), []);
}
