import { randomUUID } from 'node:crypto';
import type { Attempt, Domain, Heard, HookKey, Letter, WebhookFace } from '../../../domain/index.ts';
import type { Engine } from '../engine.ts';
import { sevenDigits } from '../faults.ts';
import { customerOf, installationModel } from './installation.ts';
import { ANSWER_MS, stamp, writeMessage } from './message.ts';
import { isBehindContacts, noticesOf } from './notices.ts';
import { type Run, recordReader, type Shown } from './records.ts';
import { headersOf } from './signature.ts';
import { tell } from './tell.ts';
import { findTopic, INSTALL, LANDLORD_DETAILS, UNINSTALL } from './topics.ts';

/** Gaps between six attempts, in seconds (contracts/reapit.md §3.4). */
const GAPS = [60, 120, 300, 600, 900] as const;
const IDLE_DAYS = 14;

/** None for the sandbox, and none after a refusal: a receiver that says 4xx has understood. */
export function waitAfter({ attempts, outcome, sandbox }: Attempt): number | undefined {
  const refused = 'status' in outcome && outcome.status >= 400 && outcome.status < 500;
  return sandbox || refused ? undefined : GAPS[attempts];
}

const isInstallation = ({ notice }: Heard) => notice.topic === INSTALL || notice.topic === UNINSTALL;

function installationLetter(heard: Heard): Letter {
  const { notice } = heard;
  const { event, topic } = notice;
  const model = installationModel(event);
  const body = writeMessage({
    eventId: event.group_uuid,
    entityId: null,
    customerId: customerOf(event),
    eventTime: sevenDigits(event.at),
    topicId: topic,
    new: topic === INSTALL ? model : null,
    old: topic === INSTALL ? null : model,
  });
  return { ...heard, uuid: randomUUID(), entityId: null, entityCode: null, body, needsInstallation: false };
}

const runOf = ({ notice: { event, entity } }: Heard): Run => ({
  orgId: event.org_id,
  noun: event.noun,
  id: entity.id,
  first: entity.first ?? event.id,
  last: entity.last ?? event.id,
});

/**
 * How webhooks of this door look (contracts/reapit.md §3): topics and models of the declared resources, Ed25519 over time and body, six
 * attempts.
 */
export function makeWebhookFace(domain: Domain, open: () => Engine): WebhookFace {
  let opened: Engine | undefined;
  // Not before somebody listens: a start waits for nothing that it may not need.
  const engineOf = () => {
    opened ??= open();
    return opened;
  };
  const reader = recordReader(domain, engineOf);

  /** Whether every filter of the topic lets the message pass; undefined: one took too long, and did so again. */
  async function passes({ webhook }: Heard, body: string): Promise<boolean | undefined> {
    const message = stamp(body, 0);
    const { judge } = domain.webhooks.filters;
    for (const { schema } of webhook.filters) {
      const first = await judge(schema, message);
      const { kind } = first.kind === 'slow' ? await judge(schema, message) : first;
      if (kind === 'slow') return undefined;
      if (kind !== 'valid') return false;
    }
    return true;
  }

  /** Records that a notice is of, by the key of its run: one, or those behind a contact. */
  async function load(heard: readonly Heard[]): Promise<(one: Heard) => readonly Shown[]> {
    const groupOfTopic = (one: Heard) => findTopic(one.notice.topic)?.group ?? '';
    const isBehind = (one: Heard) => one.notice.event.noun === 'contact' && isBehindContacts(groupOfTopic(one));
    const isDetails = (one: Heard) => one.notice.topic === LANDLORD_DETAILS;
    const runs = (of: readonly Heard[]) => [...new Map(of.map((one) => [reader.keyOf(runOf(one)), runOf(one)])).values()];
    const pairs = await reader.around(runs(heard));
    const own = await reader.shown(runs(heard.filter((one) => !isBehind(one) && !isDetails(one))), pairs);
    const details = await reader.shown(runs(heard.filter(isDetails)), pairs, true);
    const behind = new Map<string, ReadonlyMap<string, readonly Shown[]>>();
    for (const [group, of] of Map.groupBy(heard.filter(isBehind), groupOfTopic))
      if (isBehindContacts(group)) behind.set(group, await reader.behind(group, runs(of), pairs));
    return (one) => {
      const key = reader.keyOf(runOf(one));
      if (isBehind(one)) return behind.get(groupOfTopic(one))?.get(key) ?? [];
      const found = (isDetails(one) ? details : own).get(key);
      return found ? [found] : [];
    };
  }

  /** Webhooks of a group of offices hear of its rows only. */
  async function inOffices({ webhook, notice }: Heard, found: readonly Shown[]): Promise<readonly Shown[]> {
    if (webhook.office_ids === null || found.length === 0) return found;
    const noun = engineOf().registry.get(findTopic(notice.topic)?.group ?? '')?.source.noun ?? '';
    const asked = found.map(({ id }) => id);
    const ids = await reader.idsIn(notice.event.org_id, noun, webhook.office_ids, asked);
    return found.filter(({ id }) => ids.has(id));
  }

  return {
    door: 'reapit',
    noticesOf: (events) => noticesOf(events, reader.groupOf),

    async write(heard) {
      const letters = heard.filter(isInstallation).map(installationLetter);
      const slow = new Set<number>();
      const records = heard.filter((one) => !isInstallation(one));
      const shownOf = records.length > 0 ? await load(records) : () => [];
      for (const one of records) {
        const { notice, webhook } = one;
        for (const shown of await inOffices(one, shownOf(one))) {
          const told = tell(one, shown);
          if (!told || slow.has(webhook.id)) continue;
          const body = writeMessage({
            eventId: notice.event.group_uuid,
            entityId: shown.code,
            customerId: webhook.customer ?? '',
            eventTime: sevenDigits(notice.event.at),
            topicId: notice.topic,
            ...told,
          });
          const passed = await passes(one, body);
          if (passed === undefined) slow.add(webhook.id);
          if (passed)
            letters.push({
              ...one,
              uuid: randomUUID(),
              entityId: shown.id,
              entityCode: shown.code,
              body,
              needsInstallation: true,
            });
        }
      }
      return { letters, slow: [...slow] };
    },

    stamp,
    headers(body, signingKey, at) {
      if (signingKey === null) throw new Error('A webhook of this door has no key that signs');
      return headersOf(body, JSON.parse(signingKey) as HookKey, at);
    },
    waitAfter,
    // Nothing turns a webhook of this door off but its owner, silence in the sandbox, and its own filters.
    failuresInRow: Number.POSITIVE_INFINITY,
    timeoutMs: ANSWER_MS,
    countsAs: 'webhooks',
    idleDays: IDLE_DAYS,
  };
}
