import type { Actor } from '../../../access/actor.ts';
import { type Breach, invalid, invalidMember, unavailable } from '../../../kernel/fault.ts';
import type { Row, Write } from '../../../kernel/record.ts';
import { column } from '../../../wire/resource/mapping.ts';
import type { Source } from '../../../wire/resource/source.ts';
import { type FieldSpec, isObject } from '../../../wire/resource/spec.ts';
import { answerJson, declare, operation, type Written } from '../desk.ts';
import { exampleMessage } from '../webhooks/example.ts';
import { ANSWER_MS, stamp } from '../webhooks/message.ts';
import { headersOf } from '../webhooks/signature.ts';
import { findTopic } from '../webhooks/topics.ts';

const unknownTopic = (at: string, word: string): Breach => ({
  in: 'body',
  at,
  reason: 'value',
  message: `${word} is not a topic of this platform`,
});

/** Topics need the scope that reading the record does (contracts/reapit.md §3.1). */
function topicBreaches(words: readonly string[], { scopes }: Actor): Breach[] {
  return words.flatMap((word, i) => {
    const at = `topics/${i}`;
    const topic = findTopic(word);
    if (!topic) return [unknownTopic(at, word)];
    if (topic.scope === null || scopes.has(topic.scope)) return [];
    return [{ in: 'body', at, reason: 'value', message: `${topic.topic} needs the scope ${topic.scope}` }];
  });
}

/** Topics in their own spelling, checked against what the caller may read. */
function withTopics(actor: Actor, write: Write): Write {
  const { topics } = write.values;
  if (!Array.isArray(topics)) return write;
  const words = topics.map(String);
  const breaches = [...(write.breaches ?? []), ...topicBreaches(words, actor)];
  return { ...write, values: { ...write.values, topics: words.map((word) => word.toLowerCase()) }, breaches };
}

const checked = (source: Source<Actor>, check: (actor: Actor, write: Write) => Write): Source<Actor> => ({
  ...source,
  create: (actor, write) => source.create(actor, check(actor, write)),
  update: (actor, code, change) => source.update(actor, code, (row: Row) => check(actor, change(row))),
});

/** Webhooks of the application for the customer of the token (contracts/reapit.md §3.5). */
export const resthooks = declare(
  'resthooks',
  ({ domain }) => ({
    source: checked(domain.webhooks.resthooks, withTopics),
    fields: { topicIds: column('topics'), active: column('enabled'), ignoreEtagOnlyChanges: column('ignore_etag_only') },
    replaces: true,
  }),
  ['POST /resthooks/{id}/ping'],
);

function withTopic(_actor: Actor, write: Write): Write {
  const { topic } = write.values;
  if (typeof topic !== 'string') return write;
  const found = findTopic(topic);
  const breaches = found ? [] : [unknownTopic('topic', topic)];
  return {
    ...write,
    values: { ...write.values, topic: found?.topic ?? topic },
    breaches: [...(write.breaches ?? []), ...breaches],
  };
}

export const resthookFilters = declare(
  'resthooks/{id}/filters',
  ({ domain }) => ({
    source: checked(domain.webhooks.filters, withTopic),
    fields: { topicId: column('topic') },
    replaces: true,
  }),
  ['POST /resthooks/{id}/filters/{filterId}/test'],
);

/** Nobody answered: no status that a receiver could have sent. */
const NO_ANSWER = 0;

const text: FieldSpec = { type: 'string' };
const PING: Written['described'] = {
  body: { fields: { topicId: { ...text, required: true } } },
  answer: { fields: { statusCode: { type: 'integer' } } },
};
const TEST: Written['described'] = {
  body: { fields: { topicId: text, new: { type: 'object' }, old: { type: 'object' }, diff: { type: 'object' } } },
  answer: {
    fields: {
      valid: { type: 'boolean' },
      errors: { type: 'array', items: { type: 'object', fields: { field: text, message: text } } },
    },
  },
};

const ping = operation(
  'resthooks',
  'POST',
  '/resthooks/{id}/ping',
  ({ domain }) =>
    async ({ caller, ids: [id = ''], body }) => {
      const { resthooks: webhooks } = domain.webhooks;
      await webhooks.byCode(caller.actor, id);
      const word = isObject(body) && typeof body.topicId === 'string' ? body.topicId : '';
      if (word === '') throw invalidMember('topicId', 'required', 'Topic id must be provided');
      const example = exampleMessage(word, domain.now());
      if (example === undefined) throw invalid(unknownTopic('topicId', word));
      const message = stamp(example, 0);
      const outcome = await webhooks.ping(caller.actor, id, (key, at) => ({
        headers: headersOf(message, key, at),
        body: message,
        timeoutMs: ANSWER_MS,
      }));
      return answerJson({ statusCode: 'status' in outcome ? outcome.status : NO_ANSWER });
    },
  'raw',
);

const testFilter = operation(
  'resthooks/{id}/filters',
  'POST',
  '/resthooks/{id}/filters/{filterId}/test',
  ({ domain }) =>
    async ({ caller, ids: [id = '', filterId = ''], body }) => {
      const judged = await domain.webhooks.filters.test(caller.actor, id, filterId, JSON.stringify(body));
      if (judged.kind === 'slow') throw unavailable('The filter takes too long to be worked through');
      const refused = judged.kind === 'refused' ? [{ at: '', message: judged.message }] : [];
      const reasons = judged.kind === 'invalid' ? judged.reasons : refused;
      const errors = reasons.map(({ at, message }) => ({ field: at.replaceAll('/', '.'), message }));
      return answerJson({ valid: judged.kind === 'valid', errors });
    },
  'raw',
);

const signingKey = operation(
  'webhooks/signing',
  'GET',
  '/webhooks/signing/{id}',
  ({ domain }) =>
    async ({ caller, ids: [id = ''] }) => {
      const { kid, crv, x } = await domain.webhooks.publicHookKey(caller.clientId, id);
      return answerJson({ keys: [{ kid, crv, x }] });
    },
);

export const resthookOperations: readonly Written[] = [
  { ...ping, described: PING },
  { ...testFilter, described: TEST },
  { ...signingKey, anyCustomer: true },
];
