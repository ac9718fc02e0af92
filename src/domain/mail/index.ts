export { type NewMail, queueMail } from './queue.ts';
