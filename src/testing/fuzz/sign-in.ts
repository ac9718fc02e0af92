import fc from 'fast-check';
import { SANDBOX } from '../../sandbox/index.ts';
import { hostileJson, hostileText } from './hostile.ts';
import { damaged } from './mutate.ts';
import { encoded } from './paths.ts';
import type { Header, Shot } from './shot.ts';

const ENDPOINTS = [
  ...['/dotloop/oauth/authorize', '/dotloop/oauth/token', '/dotloop/oauth/token/revoke', '/oauth/authorize', '/oauth/token'],
  ...[
    '/connect/authorize',
    '/connect/oauth2/authorize',
    '/connect/login',
    '/connect/token',
    '/connect/oauth2/token',
    '//connect/Token',
  ],
  ...['/connect/oauth2/revoke', '/connect/oauth2/userinfo', '/connect/logout', '/connect/.well-known/openid-configuration'],
  ...['/connect/.well-known/jwks.json', '/connect/oidc/logout'],
  ...[
    '/spark/oauth2',
    '/spark/openid',
    '/spark/openid/authorize',
    '/spark/openid/logout',
    '/spark/openid/token',
    '/spark/openid/revoke',
  ],
  ...['/spark/openid/userinfo', '/spark/openid/jwks.json', '/spark/.well-known/openid-configuration', '/spark/v1/oauth2/grant'],
  ...['/spark/auth/vow/brian-erwin', '/spark/auth/vow/nobody', '/spark/r/login/brian-erwin', '/spark/v1/session'],
  ...['/login', '/logout'],
] as const;

const CALLBACK = SANDBOX.dotloop.redirectUris[0];
const { dotloop, reapit, spark, people } = SANDBOX;

/** What each parameter may rightly be. */
const RIGHT: Readonly<Record<string, readonly string[]>> = {
  response_type: ['code', 'id_token', 'id_token code', 'token', 'none'],
  client_id: [dotloop.clientId, reapit.clientId, spark.agent.key, spark.portal.key],
  client_secret: [dotloop.clientSecret, reapit.clientSecret, spark.agent.secret],
  redirect_uri: [
    CALLBACK,
    'http://localhost:3000',
    'http://localhost:3000/callback/../evil',
    'https://evil.example',
    `${CALLBACK}#x`,
    `${CALLBACK}@evil.example`,
  ],
  grant_type: [
    'authorization_code',
    'refresh_token',
    'client_credentials',
    'password',
    'urn:ietf:params:oauth:grant-type:jwt-bearer',
  ],
  scope: [
    'openid',
    'account:read',
    'profile:* loop:*',
    'agencyCloud/contacts.read',
    'openid profile email',
    'account:read account:read',
  ],
  // None that is valid: with a new access token the one of the run's own requests would end.
  refresh_token: ['x', 'x.y.z'],
  token: ['x', 'eyJhbGciOiJub25lIn0.e30.'],
  code: ['x', 'a'.repeat(500)],
  code_challenge: ['E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM'],
  code_challenge_method: ['S256', 'plain'],
  code_verifier: ['dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk'],
  state: ['s', 'x'.repeat(6_000)],
  nonce: ['n'],
  prompt: ['none', 'login', 'consent', 'none login', 'select_account'],
  max_age: ['0', '-1', '1e999', '99999999999'],
  id_token_hint: ['x.y.z'],
  request: ['eyJhbGciOiJub25lIn0.e30.'],
  request_uri: ['http://169.254.169.254/', 'urn:x'],
  response_mode: ['query', 'fragment', 'form_post', 'web_message'],
  claims: ['{"id_token":{"__proto__":null,"sub":{"value":1}}}', '[', '{"userinfo":1}'],
  resource: ['http://evil.example'],
  username: [people.agent],
  // Not the right one: whoever signs in by chance takes the page's session with them.
  password: ['wrong'],
  email: [people.agent, people.administrator, 'nobody@example.com'],
  login: ['john.smith@example.com'],
  csrf: ['x', 'a'.repeat(43)],
  decision: ['approve', 'deny', 'maybe'],
  return_to: ['/', '/applications', '//evil.example', '/\\evil.example', 'https://evil.example', '/%09/evil.example'],
  post_logout_redirect_uri: ['http://localhost:3000/login', 'https://evil.example'],
  logout_uri: ['http://localhost:3000/login', 'https://evil.example'],
  ticket: ['x'],
  organisation: ['1', '-1', 'NaN'],
  redirect_on_deny: ['true', 'false'],
  door_host: ['spark.localhost', 'evil.example'],
  ApiKey: [spark.agent.key],
  ApiSig: ['0'.repeat(32)],
  'openid.mode': ['checkid_setup', 'checkid_immediate', 'check_authentication'],
  'openid.spark.client_id': [spark.agent.key],
  'openid.return_to': [CALLBACK, 'https://evil.example'],
  'openid.ax.required': ['a,b', ','.repeat(500)],
  'openid.spark.combined_flow': ['true'],
};

