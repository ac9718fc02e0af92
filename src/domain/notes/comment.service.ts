import type { Actor } from '../../access/actor.ts';
import { happening } from '../../events/index.ts';
import type { ListPage, ListQuery } from '../../kernel/condition.ts';
import { forbidden, invalidMember, notFound } from '../../kernel/fault.ts';
import type { Ports } from '../given.ts';
import { authorOf } from './author.ts';
import * as store from './comment.store.ts';
import * as people from './correspondent.store.ts';
import { checkText } from './note-text.ts';
import { readSettings } from './settings.store.ts';
import type { Comment, GivenNote } from './types.ts';

/**
 * What agents and the consumer say about a contact. Every agent who has the contact in the book reads it, and the consumer does
 * (domain-people §2.14). All of these throw not_found for contacts that are neither in the caller's book nor the caller.
 */
export function commentsService({ db, clock, mintResoKey }: Ports) {
  const readContactId = async (actor: Actor, contactKey: string): Promise<number> => {
    const { kind, id } = authorOf(actor);
    const found =
      kind === 'member'
        ? await people.findInBook(db, actor.orgId, id, contactKey)
        : await people.findConsumer(db, actor.orgId, id, contactKey);
    if (!found) throw notFound('contact');
    return found.id;
  };

  return {
    /** Fields of conditions and orders: reso_key, text, created_at, updated_at. Without an order the oldest come first. */
    async comments(actor: Actor, contactKey: string, query: ListQuery): Promise<ListPage<Comment>> {
      return store.listComments(db, actor.orgId, await readContactId(actor, contactKey), query);
    },

    /** @throws Fault invalid for a text that is empty, too long, or cannot be stored */
    async addComment(actor: Actor, contactKey: string, text: string, given: GivenNote = {}): Promise<Comment> {
      const contactId = await readContactId(actor, contactKey);
      if (text === '') throw invalidMember('text', 'required', 'A comment needs a text');
      await checkText(text, async () => (await readSettings(db, actor.orgId)).limit);
      return db.tx(async (tx) => {
        if (!(await people.holdContact(tx, actor.orgId, contactId))) throw notFound('contact');
        const what = happening(actor, clock.now());
        const resoKey = given.resoKey ?? mintResoKey(what.at);
        await store.insertComment(tx, what, contactId, { text, author: authorOf(actor), resoKey, given });
        return (await store.findComment(tx, actor.orgId, contactId, resoKey)) as Comment;
      });
    },

    /** Agents remove any comment, a consumer its own. @throws Fault not_found, forbidden `comment.not_own` */
    async removeComment(actor: Actor, contactKey: string, key: string): Promise<void> {
      const { kind } = authorOf(actor);
      const contactId = await readContactId(actor, contactKey);
      const comment = await store.findComment(db, actor.orgId, contactId, key);
      if (!comment) throw notFound('comment');
      if (kind === 'contact' && comment.author_kind !== 'contact')
        throw forbidden('comment.not_own', 'A consumer removes only comments of its own');
      const removed = await store.deleteComment(db, happening(actor, clock.now()), comment.id);
      if (!removed) throw notFound('comment');
    },
  };
}
