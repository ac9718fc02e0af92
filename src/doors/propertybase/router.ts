export type Route<T> = { readonly method: string; readonly path: string; readonly to: T };
export type Found<T> = { readonly to: T; readonly ids: Readonly<Record<string, string>>; readonly path: string };
export type Lookup<T> =
  | { readonly kind: 'none' }
  /** the path is one, the method is not */
  | { readonly kind: 'method'; readonly allowed: readonly string[] }
  | { readonly kind: 'found'; readonly found: Found<T> };

type Node<T> = {
  readonly fixed: Map<string, Node<T>>;
  any: { name: string; node: Node<T> }[];
  readonly here: Map<string, Route<T>>;
};
const node = <T>(): Node<T> => ({ fixed: new Map(), any: [], here: new Map() });

const decoded = (part: string): string | undefined => {
  try {
    return decodeURIComponent(part);
  } catch {
    return undefined;
  }
};

/** Finds what answers a path; words win over ids (`/leads/enumerations` over `/leads/:id`). */
export function makeRouter<T>(routes: readonly Route<T>[]): (method: string, path: string) => Lookup<T> {
  const root = node<T>();
  for (const route of routes) {
    let place = root;
    for (const part of route.path.split('/').slice(1)) {
      if (part.startsWith(':')) {
        const name = part.slice(1);
        const known = place.any.find((one) => one.name === name) ?? { name, node: node<T>() };
        if (!place.any.includes(known)) place.any.push(known);
        place = known.node;
      } else {
        const next = place.fixed.get(part) ?? node<T>();
        place.fixed.set(part, next);
        place = next;
      }
    }
    if (place.here.has(route.method)) throw new Error(`${route.method} ${route.path} is there twice`);
    place.here.set(route.method, route);
  }

  type End = { readonly place: Node<T>; readonly ids: Readonly<Record<string, string>> };
  const ends = (place: Node<T>, parts: readonly string[], ids: Readonly<Record<string, string>>): End[] => {
    const [part, ...rest] = parts;
    if (part === undefined) return place.here.size > 0 ? [{ place, ids }] : [];
    const word = place.fixed.get(part);
    return [
      ...(word ? ends(word, rest, ids) : []),
      ...(part === '' ? [] : place.any.flatMap(({ name, node: next }) => ends(next, rest, { ...ids, [name]: part }))),
    ];
  };

  return (method, path) => {
    const parts = path.split('/').slice(1).map(decoded);
    if (parts.some((part) => part === undefined)) return { kind: 'none' };
    const all = ends(root, parts as string[], {});
    for (const { place, ids } of all) {
      const route = place.here.get(method);
      if (route) return { kind: 'found', found: { to: route.to, ids, path: route.path } };
    }
    if (all.length === 0) return { kind: 'none' };
    return { kind: 'method', allowed: [...new Set(all.flatMap(({ place }) => [...place.here.keys()]))] };
  };
}
