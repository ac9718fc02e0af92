import { equal } from 'node:assert/strict';
import type { DoorName, Speak } from '../strangers.ts';

/** What is known of a record, by names that are no door's. */
export type Facts = Readonly<Record<string, unknown>>;
type Body = Readonly<Record<string, unknown>>;

/** Where a fact stands in a door's body, `primaryAddress.line3`; or how it is read and written where that is not one member. */
export type Place = string | { readonly read: (body: Body) => unknown; readonly write: (value: unknown) => Body };

/** By what a door names a row: of a row `t`. */
export const NAMES = {
  id: 't.id',
  code: 't.code',
  reso_key: 't.reso_key',
  // The profile of an office or a team has an id of its own (domain-people §2.8).
  office_profile: '(select p.id from profile p where p.org_id = t.org_id and p.office_id = t.id)',
  team_profile: '(select p.id from profile p where p.org_id = t.org_id and p.team_id = t.id)',
} as const;

/** One noun at one door. */
export type Side = {
  /** the list's path; of the row `path/key` */
  readonly path: string;
  readonly key: keyof typeof NAMES;
  readonly facts: Readonly<Record<string, Place>>;
  /** what a new row has besides its facts; absent: the door makes none */
  readonly create?: Body;
  /** the name of the list in which a new one is sent, where the door wraps it */
  readonly plural?: string;
  readonly update?: 'PATCH' | 'PUT';
  /** facts that the door shows and does not change */
  readonly fixed?: readonly string[];
  readonly remove?: true;
  /** where a row is changed, if it is not where it is read */
  readonly changedAt?: string;
};

const partOf = (body: unknown, name: string) => (body as Body | null | undefined)?.[name];

function get(body: Body, place: Place): unknown {
  const value = typeof place === 'string' ? place.split('.').reduce<unknown>(partOf, body) : place.read(body);
  return value === undefined || value === '' ? null : value;
}

function put(body: Record<string, unknown>, place: Place, value: unknown): void {
  if (typeof place !== 'string') return void Object.assign(body, place.write(value));
  const [name = '', ...rest] = place.split('.');
  if (rest.length === 0) return void Object.assign(body, { [name]: value });
  const inner = { ...(body[name] as object | undefined) };
  put(inner, rest.join('.'), value);
  body[name] = inner;
}

/** Without the door's envelope. */
function bare(text: string): Body {
  const body = JSON.parse(text) as { data?: Body; D?: { Results?: Body[] } };
  return body.D?.Results?.[0] ?? body.data ?? (body as Body);
}

const STAMPS = ['updated', 'updated_at', '_eTag', 'ModificationTimestamp'];

export type Shown = { readonly facts: Facts; readonly stamp: string | undefined; readonly body: Body };

/** What can be done to a noun at a door, in facts. */
export function actAt(door: DoorName, speak: Speak, side: Side) {
  const { path, facts: places } = side;
  const bodyOf = (facts: Facts, more: Body = {}) => {
    const body: Record<string, unknown> = { ...more };
    for (const [name, place] of Object.entries(places)) if (name in facts) put(body, place, facts[name]);
    return body;
  };
  const read = async (key: string): Promise<Shown | undefined> => {
    const { status, text, etag } = await speak('GET', `${path}/${key}`);
    if (status === 404) return undefined;
    equal(status, 200, `GET ${path}/${key} at ${door}: ${text}`);
    const body = bare(text);
    const facts = Object.fromEntries(Object.entries(places).map(([name, place]) => [name, get(body, place)]));
    const stamp = etag ?? STAMPS.map((name) => body[name]).find((value) => typeof value === 'string');
    return { facts, stamp: stamp as string | undefined, body };
  };
  return {
    door,
    side,
    read,
    /** the facts that it can change */
    changes: side.update ? Object.keys(places).filter((name) => !side.fixed?.includes(name)) : [],
    async make(facts: Facts): Promise<string> {
      const body = bodyOf(facts, side.create);
      const json = side.plural ? { D: { [side.plural]: [body] } } : door === 'spark' ? { D: body } : body;
      const { status, text, location } = await speak('POST', path, json);
      equal(Math.floor(status / 100), 2, `POST ${path} at ${door}: ${status} ${text}`);
      if (location && door === 'reapit') return location.split('/').at(-1) ?? '';
      const made = bare(text);
      return String(made.id ?? made.Id ?? String(made.ResourceUri).replace(/\/$/, '').split('/').at(-1));
    },
    async change(key: string, facts: Facts): Promise<void> {
      const body = bodyOf(facts);
      const etag = door === 'reapit' ? (await speak('GET', `${path}/${key}`)).etag : undefined;
      const at = `${side.changedAt ?? path}/${key}`;
      const answer = await speak(
        side.update ?? 'PATCH',
        at,
        door === 'spark' ? { D: body } : body,
        etag ? { 'if-match': etag } : {},
      );
      equal(Math.floor(answer.status / 100), 2, `${side.update} ${at} at ${door}: ${answer.status} ${answer.text}`);
    },
    async remove(key: string): Promise<void> {
      const { status, text } = await speak('DELETE', `${path}/${key}`);
      equal(Math.floor(status / 100), 2, `DELETE ${path}/${key} at ${door}: ${status} ${text}`);
    },
  };
}
export type Acting = ReturnType<typeof actAt>;
