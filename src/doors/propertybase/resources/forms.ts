import type { FormAnswer, FormSection, PublicFile, PublicFiles } from '../../../domain/index.ts';
import type { Row } from '../../../kernel/record.ts';
import { askedOnce } from '../asked-once.ts';
import type { Desk, Model } from '../desk.ts';
import { computed, MOMENTARY, of } from '../fields.ts';
import { fileUrl, keptFile } from '../files.ts';
import { byId, byText, byTruth } from '../filters.ts';
import { readValue } from '../read-value.ts';
import { at, ofLead, type Resource, under, type Written } from '../resource.ts';
import { rowOf } from '../row-of.ts';
import { assignVisitor, visitorOf } from './activity.ts';
import { personType } from './assignee.ts';
import { bindAnswers, visitorIn } from './bound-answers.ts';
import { fileFields, readAnswers, readDefinition, shownField } from './form-definition.ts';
import { emailErrors } from './staff.ts';

const sectionsOf = (row: Row | null) => (row?.definition ?? []) as readonly FormSection[];
const shownSections = (row: Row) =>
  sectionsOf(row).map(({ id, name, position, form_fields }) => ({
    id,
    name,
    position,
    form_fields: form_fields.map(shownField),
  }));

const redefines = ({ sent }: Written) => sent.form_sections !== undefined || sent.form_fields !== undefined;

export const dynamicForms = (desk: Desk): Resource => ({
  name: 'dynamic_forms',
  permission: 'dynamic_forms',
  model: 'Dynamic form',
  models: 'Dynamic forms',
  key: 'dynamic_form',
  methods: 'LGCUD',
  places: [at('/dynamic_forms')],
  source: desk.domain.records.dynamicForm,
  fields: {
    ...of('string', 'rw', 'name', { required: true }),
    ...of('string', 'rw', 'submit_label email'),
    ...of('text', 'rw', 'instructions confirmation'),
    ...of('bool', 'rw', 'email_submissions', { fallback: false }),
    ...of('bool', 'rw', 'active'),
    ...of('string', 'r', 'creator_type', { read: ({ creator_kind }) => personType(creator_kind as string | undefined) }),
    ...of('int', 'r', 'creator_id', { column: 'creator_id' }),
    form_sections: computed<readonly unknown[]>('objects', 'rw', { read: shownSections, ...MOMENTARY }),
    form_fields: computed<readonly unknown[]>('objects', 'rw', {
      read: (row) => sectionsOf(row).flatMap(({ form_fields }) => form_fields.map(shownField)),
      ...MOMENTARY,
    }),
  },
  filters: { active: byTruth('active'), name: byText('name') },
  orders: { name: 'name', email: 'email' },
  check: (_own, written) => [
    ...emailErrors(written.sent),
    ...(redefines(written) ? readDefinition(written.sent, sectionsOf(written.row)).texts : []),
  ],
  complete: (_own, written) => {
    if (!redefines(written)) return {};
    const { sections } = readDefinition(written.sent, sectionsOf(written.row));
    return JSON.stringify(sections) === JSON.stringify(sectionsOf(written.row)) ? {} : { definition: sections };
  },
});

const formOf = askedOnce(async ({ domain }: Desk, { caller, sent }: Written): Promise<Row | undefined> => {
  const id = sent.dynamic_form_id as number | null | undefined;
  if (!id) return undefined;
  return rowOf(domain.records.dynamicForm, caller, id);
});

type Filed = { readonly data: Model; readonly files: PublicFiles; readonly texts: readonly string[] };

/** Answers that are files, taken in: their addresses stand in the places of what was sent (contracts/propertybase.md §1.11). */
const filedOf = askedOnce(async (desk: Desk, written: Written): Promise<Filed> => {
  const form = await formOf(desk, written);
  const data: Record<string, unknown> = { ...(written.sent.data as Model | undefined) };
  const files: { field: string; file: PublicFile }[] = [];
  const texts: string[] = [];
  for (const { name, types, wrong } of fileFields(sectionsOf(form ?? null))) {
    const given = data[name] ?? '';
    if (given === '') continue;
    const read = readValue(name, { type: 'file', access: 'rw' }, Array.isArray(given) ? given[0] : given);
    const file = 'error' in read || read.value === null ? undefined : await written.take(read.value as string, false);
    if (file && types.includes(file.type)) {
      files.push({ field: `data.${name}`, file });
      data[name] = fileUrl(desk, keptFile(file));
    } else texts.push(wrong);
  }
  return { data, files, texts };
});

export const formSubmissions = (desk: Desk): Resource => ({
  name: 'form_submissions',
  permission: 'form_submissions',
  model: 'Form submission',
  models: 'Form submissions',
  key: 'form_submission',
  methods: 'LGC',
  places: [
    under('dynamic_forms', '/dynamic_forms/:dynamic_form_id/form_submissions', 'dynamic_form_id', 'dynamic_form_id'),
    ...ofLead('form_submissions'),
  ],
  source: desk.domain.records.formSubmission,
  fields: {
    dynamic_form_id: {
      type: 'id',
      access: 'rc',
      of: 'Dynamic form',
      column: 'dynamic_form_id',
      required: true,
      aliases: ['form_id'],
    },
    ...of('object', 'rc', 'data', { column: 'data', required: true }),
    ...of('string', 'r', 'submitter_type', { read: ({ contact_id }) => (contact_id === null ? null : 'Lead') }),
    ...of('int', 'r', 'submitter_id', { read: (row) => (row.contact_id === null ? null : row['contact_id:id']) }),
    lead_id: { type: 'id', access: 'rc', of: 'Lead', column: 'contact_id' },
    ...of('string', 'wc', 'email first_name last_name', MOMENTARY),
    answers: computed<readonly FormAnswer[]>('objects', 'r', { read: ({ answers }) => answers }),
  },
  filters: { dynamic_form_id: byId('dynamic_form_id:id'), lead_id: byId('contact_id:id') },
  async check(own, written) {
    const form = await formOf(own, written);
    if (!form) return emailErrors(written.sent);
    if (form.active !== true) return ['Dynamic form is not active'];
    const { data, texts } = await filedOf(own, written);
    return [...emailErrors(written.sent), ...readAnswers(sectionsOf(form), data).texts, ...texts];
  },
  async complete(own, written) {
    const form = await formOf(own, written);
    const { data, files } = await filedOf(own, written);
    const { answers, system } = readAnswers(sectionsOf(form ?? null), data);
    const whole = { ...written, sent: { ...visitorIn(system), ...written.sent } };
    const created = { creation_type: 'Form', creation_name: form?.name ?? null, lead_source_category: 'Website' };
    const asked = await assignVisitor(own, whole, visitorOf(whole, created));
    return { data, answers, files, ...(await bindAnswers(own, whole, asked, system)) };
  },
});
