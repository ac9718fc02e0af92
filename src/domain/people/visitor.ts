import type { Columns, Stored, WriteContext } from '../records/index.ts';
import { findLead } from './lead.ts';
import type { LeadCall } from './lead-follow.ts';
import { splitName } from './names.ts';

/** Somebody who left an address: the lead of that address, or a new one (contracts/propertybase.md §4.3). */
export type Visitor = {
  readonly email: string;
  readonly first_name: string | null;
  readonly last_name: string | null;
  readonly phone: string | null;
  readonly member_ids: readonly string[];
  readonly office_ids: readonly string[];
  readonly call: LeadCall;
  readonly created: Readonly<Record<string, unknown>>;
  /** further columns of a new lead */
  readonly values?: Stored;
};

/** Columns of a row whose lead is found or made by address. */
export async function leadOfVisitor(
  { tx, what, other, taken }: Pick<WriteContext<Columns>, 'tx' | 'what' | 'other' | 'taken'>,
  contactId: number | null,
): Promise<Stored> {
  const visitor = taken.visitor as Visitor | undefined;
  if (contactId !== null || !visitor) return {};
  const known = await findLead(tx, what.actor.orgId, visitor.email);
  if (known !== undefined) return { contact_id: known };
  const { email, first_name, last_name, phone, member_ids, office_ids, call, created, values = {} } = visitor;
  const extras = (values.extras ?? {}) as Readonly<Record<string, object>>;
  // A name in one place is a whole one, unless it is said to be the first.
  const whole = first_name !== null && last_name === null && values.first_name === undefined;
  const names = whole ? splitName(first_name) : { first_name, last_name };
  const made = await other('contact').create({
    contact_points: phone === null ? [] : [{ via: 'phone', kind: 'main', value: phone, slot: 1 }],
    ...values,
    ...names,
    email,
    member_ids,
    office_ids,
    extras: { ...extras, propertybase: { ...extras.propertybase, ...created } },
    lead_call: call,
  });
  return { contact_id: made.id };
}
