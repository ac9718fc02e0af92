import type { Selectable } from 'kysely';
import type { Tables } from '../../db/index.ts';
import type { Page } from '../../kernel/page.ts';

export const TRANSACTION_TYPES = [
  'PURCHASE_OFFER',
  'LISTING_FOR_SALE',
  'LISTING_FOR_LEASE',
  'LEASE_OFFER',
  'REAL_ESTATE_OTHER',
  'OTHER',
] as const;
export type TransactionType = (typeof TRANSACTION_TYPES)[number];

/** section key → field key → text as typed. Keys of the catalogue (`details.ts`); `+Name` is a section or field of the brokerage's own. */
export type Details = Record<string, Record<string, string>>;
/** null or '' clears a field; a section given as null is left as it is. */
export type DetailsChange = Record<string, Record<string, string | null> | null>;

/** The loop. `profile_id` is the owner. */
export type Deal = Omit<Selectable<Tables['deal']>, 'details' | 'extras' | 'transaction_type'> & {
  transaction_type: TransactionType;
};
export type DealWithDetails = Deal & { details: Details };

export type NewDeal = {
  name: string;
  transaction_type: TransactionType;
  status?: string;
  template_id?: number;
};
export type DealChange = { name?: string; transaction_type?: TransactionType; status?: string };

export const DEAL_SORTS = [
  'default',
  'address',
  'created',
  'updated',
  'purchase_price',
  'listing_date',
  'expiration_date',
  'closing_date',
  'review_submission_date',
] as const;
export type DealSort = (typeof DEAL_SORTS)[number];

export type DealQuery = {
  page: Page;
  sort: DealSort;
  descending: boolean;
  updatedMin?: Date;
  createdMin?: Date;
  /** equal to one of them; a word that is no type or status matches nothing */
  transactionTypes?: readonly string[];
  statuses?: readonly string[];
  withDetails: boolean;
};

export type Participant = Omit<Selectable<Tables['participant']>, 'extras'> & {
  /** door → members that no column carries: the Title Case ones of dotloop */
  extras: Record<string, Record<string, string>>;
};
export type NewParticipant = {
  role: string;
  full_name?: string;
  email?: string;
  extras?: Record<string, Record<string, string>>;
};
/** null clears. `extras` is merged door by door and member by member; null removes a member. */
export type ParticipantChange = {
  role?: string;
  full_name?: string | null;
  email?: string | null;
  extras?: Record<string, Record<string, string | null>>;
};

export type TaskList = Selectable<Tables['task_list']>;
/** `offset` is the due date's offset in minutes east of UTC: its own, else that of the organisation's zone at that moment. */
export type Task = Omit<Selectable<Tables['task']>, 'extras'> & { offset: number };

export type DealTemplate = Omit<Selectable<Tables['deal_template']>, 'content' | 'transaction_type'> & {
  transaction_type: TransactionType;
};
/** What a deal gets when it is made from a template. Documents are bytes kept before (`blob_id`). */
export type TemplateContent = {
  folders?: { name: string; documents?: { name: string; blob_id: number }[] }[];
  taskLists?: { name: string; tasks: { name: string; dueInDays?: number }[] }[];
};

/** One line of what happened to a deal, in plain English. */
export type Activity = { message: string; at: Date };

/** Everything a Loop-It request may bring (contracts/dotloop.md §5.5). */
export type LoopItRequest = {
  deal: NewDeal;
  address: {
    street_number?: string;
    street_name?: string;
    unit_number?: string;
    city?: string;
    state_prov?: string;
    zip_postal_code?: string;
    county?: string;
    country?: string;
  };
  participants: { full_name?: string; email?: string; role?: string }[];
  listingNumber?: string;
  mls?: string;
  mlsAgentNumber?: string;
  nrdsId?: string;
};
