import { randomBytes } from 'node:crypto';
import type { FormAnswer, FormField, FormSection } from '../../../domain/index.ts';
import type { Model } from '../desk.ts';

const KINDS: Readonly<Record<string, readonly string[]>> = {
  text_field: ['required', 'number', 'min_length', 'max_length', 'email', 'zip_code', 'phone_number', 'url'],
  text_area: ['required', 'min_length', 'max_length'],
  select: ['required'],
  radio_button_select: ['required'],
  check_box_group: ['required'],
  check_box: ['confirmed'],
  file_field: ['required', 'mime_types'],
  time_select: ['required', 'time'],
  date_select: ['required', 'date'],
  datetime_select: ['required', 'datetime'],
  item_quantity: ['required', 'number'],
};
const MIME_TYPES = ['image/jpeg', 'image/gif', 'image/png', 'application/msword', 'application/pdf', 'application/vnd.ms-excel'];

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const text = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);
const place = (value: unknown, nth: number) => (typeof value === 'number' && Number.isInteger(value) ? value : nth + 1);

/** Ids that fields and sections keep when they are written again; new ones count on from the greatest. */
class Ids {
  #next: number;
  readonly #known: ReadonlySet<number>;
  readonly #taken = new Set<number>();
  constructor(known: readonly number[]) {
    this.#known = new Set(known);
    this.#next = Math.max(0, ...known) + 1;
  }
  take(asked: unknown): number {
    if (typeof asked === 'number' && this.#known.has(asked) && !this.#taken.has(asked)) {
      this.#taken.add(asked);
      return asked;
    }
    return this.#next++;
  }
}

const isYes = (value: unknown) => value === true || value === 'true' || value === 1 || value === '1';
const LENGTHS: ReadonlySet<string> = new Set(['min_length', 'max_length']);
/** A rule as it may be sent: lengths as digits, truth as a word or a number (contracts/propertybase.md §1.10); undefined for none. */
function ruleOf(name: string, value: unknown): unknown {
  if (name === 'mime_types') return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : undefined;
  if (!LENGTHS.has(name)) return isYes(value);
  const length = value === null || value === '' ? Number.NaN : Number(value);
  return Number.isInteger(length) && length >= 0 ? length : undefined;
}

function fieldOf(given: Model, nth: number, ids: Ids, texts: string[]): FormField {
  const label = text(given.label) ?? text(given.name) ?? '';
  const kind = text(given.kind) ?? 'text_field';
  const allowed = KINDS[kind];
  if (label === '') texts.push("Form field label can't be blank");
  if (!allowed) texts.push('Form field kind is not included in the list');
  const sent = isObject(given.validations) ? given.validations : {};
  const validations = Object.fromEntries(
    Object.entries(sent).flatMap(([name, value]) => {
      const rule = allowed?.includes(name) ? ruleOf(name, value) : undefined;
      return rule === undefined ? [] : [[name, rule]];
    }),
  );
  const required = given.required === undefined ? validations.required : isYes(given.required);
  const options = (Array.isArray(given.options) ? given.options : []).map((one, at) => {
    const option: Model = isObject(one) ? one : { label: one };
    const name = String(option.label ?? option.value ?? '');
    return { label: name, value: String(option.value ?? name), position: place(option.position, at) };
  });
  return {
    id: ids.take(given.id),
    name: text(given.name) ?? `field_${randomBytes(10).toString('hex')}`,
    label,
    kind,
    position: place(given.position, nth),
    validations: required === true ? { ...validations, required: true } : validations,
    options,
    system_field: text(given.system_field),
  };
}

/** Sections as they are kept; a flat list of fields makes one section (contracts/propertybase.md §3.8). */
export function readDefinition(
  sent: Model,
  standing: readonly FormSection[],
): { sections: readonly FormSection[]; texts: readonly string[] } {
  const texts: string[] = [];
  const sectionIds = new Ids(standing.map(({ id }) => id));
  const fieldIds = new Ids(standing.flatMap(({ form_fields }) => form_fields.map(({ id }) => id)));
  const given = Array.isArray(sent.form_sections)
    ? (sent.form_sections as readonly unknown[]).filter(isObject)
    : [{ id: standing[0]?.id, name: standing[0]?.name ?? null, position: 1, form_fields: sent.form_fields }];
  const sections = given.map((section, nth) => ({
    id: sectionIds.take(section.id),
    name: text(section.name),
    position: place(section.position, nth),
    form_fields: (Array.isArray(section.form_fields) ? section.form_fields : [])
      .filter(isObject)
      .map((one, at) => fieldOf(one, at, fieldIds, texts)),
  }));
  const names = sections.flatMap(({ form_fields }) => form_fields.map(({ name }) => name));
  if (new Set(names).size < names.length) texts.push('Form field name must be unique');
  return { sections, texts: [...new Set(texts)] };
}

