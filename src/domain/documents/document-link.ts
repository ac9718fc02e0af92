import type { Secrets } from '../../kernel/secrets.ts';

const DAY_SECONDS = 86_400;
const PURPOSE = 'document link';
const FORM = /^([1-9]\d{0,15})-([1-9]\d{0,15})-([1-9]\d{0,6})-([\w-]{43})$/;

type Named = { readonly orgId: number; readonly id: number };

/** Days that end the day after tomorrow at midnight: an address stays the same for a day, so answers that hold it can be compared. */
const today = (now: Date) => Math.floor(now.getTime() / 1000 / DAY_SECONDS);
const textOf = ({ orgId, id }: Named, lastDay: number) => `${orgId}-${id}-${lastDay}`;

/** Organisation, document and last day, signed: 24 to 48 hours of access to one document. */
export function writeLink(secrets: Secrets, { org_id, id }: { org_id: number; id: number }, now: Date): string {
  const text = textOf({ orgId: org_id, id }, today(now) + 1);
  return `${text}-${secrets.sign(PURPOSE, text)}`;
}

/** What a link names; undefined when it is over, or not one of ours. */
export function readLink(secrets: Secrets, link: string, now: Date): Named | undefined {
  const [, orgId, id, lastDay, signature] = FORM.exec(link) ?? [];
  if (!orgId || !id || !lastDay || !signature) return undefined;
  const named = { orgId: Number(orgId), id: Number(id) };
  if (!secrets.verify(PURPOSE, textOf(named, Number(lastDay)), signature)) return undefined;
  return Number(lastDay) < today(now) ? undefined : named;
}
