export { DELIVER_MAIL, type MailKey } from './delivery.ts';
export { type Mail, type MailOutcome, mailService } from './mail.service.ts';
export { type NewMail, queueMail } from './queue.ts';
export { spokenTime } from './spoken.ts';
export { mailTokens } from './tokens.ts';
export { type Unsubscribable, unsubscribeService } from './unsubscribe.service.ts';
