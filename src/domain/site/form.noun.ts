import { statement } from '../../db/index.ts';
import { keptFields } from '../kept-fields.ts';
import { queueMail } from '../mail/index.ts';
import { leadOfVisitor } from '../people/index.ts';
import { dropPublicFiles } from '../public-file.ts';
import { boolean, integer, json, noun, ref, type Stored, text } from '../records/index.ts';
import { OF_LIVE_LEADS } from './listing-of.ts';

export type FormField = {
  readonly id: number;
  readonly name: string;
  readonly label: string;
  readonly kind: string;
  readonly position: number;
  readonly validations: Readonly<Record<string, unknown>>;
  readonly options: readonly { readonly label: string; readonly value: string; readonly position: number }[];
  readonly system_field: string | null;
};
export type FormSection = {
  readonly id: number;
  readonly name: string | null;
  readonly position: number;
  readonly form_fields: readonly FormField[];
};
export type Answer = { readonly name: string; readonly label: string; readonly value: unknown };

const drop = statement<{ id: number }>(
  'dynamic_form.drop_submissions',
  `update form_submission set deleted_at = $3, updated_at = $3, version = version + 1
   where org_id = $1 and dynamic_form_id = $2 and deleted_at is null returning id`,
);

/** A form of the site's own, written and read whole (domain-property §7.3). */
export const dynamicFormNoun = noun({
  name: 'dynamic_form',
  columns: {
    name: text({ required: true }),
    active: boolean({ required: true }),
    definition: json<readonly FormSection[]>(),
    creator_kind: text(),
    creator_id: integer(),
  },
  code: 'none',
  label: ({ name }) => name ?? '',
  fields: keptFields('email'),
  async removed({ tx, what, row }) {
    const gone = await tx.rows(drop, [what.actor.orgId, row.id, what.at]);
    await dropPublicFiles(
      tx,
      what,
      ['form_submission'],
      gone.map(({ id }) => id),
    );
  },
});

const formOf = statement<{ name: string; email: string | null; wanted: boolean }>(
  'dynamic_form.mail_to',
  `select name, extras -> 'propertybase' ->> 'email' as email, coalesce((extras -> 'propertybase' ->> 'email_submissions')::boolean, false) as wanted
   from dynamic_form where org_id = $1 and id = $2`,
);

export const formSubmissionNoun = noun({
  name: 'form_submission',
  columns: {
    dynamic_form_id: ref('dynamic_form'),
    contact_id: ref('contact'),
    data: json<Readonly<Record<string, unknown>>>(),
    answers: json<readonly Answer[]>(),
  },
  code: 'none',
  label: () => 'Form submission',
  shown: OF_LIVE_LEADS,
  takes: ['visitor', 'files', 'lead_values'],
  settle: (context) => (context.before ? Promise.resolve({}) : leadOfVisitor(context, context.idOf('contact_id'))),
  async after({ tx, what, before, after, idOf, taken, other }) {
    if (before) return;
    const lead = idOf('contact_id');
    const answered = (taken.lead_values ?? {}) as Stored;
    if (lead !== null && Object.keys(answered).length > 0) await other('contact').update(lead, answered);
    const [form] = await tx.rows(formOf, [what.actor.orgId, idOf('dynamic_form_id')]);
    if (!form?.wanted || !form.email) return;
    const lines = after.answers.map(
      ({ label, value }) => `${label}: ${typeof value === 'string' ? value : JSON.stringify(value)}`,
    );
    await queueMail(tx, what, {
      kind: 'form_submission',
      to: form.email,
      subject: `${form.name}: a new submission`,
      body: lines.join('\n'),
    });
  },
});