type Pair = readonly [name: string, value: string];
const pair: fc.Arbitrary<Pair> = fc
  .constantFrom(...Object.keys(RIGHT))
  .chain((name) =>
    fc
      .oneof({ weight: 4, arbitrary: fc.constantFrom(...(RIGHT[name] ?? [''])) }, { weight: 1, arbitrary: hostileText })
      .map((value): Pair => [name, value]),
  );
/** Questions that could be asked, so that what lies behind the first checks is reached too. */
const START: readonly (readonly Pair[])[] = [
  [],
  [
    ['response_type', 'code'],
    ['client_id', dotloop.clientId],
    ['redirect_uri', CALLBACK],
  ],
  [
    ['response_type', 'code'],
    ['client_id', reapit.clientId],
    ['redirect_uri', CALLBACK],
    ['scope', 'openid'],
  ],
  [
    ['response_type', 'code'],
    ['client_id', spark.agent.key],
    ['redirect_uri', CALLBACK],
  ],
  [
    ['openid.mode', 'checkid_setup'],
    ['openid.spark.client_id', spark.agent.key],
    ['openid.return_to', CALLBACK],
  ],
  [
    ['grant_type', 'client_credentials'],
    ['client_id', reapit.clientId],
    ['client_secret', reapit.clientSecret],
  ],
  [
    ['grant_type', 'authorization_code'],
    ['client_id', spark.agent.key],
    ['client_secret', spark.agent.secret],
    ['redirect_uri', CALLBACK],
  ],
  [
    ['grant_type', 'refresh_token'],
    ['client_id', dotloop.clientId],
    ['client_secret', dotloop.clientSecret],
  ],
];
const parameters = fc
  .tuple(fc.constantFrom(...START), fc.array(pair, { maxLength: 5 }))
  .map(([start, more]) =>
    [...new Map([...start, ...more])].concat(more.length > 4 ? more.slice(0, 1).map(([name]) => [name, 'twice']) : []),
  );

const written = (pairs: readonly Pair[]) => pairs.map(([name, value]) => `${encoded(name)}=${encoded(value)}`).join('&');
const FORM: Header = ['content-type', 'application/x-www-form-urlencoded'];
const JSON_TYPE: Header = ['content-type', 'application/json'];
const authorization: fc.Arbitrary<readonly Header[]> = fc.oneof(
  { weight: 6, arbitrary: fc.constant([]) },
  {
    weight: 1,
    arbitrary: fc
      .constantFrom(
        'Basic %%%',
        'Basic',
        `Basic ${btoa(':')}`,
        `Basic ${btoa(`${reapit.clientId}:${reapit.clientSecret}`)}`,
        'Bearer x',
        'Digest a',
      )
      .map((value): readonly Header[] => [['authorization', value]]),
  },
);

/** Requests to everything where people and applications sign in, of every door. */
export const signInRequests: fc.Arbitrary<Shot> = fc
  .record({
    at: fc.constantFrom(...ENDPOINTS),
    pairs: parameters,
    how: fc.constantFrom('query', 'query', 'form', 'form', 'json', 'both', 'odd', 'damaged'),
    odd: hostileJson,
    harm: damaged(fc.constant('grant_type=refresh_token&refresh_token=%00')),
    credentials: authorization,
    caller: fc.constantFrom('nobody' as const, 'visitor' as const),
  })
  .map(({ at, pairs, how, odd, harm, credentials, caller }): Shot => {
    const query = how === 'query' || how === 'both' ? `?${written(pairs)}` : '';
    const base = { door: 'sign-in', path: at + query, caller } as const;
    if (how === 'query') return { ...base, method: 'GET', headers: credentials };
    const body: Record<string, Uint8Array> = {
      json: Buffer.from(JSON.stringify(Object.fromEntries(pairs))),
      odd: Buffer.from(JSON.stringify(odd)),
      damaged: harm,
    };
    const type = how === 'json' || how === 'odd' ? JSON_TYPE : FORM;
    return { ...base, method: 'POST', headers: [type, ...credentials], body: body[how] ?? Buffer.from(written(pairs)) };
  });
