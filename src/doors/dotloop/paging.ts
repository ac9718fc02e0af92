import { Type } from 'typebox';
import type { Page } from '../../kernel/page.ts';

/** `batch_size` and `batch_number` of the three lists that page (contracts/dotloop.md §1.4). */
export const batchQuery = {
  batch_size: Type.Optional(Type.Integer({ minimum: 1, maximum: 100, default: 20, description: 'Size of the batch returned.' })),
  batch_number: Type.Optional(
    Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER, default: 1, description: 'Number of the batch, from 1.' }),
  ),
};

export const pageOf = (query: { batch_size?: number; batch_number?: number }): Page => ({
  number: query.batch_number ?? 1,
  size: query.batch_size ?? 20,
});
