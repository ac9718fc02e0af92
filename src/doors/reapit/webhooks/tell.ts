import type { Heard } from '../../../domain/index.ts';
import type { Row } from '../../../kernel/record.ts';
import { extrasOf } from '../../../wire/resource/show.ts';
import { diffOf, isTraceOnly } from './diff.ts';
import type { Shown } from './records.ts';
import { isTold, LANDLORD_DETAILS, taxConsentOf } from './topics.ts';

type Model = Readonly<Record<string, unknown>>;

/** Extra fields that the webhook asks for and that are set (contracts/reapit.md §3.2). */
function withExtras(model: Model | null, row: Row | null, names: readonly string[]): Model | null {
  if (!model || !row || names.length === 0) return model;
  const all = extrasOf(row, 'reapit', 'extrasField');
  const set = names.filter((name) => all[name] !== undefined && all[name] !== null);
  return set.length === 0 ? model : { ...model, extrasField: Object.fromEntries(set.map((name) => [name, all[name]])) };
}

/** Landlords' details are told of by one member, which the contact's own model does not have. */
const isNews = (topic: string, { rows, old, new: now }: Shown): boolean =>
  topic === LANDLORD_DETAILS
    ? rows.new !== null && taxConsentOf(rows.old) !== taxConsentOf(rows.new)
    : isTold(topic, { old, new: now });

/** What is told of a record to one webhook; undefined where this change is no news to it. */
export function tell({ notice: { topic }, webhook }: Heard, shown: Shown): Pick<Shown, 'old' | 'new'> | undefined {
  if (!isNews(topic, shown)) return undefined;
  const names = topic === LANDLORD_DETAILS ? [] : webhook.extras_fields;
  const old = withExtras(shown.old, shown.rows.old, names);
  const now = withExtras(shown.new, shown.rows.new, names);
  if (!topic.endsWith('.modified') || !old || !now) return { old, new: now };
  // An archived record is told of like a deleted one.
  if (now.fromArchive === true && old.fromArchive !== true) return { old, new: null };
  return webhook.ignore_etag_only && isTraceOnly(diffOf(old, now)) ? undefined : { old, new: now };
}
