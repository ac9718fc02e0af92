import type { Breach } from '../../kernel/fault.ts';
import { type Fields, type GroupSpec, isEmpty, isObject, type Rule, valueAt, type When } from './spec.ts';

type Model = Readonly<Record<string, unknown>>;

const breach = (at: string, message: string): Breach => ({ in: 'body', at, reason: 'required', message });

/** `buying.priceFrom` as people say it: "Price from". */
export const spoken = (path: string): string => {
  const text = (path.split('.').at(-1) ?? path).replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  return text.charAt(0).toUpperCase() + text.slice(1);
};

export function holds(when: When | undefined, model: Model): boolean {
  if (!when) return true;
  const { equals = {}, present = [], absent = [], absentOrZero = [] } = when;
  return (
    Object.entries(equals).every(([path, wanted]) => [wanted].flat().includes(valueAt(model, path))) &&
    present.every((path) => !isEmpty(valueAt(model, path))) &&
    absent.every((path) => isEmpty(valueAt(model, path))) &&
    absentOrZero.every((path) => isEmpty(valueAt(model, path)) || valueAt(model, path) === 0)
  );
}

/** Members that have to be there: in a new record all of them, in a changed one those that the change empties. */
function requiredBreaches(fields: Fields, model: Model, sent: Model | undefined, path = ''): Breach[] {
  return Object.entries(fields).flatMap(([name, spec]) => {
    const at = path === '' ? name : `${path}.${name}`;
    const touched = sent === undefined || Object.hasOwn(sent, name);
    if (!touched) return [];
    if (spec.required && isEmpty(model[name])) return [breach(at, `${spoken(at)} must be provided`)];
    const inner = model[name];
    const below = sent?.[name];
    if (spec.fields && isObject(inner))
      return requiredBreaches(spec.fields, inner, sent === undefined ? undefined : isObject(below) ? below : {}, at);
    if (spec.items?.fields && Array.isArray(inner)) {
      const { fields: of } = spec.items;
      return inner.flatMap((item, i) => (isObject(item) ? requiredBreaches(of, item, undefined, `${at}[${i}]`) : []));
    }
    return [];
  });
}

const subject = ({ equals = {} }: When) => {
  const [word] = Object.values(equals);
  return word === undefined ? '' : ` for ${[word].flat().join(' or ')}`;
};

const pathsOf = ({ equals = {}, present = [], absent = [], absentOrZero = [] }: When): readonly string[] => [
  ...Object.keys(equals),
  ...present,
  ...absent,
  ...absentOrZero,
];

/** A condition on members of one object alone says nothing while that object is not there. */
const applies = (when: When, path: string, model: Model): boolean =>
  path === '' || !isEmpty(valueAt(model, path)) || !pathsOf(when).every((one) => one.startsWith(`${path}.`));

function conditionalBreaches(fields: Fields, model: Model, covered: ReadonlySet<string>, path = ''): Breach[] {
  return Object.entries(fields).flatMap(([name, spec]) => {
    const at = path === '' ? name : `${path}.${name}`;
    const own =
      spec.requiredWhen &&
      !covered.has(at) &&
      isEmpty(valueAt(model, at)) &&
      applies(spec.requiredWhen, path, model) &&
      holds(spec.requiredWhen, model)
        ? [breach(at, `${spoken(at)} must be provided${subject(spec.requiredWhen)}`)]
        : [];
    return [...own, ...(spec.fields ? conditionalBreaches(spec.fields, model, covered, at) : [])];
  });
}

const countsOf = (min: number, max: number) =>
  max === Number.POSITIVE_INFINITY ? `at least ${min} ${min === 1 ? 'item' : 'items'}` : `${min} to ${max} items`;

const listed = (fields: readonly string[]) => fields.join(', ');

