import type { Domain, Mail, MailOutcome } from '../domain/index.ts';
import { DELIVER_MAIL, type MailKey } from '../domain/index.ts';
import type { CronEntry, Tasks } from '../jobs/index.ts';
import { mailFolder } from './folder.ts';
import type { MessageSettings } from './message.ts';
import { type SmtpServer, smtpSender } from './smtp.ts';

export { checkSmtp, type SmtpServer } from './smtp.ts';

export type PostOptions = Omit<MessageSettings, 'unsubscribeToken' | 'pathIn'> & {
  readonly mails: Domain['mails'];
  /** absent: mails become files */
  readonly smtp: SmtpServer | undefined;
  /** where those files go */
  readonly folder: string;
  readonly log: { info(details: object, message: string): void };
};

/** Mails of a sandbox are always files: its people have addresses that may be somebody's. */
function senderOf({ mails, smtp, folder, ...address }: PostOptions): (mail: Mail) => Promise<MailOutcome> {
  const settings = { ...address, unsubscribeToken: mails.unsubscribeToken, pathIn: mails.pathIn };
  const toFolder = mailFolder(folder, settings);
  if (!smtp) return toFolder;
  const toServer = smtpSender(smtp, settings);
  return (mail) => (mail.is_sandbox ? toFolder(mail) : toServer(mail));
}

/** Everything between the outbox and the server that mails go to, for the composition root: tasks and crontab go to `startJobs`. */
export function buildPost(options: PostOptions): { tasks: Tasks; crontab: readonly CronEntry[] } {
  const { mails, log } = options;
  const send = senderOf(options);
  return {
    tasks: {
      async [DELIVER_MAIL](payload) {
        const { org_id, id } = payload as MailKey;
        const outcome = await mails.sendMail({ org_id, id }, send);
        if (outcome) log.info({ room: 'mail', org: org_id, mail: id, outcome }, 'mail');
      },
      'mail.rescue': () => mails.rescueMails(),
    },
    crontab: [{ task: 'mail.rescue', match: '* * * * *' }],
  };
}
