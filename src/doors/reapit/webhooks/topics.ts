import type { Row } from '../../../kernel/record.ts';
import { isEmpty, isObject, valueAt } from '../../../wire/resource/spec.ts';
import { groupNames, groupOf, topics } from '../contract/data.ts';

type Model = Readonly<Record<string, unknown>>;

/** A record before and after a change, as it is answered; null where it was not there. */
export type Change = { readonly old: Model | null; readonly new: Model | null };

/** `selling.status` was none of these words before, and is one now. */
const becomes =
  (path: string, ...words: readonly string[]) =>
  (change: Change): boolean => {
    const is = (model: Model | null) => model !== null && words.includes(String(valueAt(model, path)));
    return is(change.new) && !is(change.old);
  };

const FOR_SALE = ['forSale', 'forSaleUnavailable'];
const APPRAISED = ['preAppraisal', 'valuation', 'paidValuation'];
const sellingStatus = (model: Model | null) => String(valueAt(model, 'selling.status') ?? '');

/** Everybody whom an appointment needs has confirmed (contracts/reapit.md §4.3). */
const isConfirmed = (model: Model | null): boolean =>
  model !== null &&
  model.negotiatorConfirmed === true &&
  (isEmpty(valueAt(model, 'attendee.id')) || model.attendeeConfirmed === true) &&
  (isEmpty(model.propertyId) || model.propertyConfirmed === true);

const isLost = (model: Model | null) => !isEmpty(model?.lostInstructionDate) || !isEmpty(model?.lostInstructionNote);

/** Topics besides created and modified, and the change that each tells of (contracts/reapit.md §3.1). */
const SPECIAL: Readonly<Record<string, (change: Change) => boolean>> = {
  'appointments.cancelled': becomes('cancelled', 'true'),
  'appointments.confirmed': (change) => isConfirmed(change.new) && !isConfirmed(change.old),
  'contacts.optedout': becomes('marketingConsent', 'deny'),
  'enquiries.accepted': becomes('status', 'added'),
  'enquiries.rejected': becomes('status', 'rejected'),
  'offers.accepted': becomes('status', 'accepted'),
  'offers.rejected': becomes('status', 'rejected'),
  'offers.withdrawn': becomes('status', 'withdrawn'),
  'properties.selling.askingpricechanged': (change) =>
    change.old !== null && change.new !== null && valueAt(change.old, 'selling.price') !== valueAt(change.new, 'selling.price'),
  'properties.selling.completed': becomes('selling.status', 'completed'),
  'properties.selling.exchanged': becomes('selling.status', 'exchanged'),
  'properties.selling.withdrawn': becomes('selling.status', 'withdrawn'),
  'properties.selling.underoffer': becomes('selling.status', 'underOffer', 'underOfferUnavailable'),
  'properties.selling.instructed': (change) =>
    FOR_SALE.includes(sellingStatus(change.new)) && (change.old === null || APPRAISED.includes(sellingStatus(change.old))),
  'properties.selling.lostinstruction': (change) => isLost(change.new) && !isLost(change.old),
  'worksorders.raised': becomes('status', 'raised'),
  'worksorders.complete': becomes('status', 'complete'),
  'worksorders.cancelled': becomes('status', 'cancelled'),
};

/** Told of an object inside the contact, and in its shape. */
export const LANDLORD_DETAILS = 'contacts.landlorddetails.updated';

/** Where Making Tax Digital stands with a contact, which the contact's own model does not say. */
export function taxConsentOf(row: Row | null): unknown {
  const kept = row && isObject(row.extras) ? row.extras.reapit : undefined;
  return valueAt(kept, 'landlordDetails.makingTaxDigitalConsentStatus') ?? 'notSet';
}

/** Whether a change of the record is news under this topic at all. `modified` is also of deleted and archived records. */
export function isTold(topic: string, change: Change): boolean {
  if (topic.endsWith('.created')) return change.old === null && change.new !== null;
  if (topic.endsWith('.modified')) return change.old !== null;
  return SPECIAL[topic]?.(change) ?? false;
}

/** Topics of what happens to an installation; they need no scope. */
export const INSTALL = 'application.install';
export const UNINSTALL = 'application.uninstall';

type Topic = { readonly group: string | null; readonly scope: string | null };

/** Images are a property's, and whoever may read that hears of them (contracts/reapit.md §3.1). */
const SCOPES: Readonly<Record<string, string>> = { propertyImages: 'agencyCloud/properties.read' };

function readTopics(): ReadonlyMap<string, Topic> {
  const groupOfTopic = new Map(
    groupNames().flatMap((name) => (groupOf(name).topics ?? []).map((topic) => [topic, name] as const)),
  );
  return new Map(
    topics().map((topic) => {
      const group = groupOfTopic.get(topic) ?? null;
      return [topic, { group, scope: group === null ? null : (SCOPES[group] ?? groupOf(group).scopes.read ?? null) }];
    }),
  );
}

let read: ReadonlyMap<string, Topic> | undefined;
function known(): ReadonlyMap<string, Topic> {
  read ??= readTopics();
  return read;
}

/** Every topic with the scope that it needs, null for none. */
export const scopesOfTopics = (): ReadonlyMap<string, string | null> =>
  new Map([...known()].map(([topic, { scope }]) => [topic, scope]));

/** One of the 53; undefined for any other word. Topics are compared without case. */
export function findTopic(word: string): (Topic & { readonly topic: string }) | undefined {
  const topic = word.toLowerCase();
  const found = known().get(topic);
  return found && { ...found, topic };
}

export const topicsOf = (group: string): readonly string[] => groupOf(group).topics ?? [];
