import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Mail, MailOutcome } from '../domain/index.ts';
import { type MessageSettings, messageOf } from './message.ts';

/** Mails as files that a developer can open, `<folder>/<organisation>-<id>.eml`; written whole or not at all. */
export const mailFolder =
  (folder: string, settings: MessageSettings) =>
  async (mail: Mail): Promise<MailOutcome> => {
    const { createTransport } = await import('nodemailer');
    const { message } = await createTransport({ streamTransport: true, buffer: true }).sendMail(await messageOf(mail, settings));
    await mkdir(folder, { recursive: true });
    const path = join(folder, `${mail.org_id}-${mail.id}.eml`);
    await writeFile(`${path}.part`, message as Buffer);
    await rename(`${path}.part`, path);
    return { kind: 'sent' };
  };
