import { type Breach, invalid } from '../../kernel/fault.ts';
import { SANDBOX_CODE } from '../identity/index.ts';
import type { CustomerRow } from './application-hook.store.ts';
import { targetUrlBreach } from './target-url.ts';

const MOST_TEXT = 2_000;

/** What a developer says about a webhook of an application (contracts/reapit.md §3.5). */
export type HookTerms = {
  readonly url: string;
  readonly description: string | null;
  readonly topics: readonly string[];
  /** codes of customers; none: all that have installed the application. The sandbox stands alone */
  readonly customers: readonly string[];
  readonly enabled: boolean;
  readonly ignoreEtagOnly: boolean;
  /** extra fields that are sent along; every customer of the webhook has to have granted them */
  readonly extrasFields: readonly string[];
};
/** The scope that a topic needs, null for none; undefined for what is no topic. The door says it. */
export type ScopeOfTopic = (topic: string) => string | null | undefined;

const wrong = (at: string, message: string, reason: Breach['reason'] = 'value'): Breach => ({ in: 'body', at, reason, message });

function customerBreaches({ customers, extrasFields }: HookTerms, installed: readonly CustomerRow[]): Breach[] {
  const sandbox = customers.includes(SANDBOX_CODE);
  if (sandbox && customers.length > 1) return [wrong('customers', 'A webhook of the sandbox has no other customers')];
  const codes = new Set(installed.map(({ code }) => code));
  const stranger = customers.find((code) => !sandbox && !codes.has(code));
  if (stranger !== undefined) return [wrong('customers', `${stranger} has not installed the application`)];
  // Nobody grants anything in the sandbox.
  const nothing = { code: SANDBOX_CODE, extras_fields: [] };
  const of = sandbox ? [nothing] : installed.filter(({ code }) => customers.length === 0 || customers.includes(code));
  const refused = extrasFields.flatMap((name) =>
    of.filter((one) => !one.extras_fields.includes(name)).map(({ code }) => `${code} has not granted the extra field ${name}`),
  );
  return refused.slice(0, 1).map((message) => wrong('extrasFields', message));
}

function topicBreaches({ topics }: HookTerms, scopes: readonly string[], scopeOf: ScopeOfTopic): Breach[] {
  if (topics.length === 0) return [wrong('topics', 'Choose at least one topic', 'required')];
  return topics.flatMap((topic): Breach[] => {
    const scope = scopeOf(topic);
    if (scope === undefined) return [wrong('topics', `${topic} is no topic`)];
    return scope === null || scopes.includes(scope) ? [] : [wrong('topics', `${topic} needs the scope ${scope}`)];
  });
}

const unique = (list: readonly string[]) => [...new Set(list)];

export type TermsRules = {
  readonly allowPrivate: boolean;
  /** registered by the application */
  readonly scopes: readonly string[];
  readonly scopeOf: ScopeOfTopic;
  readonly installed: readonly CustomerRow[];
};

/** The terms in their own spelling. @throws Fault invalid with every breach */
export function checkHookTerms(given: HookTerms, { allowPrivate, scopes, scopeOf, installed }: TermsRules): HookTerms {
  const terms: HookTerms = {
    ...given,
    description: given.description?.trim() || null,
    topics: unique(given.topics.map((topic) => topic.toLowerCase())),
    customers: unique(given.customers.map((code) => code.trim().toUpperCase())),
    extrasFields: unique(given.extrasFields),
  };
  const url = targetUrlBreach(terms.url, { allowPrivate, httpsOnly: true });
  const isLong = (terms.description ?? '').length > MOST_TEXT;
  const breaches = [
    ...(url ? [url] : []),
    ...(isLong ? [wrong('description', `A description has up to ${MOST_TEXT} characters`, 'length')] : []),
    ...topicBreaches(terms, scopes, scopeOf),
    ...customerBreaches(terms, installed),
  ];
  if (breaches.length > 0) throw invalid(breaches);
  return terms;
}
