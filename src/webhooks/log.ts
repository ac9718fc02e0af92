/** The part of the house's log that this room uses. No URLs, no bodies: both may hold secrets. */
export type WebhookLog = {
  info(details: object, message: string): void;
  error(details: object, message: string): void;
};
