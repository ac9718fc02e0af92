import type { SendMailOptions } from 'nodemailer';
import type { Mail } from '../domain/index.ts';

export type MessageSettings = {
  /** of the house, without a slash at its end */
  readonly publicUrl: string;
  /** address of the sender */
  readonly from: string;
  /** signed word that says which mail a link to unsubscribe came with */
  readonly unsubscribeToken: (mail: Pick<Mail, 'org_id' | 'id'>) => string;
  /** where the mail leads, below the house: an address that only the mail knows stands at the end of its text */
  readonly pathIn: (mail: Pick<Mail, 'org_id' | 'id' | 'kind'>) => string | undefined;
};

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escapeHtml = (text: string) => text.replace(/[&<>"]/g, (letter) => ESCAPES[letter] ?? letter);

/** Plain text as HTML: paragraphs, lines, and addresses that can be followed. */
const paragraphs = (text: string) =>
  text
    .split(/\n{2,}/)
    .map((part) => escapeHtml(part).replaceAll('\n', '<br>\n'))
    .map((part) => `<p>${part.replaceAll(/https?:\/\/[^\s<]*[^\s<.,;:!?)]/g, '<a href="$&">$&</a>')}</p>`)
    .join('\n');

async function plainOf(html: string): Promise<string> {
  const { convert } = await import('html-to-text');
  return convert(html, { wordwrap: false });
}

/**
 * A mail as the library takes it: plain text and HTML, one recipient, nothing read from files or addresses that a text names. The library
 * folds and encodes headers, so that no text brings one of its own. Every mail says how to get no more of its kind, by one click too
 * (contracts/propertybase.md G18, RFC 8058).
 */
export async function messageOf(
  mail: Mail,
  { publicUrl, from, unsubscribeToken, pathIn }: MessageSettings,
): Promise<SendMailOptions> {
  const { org_id, id, recipient, subject, is_html, brokerage, reply_to } = mail;
  const path = pathIn(mail);
  const body = path === undefined ? mail.body : `${mail.body}\n\n${publicUrl}${path}`;
  const link = `${publicUrl}/unsubscribe/${unsubscribeToken(mail)}`;
  const text = is_html ? await plainOf(body) : body;
  const markup = is_html ? body : paragraphs(body);
  return {
    messageId: `<${org_id}.${id}@${new URL(publicUrl).hostname}>`,
    date: mail.created_at,
    from: { name: brokerage, address: from },
    ...(reply_to ? { replyTo: { name: '', address: reply_to } } : {}),
    to: { name: '', address: recipient },
    envelope: { from, to: [recipient] },
    subject,
    text: `${text}\n\n-- \n${brokerage}\nNo more mails like this: ${link}\n`,
    html: `<!doctype html>
<html>
<body>
${markup}
<p style="color: #666; font-size: small">${escapeHtml(brokerage)} · <a href="${link}">No more mails like this</a></p>
</body>
</html>
`,
    headers: {
      'List-Unsubscribe': `<${link}>`,
      'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
      'Auto-Submitted': 'auto-generated',
    },
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}
