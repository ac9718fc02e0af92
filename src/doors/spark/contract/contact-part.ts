import { type Static, Type } from 'typebox';
import { collectionQuery } from '../paging.ts';
import { datetime, key, none, operation, orNull, ResourceUri, results, success } from './operation.ts';

const Comment = Type.Object(
  {
    Id: key(),
    ResourceUri,
    Comment: Type.String(),
    UserId: key('Who wrote it: an account, or the contact itself.'),
    UserUri: ResourceUri,
    UserType: Type.Enum(['Member', 'Contact']),
    ReferenceId: key('The contact.'),
    ReferenceUri: ResourceUri,
    ReferenceType: Type.Literal('Contact'),
    CreatedTimestamp: datetime(),
    ModificationTimestamp: datetime(),
  },
  { $id: 'Comment' },
);
export type Comment = Static<typeof Comment>;
const CommentShown = Type.Intersect([Type.Pick(Comment, ['Id', 'ResourceUri']), Type.Partial(Comment)]);

const Activity = Type.Object(
  {
    Id: key(),
    ResourceUri,
    ActivityId: orNull(key('What it happened to; null where that is gone.')),
    ActivityType: Type.String({ examples: ['ContactComment'] }),
    ActivityResourceUri: orNull(ResourceUri),
    CreatedTimestamp: datetime(),
  },
  { $id: 'Activity' },
);
export type Activity = Static<typeof Activity>;
const ActivityShown = Type.Intersect([Type.Pick(Activity, ['Id', 'ResourceUri']), Type.Partial(Activity)]);

const shared = { service: 'contacts/parts', learned: 'contracts/spark.md 10.3' } as const;
const ofContact = Type.Object({ contactId: key() });

export const listComments = operation({
  ...shared,
  operationId: 'listContactComments',
  row: 'E40',
  method: 'GET',
  url: '/contacts/:contactId/comments',
  summary: 'What agents and the consumer say about a contact',
  params: ofContact,
  query: Type.Object(collectionQuery),
  answers: { 200: results(CommentShown) },
});

export const createComment = operation({
  ...shared,
  operationId: 'createContactComment',
  row: 'E40',
  method: 'POST',
  url: '/contacts/:contactId/comments',
  summary: 'Say something about a contact',
  params: ofContact,
  query: none,
  body: Type.Object({ Comment: Type.Unsafe<string | null>({ type: ['string', 'null'] }) }, { $id: 'NewComment' }),
  plural: 'Comments',
  answers: { 201: results(Comment) },
  example: { D: { Comments: [{ Comment: 'This is a comment.' }] } },
});

export const removeComment = operation({
  ...shared,
  operationId: 'removeContactComment',
  row: 'E40',
  method: 'DELETE',
  url: '/contacts/:contactId/comments/:commentId',
  summary: 'Remove a comment; a consumer its own ones',
  params: Type.Object({ contactId: key(), commentId: key() }),
  query: none,
  answers: { 200: success },
});

export const listActivity = operation({
  ...shared,
  operationId: 'listContactActivity',
  row: 'E41',
  method: 'GET',
  url: '/contacts/:contactId/activity',
  summary: 'What happened around a contact, the oldest first',
  params: ofContact,
  query: Type.Object(collectionQuery),
  answers: { 200: results(ActivityShown) },
});
