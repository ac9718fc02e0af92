import { statement } from '../../db/index.ts';
import { follow } from '../../events/index.ts';
import type { Ports } from '../given.ts';
import { DELIVER_MAIL, deliveryOf, type MailKey } from './delivery.ts';
import { wantedSql } from './wanted.ts';

/** A mail that is being sent. */
export type Mail = MailKey & {
  readonly kind: string;
  readonly recipient: string;
  readonly subject: string;
  readonly body: string;
  readonly is_html: boolean;
  readonly created_at: Date;
  readonly brokerage: string;
  readonly reply_to: string | null;
  /** of a sandbox, whose people have addresses that may be somebody's */
  readonly is_sandbox: boolean;
};

/** How an attempt ended: out, to be tried again, or refused for good; `trouble` is the server's word. */
export type MailOutcome =
  | { readonly kind: 'sent' }
  | { readonly kind: 'away'; readonly trouble: string }
  | { readonly kind: 'refused'; readonly trouble: string };

/** With the pauses below, some forty hours. */
const MOST_ATTEMPTS = 16;
const MINUTE_MS = 60_000;
const LONGEST_PAUSE_MS = 6 * 60 * MINUTE_MS;
/** Longer than any attempt takes; after it the process that made it is taken for dead. */
const LEASE_MS = 10 * MINUTE_MS;
/** A job that is so late is taken for lost. */
const LATE_MS = 2 * MINUTE_MS;

const pauseAfter = (attempts: number) => Math.min(LONGEST_PAUSE_MS, MINUTE_MS * 2 ** (attempts - 1));

type Claimed = Mail & { readonly attempts: number; readonly goes: boolean };
const claim = statement<Claimed>(
  'mail.claim',
  `update mail m set attempts = m.attempts + 1, next_at = $4,
     status = case when m.attempts >= ${MOST_ATTEMPTS} then 'failed' when ${wantedSql('m')} then m.status else 'dropped' end
   from organisation g
   where m.org_id = $1 and m.id = $2 and g.id = m.org_id and m.status = 'waiting' and m.next_at <= $3
   returning m.org_id, m.id, m.kind, m.recipient, m.subject, m.body, m.is_html, m.created_at, m.attempts, m.status = 'waiting' as goes,
     g.name as brokerage, coalesce(m.reply_to, g.email) as reply_to, g.is_sandbox`,
);
const settle = statement<never>(
  'mail.settle',
  `update mail set status = $3, sent_at = case when $3 = 'sent' then $4::timestamptz end, trouble = $5, next_at = coalesce($6::timestamptz, next_at)
   where org_id = $1 and id = $2`,
);
const late = statement<MailKey & { attempts: number }>(
  'mail.late',
  `select org_id, id, attempts from mail where status = 'waiting' and next_at < $1 order by next_at limit 1000`,
);

export function mailService({ db, clock }: Pick<Ports, 'db' | 'clock'>) {
  const later = (ms: number) => new Date(clock.now().getTime() + ms);

  return {
    /**
     * Makes one attempt to send a mail that waits for it. Whoever comes second does nothing, and a mail that nobody wants any more is
     * dropped. A crash between the server's answer and our note sends it once more, under the same Message-ID.
     * @returns how it ended; undefined when there was nothing to do
     */
    async sendMail(key: MailKey, send: (mail: Mail) => Promise<MailOutcome>): Promise<MailOutcome['kind'] | undefined> {
      const [mail] = await db.rows(claim, [key.org_id, key.id, clock.now(), later(LEASE_MS)]);
      if (!mail?.goes) return undefined;
      const outcome = await send(mail);
      const again = outcome.kind === 'away' && mail.attempts < MOST_ATTEMPTS;
      const nextAt = again ? later(pauseAfter(mail.attempts)) : null;
      const status = outcome.kind === 'sent' ? 'sent' : again ? 'waiting' : 'failed';
      const trouble = outcome.kind === 'sent' ? null : outcome.trouble.slice(0, 1_000);
      await db.tx(async (tx) => {
        await tx.rows(settle, [mail.org_id, mail.id, status, clock.now(), trouble, nextAt]);
        if (!nextAt) return;
        const { payload, options } = deliveryOf(mail, mail.attempts);
        await follow(tx, DELIVER_MAIL, payload, { ...options, runAt: nextAt });
      });
      return outcome.kind;
    },

    /** Queues mails whose time has long come, so that none hangs on a lost job. */
    async rescueMails(): Promise<void> {
      const lost = await db.rows(late, [later(-LATE_MS)]);
      if (lost.length === 0) return;
      await db.tx(async (tx) => {
        for (const mail of lost) {
          const { payload, options } = deliveryOf(mail, mail.attempts);
          await follow(tx, DELIVER_MAIL, payload, options);
        }
      });
    },
  };
}
