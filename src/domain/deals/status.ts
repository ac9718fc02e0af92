import { conflict } from '../../kernel/fault.ts';
import type { TransactionType } from './types.ts';

const SALE = ['PRE_LISTING', 'PRIVATE_LISTING', 'ACTIVE_LISTING', 'UNDER_CONTRACT', 'SOLD', 'ARCHIVED'];
const ENDS = ['WITHDRAWN', 'TERMINATED'];
const OTHER = ['NEW', 'IN_PROGRESS', 'DONE', 'ARCHIVED'];

/** The statuses of each type, in order; the first is that of a new deal (contracts/dotloop.md §6.3). */
export const STATUSES: Record<TransactionType, readonly string[]> = {
  PURCHASE_OFFER: ['PRE_OFFER', 'UNDER_CONTRACT', 'SOLD', 'ARCHIVED', ...ENDS],
  LISTING_FOR_SALE: [...SALE, ...ENDS],
  LISTING_FOR_LEASE: [...SALE.map((status) => (status === 'SOLD' ? 'LEASED' : status)), ...ENDS],
  LEASE_OFFER: ['PRE_OFFER', 'UNDER_CONTRACT', 'LEASED', 'ARCHIVED', ...ENDS],
  REAL_ESTATE_OTHER: OTHER,
  OTHER,
};

/** Every status of any type. */
export const ALL_STATUSES: readonly string[] = [...new Set(Object.values(STATUSES).flat())];

export const firstStatus = (type: TransactionType): string => STATUSES[type][0] as string;

/** @throws Fault conflict `deal.status_unfit` */
export function checkStatus(type: TransactionType, status: string): void {
  if (!STATUSES[type].includes(status))
    throw conflict(
      'deal.status_unfit',
      `Status ${status} does not fit transaction type ${type}; use one of ${STATUSES[type].join(', ')}`,
      'status',
    );
}
