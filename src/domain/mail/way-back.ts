import { notFound } from '../../kernel/fault.ts';
import type { Ports } from '../given.ts';
import type { MailKey } from './delivery.ts';

/**
 * A signed word that leads back to one mail, and says that whoever brings it has that mail. Nothing of it is kept, so nothing of it is
 * in a backup; one purpose's word is nothing to another.
 */
export function wayBack(secrets: Pick<Ports['secrets'], 'sign' | 'verify'>, purpose: string) {
  const textOf = ({ org_id, id }: MailKey) => `${org_id}-${id}`;
  return {
    write: (key: MailKey): string => `${textOf(key)}.${secrets.sign(purpose, textOf(key))}`,

    /** @throws Fault not_found for what we did not sign */
    read(token: string): MailKey {
      const [, org, id, signature] = /^(\d{1,15})-(\d{1,15})\.([\w-]{43})$/.exec(token) ?? [];
      const key = { org_id: Number(org), id: Number(id) };
      if (signature === undefined || !secrets.verify(purpose, textOf(key), signature)) throw notFound('mail');
      return key;
    },
  };
}
