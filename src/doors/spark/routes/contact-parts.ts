import { PRIVATE, succeeded, written } from '../answers.ts';
import * as contract from '../contract/contact-part.ts';
import { type Desk, type SparkRoute, sparkRoute } from '../desk.ts';
import { filtered } from '../filtering.ts';
import {
  ACTIVITY_ORDERS,
  activityFields,
  COMMENT_ORDERS,
  commentFields,
  fromComment,
  toActivity,
  toComment,
} from '../map/contact-part.ts';
import { listQuery, readList, readOrder, readPage, select } from '../paging.ts';

const words = { text: 'Comment' };
const BY_TIME = [{ field: 'at', descending: false }] as const;
const NOTHING = { order: [], limit: 0, offset: 0, total: false } as const;

/** Comments and activity of a contact, for agents who have it in the book and for the consumer itself: contracts/spark.md §10.3. */
export function contactPartRoutes(desk: Desk): SparkRoute[] {
  const { notes, people } = desk.domain;

  return [
    sparkRoute(contract.listComments, {
      handle: async (call) => {
        const { caller, params, query } = call;
        const asked = readPage(query, caller);
        const wanted = listQuery(asked, readOrder(query._orderby, COMMENT_ORDERS, []));
        const page = await filtered(desk, call, commentFields, (filter) =>
          notes.comments(caller.actor, params.contactId, { ...wanted, ...filter }),
        );
        return readList(asked, page, page.rows.map(toComment), { headers: PRIVATE, show: (row) => select(row, query) });
      },
    }),
    sparkRoute(contract.createComment, {
      words,
      target: ({ caller, params }) => notes.comments(caller.actor, params.contactId, NOTHING),
      check: ({ body }) => void fromComment(body),
      handle: async ({ caller, params, body }) => {
        const comment = toComment(await notes.addComment(caller.actor, params.contactId, fromComment(body)));
        return { ...written(201, comment), headers: PRIVATE };
      },
    }),
    sparkRoute(contract.removeComment, {
      handle: async ({ caller, params }) => {
        await notes.removeComment(caller.actor, params.contactId, params.commentId);
        return { ...succeeded(), headers: PRIVATE };
      },
    }),
    sparkRoute(contract.listActivity, {
      handle: async (call) => {
        const { caller, params, query } = call;
        const asked = readPage(query, caller);
        const wanted = listQuery(asked, readOrder(query._orderby, ACTIVITY_ORDERS, BY_TIME));
        const page = await filtered(desk, call, activityFields, (filter) =>
          people.contactActivity(caller.actor, params.contactId, { ...wanted, ...filter }),
        );
        const rows = page.rows.map((row) => toActivity(row, params.contactId));
        return readList(asked, page, rows, { headers: PRIVATE, show: (row) => select(row, query) });
      },
    }),
  ];
}
