export { DELIVER_MAIL, type MailKey } from './delivery.ts';
export { type Mail, type MailOutcome, mailService } from './mail.service.ts';
export { type NewMail, queueMail } from './queue.ts';
export { spokenTime } from './spoken.ts';
export { type Unsubscribable, unsubscribeService } from './unsubscribe.service.ts';
export { wayBack } from './way-back.ts';
