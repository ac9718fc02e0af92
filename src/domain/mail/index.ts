export { type Mail, mailService } from './mail.service.ts';
export { type NewMail, queueMail } from './queue.ts';
