import { perText } from './per-text.ts';
import type { Resource } from './resource.ts';

/** `/contacts/{id}/relationships` and `/contacts/{parent}/relationships/?x=` are one shape: what a path is without its ids. */
export const shapeOf = (path: string): string =>
  (path.split('?')[0] ?? '')
    .replaceAll(/\{[^}]*\}/g, '{}')
    .replace(/\/$/, '')
    .toLowerCase();

export type Found<A> = { readonly resource: Resource<A>; readonly as: 'list' | 'item' };

/** The resources of a door, found by the paths that links name. What is not there yet is not linked to. */
export type Registry<A> = {
  readonly all: readonly Resource<A>[];
  find(path: string): Found<A> | undefined;
  get(name: string): Resource<A> | undefined;
};

export function makeRegistry<A>(
  resources: readonly Resource<A>[],
  otherPaths: readonly string[] = [],
): Registry<A> & { has(path: string): boolean } {
  const found = new Map<string, Found<A>>();
  for (const resource of resources) {
    const { path, itemPath, endpoints } = resource.spec;
    const reads = new Set(endpoints.filter(({ method }) => method === 'GET').map((endpoint) => shapeOf(endpoint.path)));
    if (path !== undefined && reads.has(shapeOf(path))) found.set(shapeOf(path), { resource, as: 'list' });
    if (itemPath !== undefined && reads.has(shapeOf(itemPath))) found.set(shapeOf(itemPath), { resource, as: 'item' });
  }
  const names = new Map(resources.map((resource) => [resource.name, resource]));
  const others = new Set(otherPaths.map(shapeOf));
  const shapeIn = perText(shapeOf);
  return {
    all: resources,
    find: (pattern) => found.get(shapeIn(pattern)),
    get: (name) => names.get(name),
    has: (pattern) => found.has(shapeIn(pattern)) || others.has(shapeIn(pattern)),
  };
}
