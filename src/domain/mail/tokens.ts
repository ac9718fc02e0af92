import type { Secrets } from '../../kernel/secrets.ts';
import type { MailKey } from './delivery.ts';

const textOf = ({ org_id, id }: MailKey) => `${org_id}-${id}`;

/** Words that say which mail somebody holds: signed, so that nothing of them is kept. One purpose's word opens nothing else. */
export const mailTokens = (secrets: Pick<Secrets, 'sign' | 'verify'>, purpose: string) => ({
  tokenOf: (key: MailKey): string => `${textOf(key)}.${secrets.sign(purpose, textOf(key))}`,
  /** undefined for what we did not sign */
  keyIn(token: string): MailKey | undefined {
    const [, org, id, signature] = /^(\d{1,15})-(\d{1,15})\.([\w-]{43})$/.exec(token) ?? [];
    const key = { org_id: Number(org), id: Number(id) };
    return signature !== undefined && secrets.verify(purpose, textOf(key), signature) ? key : undefined;
  },
});
