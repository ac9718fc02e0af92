import type { BodyRules } from '../../wire/read-body.ts';

/** "Pre-Offer", "pre offer" and "PRE_OFFER" are one word (contracts/dotloop.md §1.2). */
export const constant = (text: string) => text.toUpperCase().replace(/[\s-]+/g, '_');

const create: BodyRules = { empty: 'absent', numbersAndTexts: true, constant };
const change: BodyRules = { empty: 'cleared', numbersAndTexts: true, constant };

/** How this door reads bodies: null and "" are absent on POST and clear on PATCH (§1.2). */
export const bodyRules = { GET: create, POST: create, PUT: create, DELETE: create, PATCH: change } as const;
