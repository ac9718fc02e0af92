import type { Actor } from '../../access/actor.ts';
import { statement } from '../../db/index.ts';
import type { Page } from '../../kernel/page.ts';
import type { Ports } from '../given.ts';
import { openDeal } from './opening.ts';
import type { Activity } from './types.ts';

type EventRow = {
  at: Date;
  actor_name: string;
  noun: string;
  verb: string;
  row_name: string | null;
  changed: Record<string, unknown>;
  text: string | null;
};

const ofDeal = statement<EventRow>(
  'event.of_deal',
  `select at, actor_name, noun, verb, row_name, text,
          case when verb = 'updated' or verb = 'merged' then changed else '{}' end as changed
   from event
   where org_id = $1 and deal_id = any (array(select id from deal where org_id = $1 and merged_into_id = $2) || $2::bigint) order by at desc, id desc limit $3 offset $4`,
);

const NOUNS: Record<string, string> = { deal: 'loop', tasklist: 'task list', template: 'loop template' };
const title = (word: unknown) =>
  String(word)
    .toLowerCase()
    .replaceAll('_', ' ')
    .replace(/\b[a-z]/g, (letter) => letter.toUpperCase());
const pair = (value: unknown): [unknown, unknown] => (Array.isArray(value) ? [value[0], value[1]] : [undefined, undefined]);

/** What a change of the loop's own row says. */
function dealChange(changed: Record<string, unknown>, name: string): string {
  const said: string[] = [];
  if ('name' in changed) said.push(`renamed the loop from ${pair(changed.name)[0]} to ${pair(changed.name)[1]}`);
  if ('transaction_type' in changed) said.push(`changed the transaction type to ${title(pair(changed.transaction_type)[1])}`);
  if ('status' in changed)
    said.push(`changed the status from ${title(pair(changed.status)[0])} to ${title(pair(changed.status)[1])}`);
  if ('details' in changed) said.push('updated the loop details');
  return said.length > 0 ? said.join(' and ') : `updated loop ${name}`;
}

/** One line in plain English, from the actor, the verb and the names of that time (domain-people §2.16). */
function message(event: EventRow): string {
  if (event.text) return event.text;
  const { actor_name: who, noun, verb, changed } = event;
  const name = event.row_name ?? '';
  const word = NOUNS[noun] ?? noun;
  if (verb === 'updated' && noun === 'deal') return `${who} ${dealChange(changed, name)}`;
  if (verb === 'updated' && noun === 'task' && 'completed_at' in changed)
    return `${who} ${pair(changed.completed_at)[1] === null ? 'reopened' : 'completed'} task ${name}`;
  if (verb === 'updated' && noun === 'folder') return `${who} renamed folder ${pair(changed.name)[0]} to ${name}`;
  if (verb === 'merged') return `${who} merged loop ${changed.name ?? ''} into ${name}`;
  if (verb === 'shared') return `${who} shared loop ${name}`;
  const said: Record<string, string> = {
    created: noun === 'document' ? 'uploaded' : noun === 'deal' ? 'created' : 'added',
    updated: 'updated',
    deleted: 'removed',
    viewed: 'viewed',
  };
  return `${who} ${said[verb] ?? verb} ${word} ${name}`.trimEnd();
}

export function activitiesService({ db }: Ports) {
  return {
    /** What happened to the loop, newest first. */
    async activities(actor: Actor, profileId: number, dealId: number, page: Page): Promise<Activity[]> {
      const deal = await openDeal(db, actor, profileId, dealId);
      const rows = await db.rows(ofDeal, [actor.orgId, deal.id, page.size, (page.number - 1) * page.size]);
      return rows.map((row) => ({ message: message(row), at: row.at }));
    },
  };
}
