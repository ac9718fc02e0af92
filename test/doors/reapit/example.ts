import type { FieldSpec, Fields } from '../../../src/wire/resource/spec.ts';

/** Codes of rows of the sandbox, by the noun that a member is about. */
const CODES: Readonly<Record<string, string>> = {
  office: 'OXF',
  negotiator: 'JAS',
  diaryNegotiator: 'JAS',
  diaryOffice: 'SOL',
  department: 'G',
  contact: 'OXF18000001',
  category: 'XLY',
};

type Made = { readonly set: unknown } | { readonly skip: true };
const SKIP: Made = { skip: true };
const set = (value: unknown): Made => ({ set: value });

function text(name: string, spec: FieldSpec, turn: number): Made {
  if (spec.enum) return set(spec.enum[turn % spec.enum.length]);
  if (spec.format === 'date') return set(`2024-0${turn + 1}-15`);
  if (spec.format === 'date-time') return set(`2024-0${turn + 1}-15T10:30:00Z`);
  const [, noun] = /^(\w+?)Ids?$/.exec(name) ?? [];
  if (noun === 'country') return set(['GB', 'US'][turn]);
  if (noun !== undefined) return CODES[noun] === undefined ? SKIP : set(CODES[noun]);
  if (name === 'url' || spec.format === 'uri') return set(`https://example.com/${name}/${turn}`);
  if (/email/i.test(name)) return set(`${name}${turn}@example.com`);
  return set(/phone/i.test(name) ? `0123 456${turn}` : `${name} ${turn}`);
}

/** A value for a member by its shape; another one for each turn where there are several. */
function valueFor(name: string, spec: FieldSpec, turn: number): Made {
  switch (spec.type) {
    case 'string':
      return text(name, spec, turn);
    case 'boolean':
      return set(turn % 2 === 0);
    case 'integer':
      return set(3 + turn);
    case 'number':
      return set(1.5 + turn);
    case 'array': {
      const item = spec.items ? valueFor(name, spec.items, turn) : SKIP;
      return 'set' in item ? set([item.set]) : SKIP;
    }
    case 'object':
      return spec.fields ? set(bodyFor(spec.fields, turn)) : SKIP;
    default:
      return SKIP;
  }
}

/** A body with every member that a value can be made up for. */
export function bodyFor(fields: Fields, turn = 0, special: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  const made = Object.entries(fields).flatMap(([name, spec]): [string, unknown][] => {
    if (name in special) return special[name] === undefined ? [] : [[name, special[name]]];
    const value = valueFor(name, spec, turn);
    return 'set' in value ? [[name, value.set]] : [];
  });
  return Object.fromEntries(made);
}

/** Does the answer have every value that was sent? Answers what is not, as paths. */
export function lost(sent: unknown, answered: unknown, path = ''): string[] {
  if (Array.isArray(sent)) {
    if (!Array.isArray(answered) || answered.length !== sent.length) return [`${path}: ${JSON.stringify(answered)}`];
    return sent.flatMap((item, i) => lost(item, answered[i], `${path}[${i}]`));
  }
  if (typeof sent === 'object' && sent !== null)
    return Object.entries(sent).flatMap(([name, value]) =>
      lost(value, (answered as Record<string, unknown> | null)?.[name], path === '' ? name : `${path}.${name}`),
    );
  return sent === answered ? [] : [`${path}: ${JSON.stringify(sent)} sent, ${JSON.stringify(answered)} answered`];
}