/** The group's own conditions that a shape cannot say; those that a resource has to know about are left to it. */
function ruleBreaches(
  { rule, field = '', fields = [], value, min = 0, max = Number.POSITIVE_INFINITY, when }: Rule,
  model: Model,
): Breach[] {
  const given = fields.filter((path) => !isEmpty(valueAt(model, path)));
  const at = fields[0] ?? field;
  const count = valueAt(model, field);
  switch (rule) {
    case 'atLeastOneOf':
      return holds(when, model) && given.length === 0
        ? [breach(at, `At least one of ${listed(fields)} must be provided${subject(when ?? {})}`)]
        : [];
    case 'exactlyOneOf':
      if (given.length === 1) return [];
      return [breach(at, `Exactly one of ${listed(fields)} must be provided`)];
    case 'atMostOneOf':
      return given.length > 1 ? [breach(given[1] ?? at, `Only one of ${listed(fields)} may be provided`)] : [];
    case 'range':
      return isEmpty(count) || (typeof count === 'number' && count >= min && count <= max)
        ? []
        : [breach(field, `${spoken(field)} must be between ${min} and ${max}`)];
    case 'itemCount': {
      const items = Array.isArray(count) ? count.length : 0;
      return field !== '' && (items < min || items > max)
        ? [breach(field, `${spoken(field)} must have ${countsOf(min, max)}`)]
        : [];
    }
    case 'onlyWhen':
      return !isEmpty(count) && !holds(when, model) ? [breach(field, `${spoken(field)} may not be provided here`)] : [];
    case 'mustEqual':
      return holds(when, model) && !([value].flat() as unknown[]).includes(count)
        ? [breach(field, `${spoken(field)} must be ${[value].flat().join(' or ')}`)]
        : [];
    default:
      return [];
  }
}

const standing = (spec: GroupSpec, fields: Fields, model: Model): Breach[] => {
  const rules = spec.rules ?? [];
  const covered = new Set(
    rules.filter(({ rule }) => rule === 'atLeastOneOf' || rule === 'exactlyOneOf').flatMap(({ fields: of = [] }) => of),
  );
  return [...conditionalBreaches(fields, model, covered), ...rules.flatMap((rule) => ruleBreaches(rule, model))];
};

/** `a[0].b`, and what it lies in: `a[0]` and `a`. */
const pathsTo = (path: string): string[] => [...[...path.matchAll(/[.[]/g)].map(({ index }) => path.slice(0, index)), path];

/**
 * What is wrong, and what is missing besides: a member that could not be read is not told as missing too, nor what is around or in it. A
 * body may have a hundred thousand of either, so none is compared with each of the others.
 */
export function besides(wrong: readonly Breach[], missing: readonly Breach[]): Breach[] {
  const told = new Set(wrong.map(({ at = '' }) => at));
  const around = new Set([...told].flatMap(pathsTo));
  const isTold = ({ at = '' }: Breach) => around.has(at) || pathsTo(at).some((one) => told.has(one));
  return [...wrong, ...missing.filter((one) => !isTold(one))];
}

/** Everything that is missing in a new record. */
export function creationBreaches(spec: GroupSpec, fields: Fields, model: Model): Breach[] {
  return besides(requiredBreaches(fields, model, undefined), standing(spec, fields, model));
}

/**
 * What a change breaks: members that creation requires and that it empties, and conditions that held before. What was wrong already, in
 * a record that another door made, is no fault of this change (domain-people §3.2).
 */
export function changeBreaches(spec: GroupSpec, created: Fields, before: Model, after: Model, sent: Model): Breach[] {
  // Once a file is stored, what it was sent as is asked for no more.
  const rules = (spec.rules ?? []).filter(({ rule }) => rule !== 'exactlyOneOf');
  const lasting = { ...spec, rules };
  const old = new Set(standing(lasting, created, before).map(({ at, message }) => `${at} ${message}`));
  return [
    ...requiredBreaches(created, after, sent),
    ...standing(lasting, created, after).filter(({ at, message }) => !old.has(`${at} ${message}`)),
  ];
}
