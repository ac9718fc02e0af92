import { statement } from '../../db/index.ts';
import type { Ports } from '../given.ts';

/** A mail that waits to be sent. */
export type Mail = {
  readonly org_id: number;
  readonly id: number;
  readonly kind: string;
  readonly recipient: string;
  readonly subject: string;
  readonly body: string;
  readonly contact_id: number | null;
  readonly created_at: Date;
  readonly sender: string | null;
  readonly sender_name: string;
};

const MOST_ATTEMPTS = 8;

const take = statement<Mail>(
  'mail.take',
  `select m.org_id, m.id, m.kind, m.recipient, m.subject, m.body, m.contact_id, m.created_at, g.email as sender, g.name as sender_name
   from mail m join organisation g on g.id = m.org_id
   where m.sent_at is null and m.attempts < ${MOST_ATTEMPTS} and m.created_at + make_interval(secs => 60 * (2 ^ m.attempts - 1)) <= $1
   order by m.id limit 1 for update of m skip locked`,
);
const sent = statement<never>('mail.sent', 'update mail set sent_at = $3, trouble = null where org_id = $1 and id = $2');
const failed = statement<never>(
  'mail.failed',
  'update mail set attempts = attempts + 1, trouble = $3 where org_id = $1 and id = $2',
);

export const mailService = ({ db, clock }: Pick<Ports, 'db' | 'clock'>) => ({
  /**
   * Sends what waits, one after the other, each in a transaction of its own: what `deliver` throws is tried again later, with growing
   * pauses. Answers how many went out.
   */
  async sendMails(deliver: (mail: Mail) => Promise<void>, most = 500): Promise<number> {
    let count = 0;
    for (let turn = 0; turn < most; turn++) {
      const done = await db.tx(async (tx) => {
        const now = clock.now();
        const [mail] = await tx.rows(take, [now]);
        if (!mail) return undefined;
        try {
          await deliver(mail);
        } catch (error) {
          await tx.rows(failed, [mail.org_id, mail.id, String(error instanceof Error ? error.message : error).slice(0, 1_000)]);
          return false;
        }
        await tx.rows(sent, [mail.org_id, mail.id, now]);
        return true;
      });
      if (done === undefined) break;
      if (done) count++;
    }
    return count;
  },
});
