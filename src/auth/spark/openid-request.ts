import type { Identity, SparkClient, SparkPerson } from '../../domain/index.ts';
import { backTo } from '../core/asked.ts';
import { findClient, MEMBER_OPENID, mayGo } from './client.ts';
import { API } from './scopes.ts';

/** The attributes of contracts/spark.md §4.4, by the aliases clients use, with their types and the scope each belongs to. */
const ATTRIBUTES: Readonly<Record<string, { type: string; scope: string; read: (person: SparkPerson) => string | null }>> = {
  first_name: { type: 'http://openid.net/schema/namePerson/first', scope: 'profile', read: (person) => person.firstName },
  last_name: { type: 'http://openid.net/schema/namePerson/last', scope: 'profile', read: (person) => person.lastName },
  middle_name: { type: 'http://openid.net/schema/namePerson/middle', scope: 'profile', read: (person) => person.middleName },
  friendly: { type: 'http://openid.net/schema/namePerson/friendly', scope: 'profile', read: (person) => person.name },
  id: { type: 'http://openid.net/schema/person/guid', scope: 'openid', read: (person) => person.resoKey },
  email: { type: 'http://openid.net/schema/contact/internet/email', scope: 'email', read: (person) => person.email },
};
/** An alias comes back in the name of a parameter. */
const ALIAS = /^[\w-]{1,50}$/;
const byType = new Map(Object.values(ATTRIBUTES).map((attribute) => [attribute.type, attribute]));

export type OpenidRequest =
  | { readonly kind: 'page'; readonly text: string }
  | { readonly kind: 'back'; readonly location: string }
  | {
      readonly kind: 'ask';
      readonly client: SparkClient;
      readonly redirectUri: string;
      /** the application wants a code beside the identity */
      readonly combined: boolean;
      readonly scopes: readonly string[];
      /** the question itself, for the way back here after sign-in */
      readonly parameters: URLSearchParams;
      readonly answer: (person: SparkPerson, code: string | undefined) => string;
      readonly refuse: (error: string) => string;
    };

/** Clients look at `openid.mode` and show `openid.error`; `error` is what §4.4 promises for every way. */
const refusalOf = (redirectUri: string, state: string | undefined) => (error: string) =>
  backTo(redirectUri, { 'openid.mode': 'error', 'openid.error': error, error, 'openid.spark.state': state });

/** Reads `GET /openid` (contracts/spark.md §4.4): OpenID 2.0 as this vendor has it, without signatures and associations. */
export async function readOpenidRequest(identity: Identity, query: string): Promise<OpenidRequest> {
  const sent = new URLSearchParams(query);
  const one = (name: string) => sent.get(`openid.${name}`)?.toWellFormed() || undefined;
  const found = await findClient(identity, one('spark.client_id'), one('return_to'));
  if (found.kind === 'page') return found;
  const { client, redirectUri } = found;
  const state = one('spark.state');
  const refuse = refusalOf(redirectUri, state);
  if (!mayGo(client, MEMBER_OPENID)) return { kind: 'back', location: refuse('unauthorized_client') };
  if (one('mode') !== 'checkid_setup') return { kind: 'back', location: refuse('invalid_request') };

  const combined = one('spark.combined_flow') === 'true';
  const attributes = [...new Set(one('ax.required')?.split(','))].flatMap((alias) => {
    if (!ALIAS.test(alias)) return [];
    const attribute =
      byType.get(one(`ax.type.${alias}`) ?? '') ?? (Object.hasOwn(ATTRIBUTES, alias) ? ATTRIBUTES[alias] : undefined);
    return attribute ? [{ alias, ...attribute }] : [];
  });
  const parameters = new URLSearchParams([...sent].filter(([name]) => name.startsWith('openid.')));
  const scopes = new Set(['openid', ...attributes.map(({ scope }) => scope), ...(combined ? [API] : [])]);
  return {
    kind: 'ask',
    client,
    redirectUri,
    combined,
    scopes: [...scopes],
    parameters,
    answer(person, code) {
      const values = attributes.map(({ alias, read }) => [`openid.ax.value.${alias}`, read(person) ?? '']);
      return backTo(redirectUri, {
        'openid.mode': 'id_res',
        'openid.spark.code': code,
        'openid.spark.state': state,
        ...Object.fromEntries(values),
      });
    },
    refuse,
  };
}
