import type { Given } from '../given.ts';
import type { Visibility } from '../property/index.ts';

/** Whose note it is: a member's or a contact's own, or of the two of them together (domain-people §2.14). */
export type Between =
  | { readonly kind: 'private'; readonly memberId: number; readonly contactId: null }
  | { readonly kind: 'private'; readonly memberId: null; readonly contactId: number }
  | { readonly kind: 'shared'; readonly memberId: number; readonly contactId: number };

/** A listing by its key, and which listings the caller sees: of the others nobody is told that there are notes. */
export type Seen = Visibility & { readonly key: string };

/** The newest text of a note that a member shares with a contact. */
export type SharedNote = { readonly contactKey: string; readonly text: string };

/** The story and imports bring the id of the first entry too. */
export type GivenNote = Given & { readonly entryId?: number };

/** What an agent or the consumer says about a contact, apart from any listing. */
export type Comment = {
  readonly id: number;
  readonly reso_key: string;
  readonly contact_key: string;
  readonly text: string;
  readonly author_kind: 'member' | 'contact';
  readonly author_id: number;
  readonly author_key: string;
  readonly created_at: Date;
  readonly updated_at: Date;
};
