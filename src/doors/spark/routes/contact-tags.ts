import { PRIVATE } from '../answers.ts';
import { listTags } from '../contract/contact-list.ts';
import { type Desk, type SparkRoute, sparkRoute } from '../desk.ts';
import { filtered, filterFields } from '../filtering.ts';
import { listQuery, readList, readOrder, readPage } from '../paging.ts';

const FIELDS = { Tag: 'tag' } as const;
const tagFields = filterFields(FIELDS);
const BY_TAG = [{ field: 'tag', descending: false }] as const;

/** A tag has no id: its own text pages it. */
const toTag = (tag: string) => ({ Id: tag, ResourceUri: `/v1/contacts/tags/${encodeURIComponent(tag)}`, Tag: tag });

export const contactTagRoutes = (desk: Desk): SparkRoute[] => [
  sparkRoute(listTags, {
    handle: async (call) => {
      const { caller, query } = call;
      const asked = readPage(query, caller);
      const wanted = listQuery(asked, readOrder(query._orderby, FIELDS, BY_TAG));
      const page = await filtered(desk, call, tagFields, (filter) =>
        desk.domain.people.tags(caller.actor, { ...wanted, ...filter }),
      );
      const rows = page.rows.map(({ tag }) => toTag(tag));
      return readList(asked, page, rows, { headers: PRIVATE, show: ({ Id: _, ...row }) => row });
    },
  }),
];
