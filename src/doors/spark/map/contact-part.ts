import type { Comment, ContactActivity } from '../../../domain/index.ts';
import { wholeSeconds } from '../../../kernel/dates.ts';
import { invalidMember } from '../../../kernel/fault.ts';
import type * as wire from '../contract/contact-part.ts';
import { filterFields } from '../filtering.ts';
import { contactUri } from './contact.ts';
import { portalAccountUri } from './portal-account.ts';

export const COMMENT_ORDERS = {
  Id: 'reso_key',
  Comment: 'text',
  CreatedTimestamp: 'created_at',
  ModificationTimestamp: 'updated_at',
} as const;
export const commentFields = filterFields(COMMENT_ORDERS, { CreatedTimestamp: 'datetime', ModificationTimestamp: 'datetime' });
export const ACTIVITY_ORDERS = { Id: 'reso_key', CreatedTimestamp: 'at' } as const;
export const activityFields = filterFields(ACTIVITY_ORDERS, { CreatedTimestamp: 'datetime' });

export const toComment = (comment: Comment): wire.Comment => {
  const byMember = comment.author_kind === 'member';
  return {
    Id: comment.reso_key,
    ResourceUri: `${contactUri(comment.contact_key)}/comments/${comment.reso_key}`,
    Comment: comment.text,
    UserId: comment.author_key,
    UserUri: byMember ? `/v1/accounts/${comment.author_key}` : contactUri(comment.author_key),
    UserType: byMember ? 'Member' : 'Contact',
    ReferenceId: comment.contact_key,
    ReferenceUri: contactUri(comment.contact_key),
    ReferenceType: 'Contact',
    CreatedTimestamp: wholeSeconds(comment.created_at),
    ModificationTimestamp: wholeSeconds(comment.updated_at),
  };
};

/** @throws Fault invalid for a comment that says nothing */
export function fromComment({ Comment }: { readonly Comment: string | null }): string {
  if (!Comment) throw invalidMember('Comment', 'required', 'Comment is required');
  return Comment;
}

const TYPES: Record<ContactActivity['noun'], string> = {
  contact: 'Contact',
  contact_login: 'ContactPortal',
  comment: 'ContactComment',
  note: 'ListingNote',
  listing_cart: 'ListingCart',
  listing_cart_item: 'ListingCart',
  saved_search: 'SavedSearch',
};

/** Where what it happened to can be read. */
function subjectUri({ noun, subject_key: subject, property_key: listing }: ContactActivity, contactKey: string): string | null {
  const contact = contactUri(contactKey);
  switch (noun) {
    case 'contact':
      return contact;
    case 'contact_login':
      return portalAccountUri(contactKey);
    case 'comment':
      return `${contact}/comments`;
    case 'note':
      return listing && `/v1/listings/${listing}/shared/notes/contacts/${contactKey}/`;
    case 'listing_cart':
    case 'listing_cart_item':
      return subject && `${contact}/listingcarts/${subject}`;
    case 'saved_search':
      return subject && `/v1/savedsearches/${subject}`;
  }
}

export const toActivity = (activity: ContactActivity, contactKey: string): wire.Activity => ({
  Id: activity.key,
  ResourceUri: `/v1/activities/${activity.key}`,
  ActivityId: activity.subject_key,
  ActivityType: TYPES[activity.noun],
  ActivityResourceUri: subjectUri(activity, contactKey),
  CreatedTimestamp: wholeSeconds(activity.at),
});
