import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Mail } from './domain/index.ts';

/** Text of a header: what is not plain ASCII is encoded (RFC 2047), and no line breaks get in. */
function headerText(text: string): string {
  const line = text.replaceAll(/[\r\n]+/g, ' ').slice(0, 900);
  return /^[\x20-\x7e]*$/.test(line) ? line : `=?utf-8?B?${Buffer.from(line).toString('base64')}?=`;
}
const address = (text: string) => text.replaceAll(/[\r\n<>"]/g, '').trim();
const wrapped = (base64: string) => base64.replaceAll(/(.{76})/g, '$1\r\n');

/** A whole message (RFC 5322), readable by any mail program; every one says how to unsubscribe (contracts/propertybase.md G18). */
export function messageOf(mail: Mail, publicUrl: string): string {
  const host = new URL(publicUrl).hostname;
  const sender = mail.sender ?? `no-reply@${host}`;
  const html = /<[a-z][^>]*>/i.test(mail.body);
  const headers = [
    `Message-ID: <${mail.org_id}.${mail.id}@${host}>`,
    `Date: ${mail.created_at.toUTCString().replace('GMT', '+0000')}`,
    `From: ${headerText(mail.sender_name)} <${address(sender)}>`,
    `To: <${address(mail.recipient)}>`,
    `Subject: ${headerText(mail.subject)}`,
    `List-Unsubscribe: <mailto:${address(sender)}?subject=unsubscribe>`,
    'MIME-Version: 1.0',
    `Content-Type: text/${html ? 'html' : 'plain'}; charset=utf-8`,
    'Content-Transfer-Encoding: base64',
  ];
  return `${headers.join('\r\n')}\r\n\r\n${wrapped(Buffer.from(mail.body).toString('base64'))}\r\n`;
}

/** Mails as files that a developer can open, `<folder>/<organisation>-<id>.eml`; written whole or not at all. */
export const mailFolder =
  (folder: string, publicUrl: string) =>
  async (mail: Mail): Promise<void> => {
    await mkdir(folder, { recursive: true });
    const path = join(folder, `${mail.org_id}-${mail.id}.eml`);
    await writeFile(`${path}.part`, messageOf(mail, publicUrl));
    await rename(`${path}.part`, path);
  };
