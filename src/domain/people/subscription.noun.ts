import { instant, noun, ref, text } from '../records/index.ts';

/** A mailing or an event that a contact is subscribed to, or was. One row for each kind; it is never taken away. */
export const contactSubscriptionNoun = noun({
  name: 'contact_subscription',
  columns: {
    contact_id: ref('contact'),
    subscription_code: text({ required: true }),
    name: text({ required: true }),
    type: text({ required: true }),
    group_name: text(),
    status: text({ required: true }),
    subscribed_on: instant(),
    unsubscribed_on: instant(),
  },
  code: { width: 11, office: ['contact_id'] },
  label: ({ name }) => name ?? '',
  parent: 'contact_id',
  offices: 'contact_id',
});
