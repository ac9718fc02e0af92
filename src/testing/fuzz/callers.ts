import { DEMO_FOR_TESTS, SANDBOX } from '../../sandbox/index.ts';
import { signedPath, sparkSessions } from '../spark-client.ts';
import type { Caller, Header, Shot } from './shot.ts';
import type { Answer, Line, Silence } from './wire.ts';
import { isSilent } from './wire.ts';

type Shown = { readonly path: string; readonly headers: readonly Header[] };
/** What each caller shows: headers, or for Spark's sessions a signature in the address. */
export type Credentials = (caller: Caller, shot: Pick<Shot, 'path' | 'method' | 'body'>) => Shown;

const FORM: Header = ['content-type', 'application/x-www-form-urlencoded'];
const form = (pairs: Record<string, string>) => Buffer.from(new URLSearchParams(pairs).toString());

function answered(what: string, answer: Answer | Silence, status: number): Answer {
  if (isSilent(answer)) throw new Error(`${what}: ${answer.silence}`);
  if (answer.status !== status) throw new Error(`${what}: ${answer.status} ${answer.text.slice(0, 300)}`);
  return answer;
}

/** A browser's cookies and the token that its changes carry. */
async function signInAs(line: Line, email: string): Promise<readonly Header[]> {
  const page = answered('sign-in page', await line.send('GET', '/login', []), 200);
  const cookie = (page.headers['set-cookie'] ?? '').split(';')[0] ?? '';
  const csrf = /name="csrf" value="([^"]*)"/.exec(page.text)?.[1] ?? '';
  const sent = form({ csrf, return_to: '/', email, password: SANDBOX.people.password });
  const entered = answered('sign-in', await line.send('POST', '/login', [FORM, ['cookie', cookie]], sent), 303);
  const session = (entered.headers['set-cookie'] ?? '').split(';')[0] ?? '';
  const told = answered('session', await line.send('GET', '/app/session', [['cookie', session]]), 200);
  return [
    ['cookie', session],
    ['x-csrf-token', (JSON.parse(told.text) as { csrf: string }).csrf],
  ];
}

async function machineToken(line: Line): Promise<string> {
  const { clientId, clientSecret } = SANDBOX.reapit;
  const basic: Header = ['authorization', `Basic ${btoa(`${clientId}:${clientSecret}`)}`];
  const sent = form({ client_id: clientId, grant_type: 'client_credentials' });
  const answer = answered('machine token', await line.send('POST', '/connect/token', [FORM, basic], sent), 200);
  return (JSON.parse(answer.text) as { access_token: string }).access_token;
}

/** Signs everybody in. */
export async function gatherCredentials(line: Line): Promise<Credentials> {
  const session = sparkSessions(async (path) => {
    const answer = answered('Spark session', await line.send('POST', path, []), 200);
    return { ...answer, body: JSON.parse(answer.text) };
  });
  const [agent, portal, idx] = await Promise.all([session('agent'), session('portal'), session('idx')]);
  const sessions: Partial<Record<Caller, typeof agent>> = { 'spark-agent': agent, 'spark-portal': portal, 'spark-idx': idx };
  const bearer = (token: string): readonly Header[] => [['authorization', `Bearer ${token}`]];
  const headers: Partial<Record<Caller, readonly Header[]>> = {
    dotloop: bearer(SANDBOX.dotloop.accessToken),
    reapit: [...bearer(await machineToken(line)), ['reapit-customer', SANDBOX.reapit.customer], ['api-version', '2020-01-31']],
    propertybase: [['x-bl-api-key', SANDBOX.propertybase.key]],
    'propertybase-reader': [['x-bl-api-key', SANDBOX.propertybase.readOnlyKey]],
    spark: bearer(SANDBOX.spark.accessToken),
    page: await signInAs(line, SANDBOX.people.agent),
    'page-administrator': await signInAs(line, SANDBOX.people.administrator),
    // who signs out by chance ends a session of their own
    visitor: await signInAs(line, SANDBOX.people.agent),
    stranger: bearer(DEMO_FOR_TESTS.dotloop.accessToken),
    garbage: [
      ['authorization', 'Bearer \u00ff\u00fe'],
      ['x-bl-api-key', '\u00ff'],
      ['cookie', 'portico_session=\u00ff; portico_session=%00'],
    ],
  };
  return (caller, { path, method, body }) => {
    const signer = sessions[caller];
    if (!signer || !path.startsWith('/spark/v1/')) return { path, headers: headers[caller] ?? [] };
    // A signature is over decoded values; where they cannot be decoded the door has nothing to compare.
    try {
      const text = body === undefined ? undefined : Buffer.from(body).toString('latin1');
      return { path: `/spark${signedPath(signer, path.slice('/spark'.length), method, text)}`, headers: [] };
    } catch {
      return { path, headers: [] };
    }
  };
}