export const shownField = (field: FormField): Model => ({
  id: field.id,
  name: field.name,
  label: field.label,
  kind: field.kind,
  position: field.position,
  required: field.validations.required === true,
  validations: field.validations,
  options: field.options,
  system_field: field.system_field,
});

const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;
const isBlank = (value: unknown) =>
  value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0);
const isDay = (value: string) =>
  /^\d{4}-\d\d-\d\d$/.test(value) &&
  !Number.isNaN(Date.parse(`${value}T00:00:00Z`)) &&
  new Date(`${value}T00:00:00Z`).toISOString().startsWith(value);
const isTime = (value: string) => /^([01]?\d|2[0-3]):[0-5]\d(:[0-5]\d)?(\s*[ap]m)?$/i.test(value.trim());

/** What is wrong with one answer, in the words of the vendor's form engine. */
function wrong({ label, kind, validations: rules, options }: FormField, value: unknown): string | undefined {
  if (kind === 'check_box') {
    const ticked = value === true || value === 'true' || value === 1 || value === '1' || value === 'on';
    return rules.confirmed === true && !ticked ? `${label} must be selected.` : undefined;
  }
  if (isBlank(value)) return rules.required === true ? `${label} cannot be blank.` : undefined;
  if (kind === 'file_field') return undefined;
  if (kind === 'check_box_group' || kind === 'select' || kind === 'radio_button_select') {
    const known = new Set(options.map((one) => one.value));
    const chosen = [value].flat().map(String);
    return known.size > 0 && chosen.some((one) => !known.has(one)) ? `${label} must be selected.` : undefined;
  }
  const said = String(value);
  if ((rules.number === true || kind === 'item_quantity') && !/^[+-]?\d+(\.\d+)?$/.test(said.trim()))
    return `${label} must be a number.`;
  if (typeof rules.min_length === 'number' && said.length < rules.min_length)
    return `${label} must be greater than ${rules.min_length} characters long.`;
  if (typeof rules.max_length === 'number' && said.length > rules.max_length)
    return `${label} must be less than ${rules.max_length} characters long.`;
  if (rules.zip_code === true && !/^\d{5}(-\d{4})?$/.test(said.trim())) return `${label} must be a valid zip code.`;
  if (rules.email === true && !EMAIL.test(said.trim())) return `${label} must be a valid email address.`;
  if (rules.phone_number === true && !/^\d{7,15}$/.test(said.replaceAll(/[\s().+-]/g, '')))
    return `${label} must be a valid phone number.`;
  if (rules.url === true && !/^https?:\/\/\S+\.\S+/i.test(said.trim())) return `${label} must be a valid url.`;
  if (kind === 'time_select' && !isTime(said)) return `${label} is an invalid time.`;
  if (kind === 'date_select' && !isDay(said)) return `${label} is an invalid date.`;
  if (kind === 'datetime_select' && Number.isNaN(Date.parse(said))) return `${label} is an invalid date & time.`;
  return undefined;
}

const inOrder = (sections: readonly FormSection[]): FormField[] =>
  sections
    .toSorted((a, b) => a.position - b.position)
    .flatMap(({ form_fields }) => form_fields.toSorted((a, b) => a.position - b.position));

/** The fields of a form that take files, with the types that they take. */
export const fileFields = (sections: readonly FormSection[]) =>
  inOrder(sections).flatMap(({ kind, name, label, validations: { mime_types: own } }) =>
    kind === 'file_field'
      ? [{ name, wrong: `${label} is an invalid file type`, types: Array.isArray(own) && own.length > 0 ? own : MIME_TYPES }]
      : [],
  );

/** Answers in the order of the form with the labels of this day, and one text for each field that is wrong. */
export function readAnswers(
  sections: readonly FormSection[],
  data: Model,
): { answers: readonly FormAnswer[]; texts: readonly string[]; system: Model } {
  const fields = inOrder(sections);
  const texts = fields.flatMap((field) => wrong(field, data[field.name]) ?? []);
  const answers = fields.flatMap(({ name, label }) => (data[name] === undefined ? [] : [{ name, label, value: data[name] }]));
  const system = Object.fromEntries(
    fields.flatMap(({ system_field, name }) =>
      system_field !== null && !isBlank(data[name]) ? [[system_field, data[name]]] : [],
    ),
  );
  return { answers, texts, system };
}
