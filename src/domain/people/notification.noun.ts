import { json, noun, refs, text, texts } from '../records/index.ts';

/** Shown on Portico's pages to the members it is for: a call that comes in, say. */
export const notificationNoun = noun({
  name: 'notification',
  columns: {
    type: text(),
    sub_type: text(),
    products: texts(),
    member_ids: refs('member'),
    payload: json<Readonly<Record<string, unknown>>>(),
  },
  code: 'none',
  label: ({ sub_type }) => sub_type ?? '',
});
