import { systemActor } from '../access/actor.ts';
import { statement } from '../db/index.ts';
import { emit, happening } from '../events/index.ts';
import type { Stage } from './stage.ts';

/** What the story needs and no service writes: columns of doors to come, and traces of an older system. */

const facts = statement<never>(
  'sandbox.contact_facts',
  'update contact set title = $3, marketing_consent = $4, office_ids = $5 where org_id = $1 and id = $2',
);

export type ContactFacts = {
  readonly title: string;
  readonly marketingConsent: 'grant' | 'deny';
  readonly officeIds: readonly number[];
};

/** Columns of a contact that only Reapit's door writes. */
export async function setContactFacts({ tx, orgId }: Stage, id: number, given: ContactFacts): Promise<void> {
  await tx.rows(facts, [orgId, id, given.title, given.marketingConsent, given.officeIds]);
}

const duty = statement<never>(
  'sandbox.template_duty',
  'update profile set requires_template = true where org_id = $1 and id = $2',
);

/** From now on the profile's loops need a template; those it has stay. */
export async function demandTemplates({ tx, orgId }: Stage, profileId: number): Promise<void> {
  await tx.rows(duty, [orgId, profileId]);
}

const silence = statement<never>(
  'sandbox.silence_import',
  `delete from event where org_id = $1 and deal_id = $2 and noun <> 'deal' and at <= $3`,
);

/** A loop that came by import has one line for itself and none for the parts that came along. */
export async function silenceImport({ tx, orgId }: Stage, dealId: number, until: Date): Promise<void> {
  await tx.rows(silence, [orgId, dealId, until]);
}

/** An activity line as the older system printed it. */
export async function importActivity(
  { tx, orgId }: Stage,
  dealId: number,
  documentId: number,
  text: string,
  at: Date,
): Promise<void> {
  const what = happening({ ...systemActor(orgId), name: 'User One' }, at);
  await emit(tx, what, { noun: 'document', row_id: documentId, verb: 'viewed', text, deal_id: dealId });
}
