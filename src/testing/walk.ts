import { doors } from '../app.ts';
import { loadCases } from './cases.ts';
import type { Answer, Lab } from './lab.ts';

/** What a door said to one GET. */
export type Said = { readonly operation: string; readonly path: string; readonly status: number; readonly text: string };

/** As many rows of each list are looked at one by one, and as many places are tried for each operation. */
const ROWS = 2;

const getters: Readonly<Record<string, (lab: Lab, path: string) => Promise<Answer>>> = {
  dotloop: (lab, path) => lab.dotloop(path),
  spark: (lab, path) => lab.spark(path),
  reapit: (lab, path) => lab.reapit(path),
  propertybase: (lab, path) => lab.propertybase(path),
};

/** Paths of every GET that a door describes, parents before their children. */
function templatesOf(door: (typeof doors)[number]): string[] {
  const { paths } = door.openapi('http://127.0.0.1') as { paths: Record<string, Record<string, unknown>> };
  const all = Object.entries(paths).flatMap(([path, operations]) => (operations.get ? [path] : []));
  return all.sort((a, b) => a.split('/').length - b.split('/').length);
}

/** Paths that the door's conformance cases read: ids that lists do not show, and queries without which nothing is said. */
const knownPaths = (door: string): string[] =>
  loadCases(door).flatMap(({ steps }) =>
    steps.flatMap(({ request, answer }) =>
      (request.method ?? 'GET') === 'GET' && answer.status === 200 && !/[{~]|^http/.test(request.path) ? [request.path] : [],
    ),
  );

const patternOf = (template: string) => new RegExp(`^${template.replace(/\{\w+\}/g, '[^/?]+')}/?(\\?.*)?$`);

/** Ids of the rows in a list, whatever its envelope. */
function idsIn(body: unknown): string[] {
  if (typeof body !== 'object' || body === null) return [];
  const rows = Array.isArray(body) ? body : Object.values(body).find(Array.isArray);
  if (!rows) return Object.values(body).flatMap(idsIn);
  return rows.flatMap((row: unknown) => {
    if (typeof row !== 'object' || row === null) return [];
    const { id, Id } = row as { id?: unknown; Id?: unknown };
    return id !== undefined || Id !== undefined ? [String(id ?? Id)] : [];
  });
}

/** Asks every GET operation of every door about rows of the sandbox: first and last ones of each list, in the same order each time. */
export async function walkDoors(lab: Lab): Promise<Said[]> {
  const said: Said[] = [];
  for (const door of doors) {
    const get = getters[door.name];
    if (!get) throw new Error(`Nobody knows how to call the door ${door.name}`);
    const known = knownPaths(door.name);
    const ids = new Map<string, string[]>();
    const placesOf = (template: string): string[] => {
      const at = template.lastIndexOf('/{');
      if (at === -1) return [template];
      const end = template.indexOf('}', at) + 1;
      return placesOf(template.slice(0, at)).flatMap((list) =>
        (ids.get(list) ?? []).map((id) => `${list}/${encodeURIComponent(id)}${template.slice(end)}`),
      );
    };
    for (const template of templatesOf(door)) {
      const pattern = patternOf(template);
      const places = [...new Set([...placesOf(template), ...known.filter((path) => pattern.test(path)).slice(0, 1)])];
      for (const path of places.slice(0, ROWS + 1)) {
        const { status, text, body } = await get(lab, path);
        said.push({ operation: `${door.name} GET ${template}`, path, status, text });
        const found = status === 200 ? idsIn(body) : [];
        if (found.length > 0) ids.set(path, [...new Set([...found.slice(0, ROWS - 1), ...found.slice(-1)])]);
      }
    }
  }
  return said;
}
