import type { Details, DetailsChange } from '../../../domain/index.ts';
import { type Breach, invalid } from '../../../kernel/fault.ts';
import { at } from '../../../wire/schema-node.ts';
import { SECTIONS } from './detail-names.ts';

/** A detail field that the brokerage defined itself, by the names people see. */
export type OwnField = { readonly section: string; readonly name: string };
type WireDetails = Record<string, Record<string, string>>;
type WireChange = Readonly<Record<string, Readonly<Record<string, string | null>> | null>>;

const BY_NAME = new Map(
  SECTIONS.map(({ name, key, fields }) => [name, { key, fields: new Map(fields.map((f) => [f.name, f.key])) }]),
);

/** What the brokerage named itself is `+Name` in the domain. */
const ownName = (key: string) => key.slice(1);

/** Known fields in the order of the contract, then the brokerage's own; fields and sections without a value are left out. */
function toSection(values: Readonly<Record<string, string>>, fields: readonly { name: string; key: string }[]) {
  const section: Record<string, string> = {};
  for (const { name, key } of fields) if (values[key]) section[name] = values[key];
  for (const [key, value] of Object.entries(values)) if (key.startsWith('+') && value) section[ownName(key)] = value;
  return section;
}

/** The map of `details` in lists: the nine sections and no other, since an unknown one there crashes a client (§5.3). */
export function toListDetails(details: Details): WireDetails {
  const wire: WireDetails = {};
  for (const { name, key, fields } of SECTIONS) {
    const section = toSection(details[key] ?? {}, fields);
    if (Object.keys(section).length > 0) wire[name] = section;
  }
  return wire;
}

/** The map of `/detail`: the nine sections, then those of the brokerage's own. */
export function toDetails(details: Details): WireDetails {
  const wire = toListDetails(details);
  for (const [key, values] of Object.entries(details)) {
    if (!key.startsWith('+')) continue;
    const section = toSection(values, []);
    if (Object.keys(section).length > 0) wire[ownName(key)] = section;
  }
  return wire;
}

/** Whether every name in the change is one of the catalogue in its own section; then nothing has to be looked up. */
export const isCatalogue = (change: WireChange) =>
  Object.entries(change).every(
    ([section, fields]) =>
      fields === null || (BY_NAME.has(section) && Object.keys(fields).every((field) => BY_NAME.get(section)?.fields.has(field))),
  );

/** The only section that has a field of that name. */
function sectionOf(field: string): { key: string; field: string } | undefined {
  const having = [...BY_NAME.values()].filter(({ fields }) => fields.has(field));
  const [only] = having;
  return having.length === 1 && only ? { key: only.key, field: only.fields.get(field) as string } : undefined;
}

/**
 * A change in the keys of the domain. A known field in the wrong section goes to its own, and gives way when that one is sent too
 * (contracts/dotloop.md §5.6).
 * @throws Fault invalid that names every unknown section and field
 */
export function readDetailsChange(change: WireChange, own: readonly OwnField[]): DetailsChange {
  const breaches: Breach[] = [];
  const explicit: Record<string, Record<string, string | null>> = {};
  const moved: Record<string, Record<string, string | null>> = {};
  const refuse = (path: string, message: string) => breaches.push({ in: 'body', at: path, reason: 'value', message });
  const put = (target: typeof explicit, section: string, field: string, value: string | null) => {
    const fields = target[section] ?? {};
    target[section] = { ...fields, [field]: value };
  };
  for (const [section, fields] of Object.entries(change)) {
    const known = BY_NAME.get(section);
    const ours = own.filter((field) => field.section === section);
    if (!known && ours.length === 0) refuse(at('', section), `There is no detail section '${section}'`);
    else
      for (const [field, value] of Object.entries(fields ?? {})) {
        const key = known?.fields.get(field);
        const elsewhere = sectionOf(field);
        if (known && key) put(explicit, known.key, key, value);
        else if (ours.some(({ name }) => name === field)) put(explicit, known?.key ?? `+${section}`, `+${field}`, value);
        else if (elsewhere) put(moved, elsewhere.key, elsewhere.field, value);
        else refuse(at(at('', section), field), `There is no detail field '${field}' in section '${section}'`);
      }
  }
  if (breaches.length > 0) throw invalid(breaches);
  for (const [section, fields] of Object.entries(explicit)) moved[section] = { ...moved[section], ...fields };
  return moved;
}
