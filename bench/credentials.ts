import { type Credentials, doorOf } from './bodies.ts';
import type { Case, Tagged } from './cases.ts';
import type { Asked, Recorder } from './replay.ts';
import { TOKEN, type World } from './world.ts';

/** What each door's requests say of who calls; the token of Reapit Connect comes from Connect, as a client gets it. */
export async function credentialsOf({ ask }: Recorder, { reapit, siteKey, sparkToken }: World): Promise<Credentials> {
  const { answer } = await ask({
    method: 'POST',
    path: '/connect/token',
    headers: {
      authorization: `Basic ${btoa(`${reapit.clientId}:${reapit.secret}`)}`,
      'content-type': 'application/x-www-form-urlencoded',
    },
    body: `grant_type=client_credentials&client_id=${reapit.clientId}`,
  });
  const { access_token } = answer.json<{ access_token: string }>();
  return {
    dotloop: { authorization: `Bearer ${TOKEN}` },
    spark: { authorization: `Bearer ${sparkToken}` },
    reapit: { authorization: `Bearer ${access_token}`, 'reapit-customer': 'BEN' },
    propertybase: { 'x-bl-api-key': siteKey },
  };
}

/** The requests of a case at one of its paths, each new where the case says so and with the tag that the row then has. */
export function requestsOf(recorder: Recorder, asked: Case, place: number, credentials: Credentials) {
  const { method, paths, body } = asked;
  const door = doorOf(asked);
  const path = paths[place] ?? '';
  const row: Tagged | undefined = asked.tagged?.[place];
  return async (n: number): Promise<Asked> => {
    const headers = { ...credentials[door], ...(body ? { 'content-type': 'application/json' } : {}) };
    const tag = row && (await recorder.ask({ method: 'GET', path, headers: credentials[door] })).answer.headers.etag;
    return {
      method,
      path,
      headers: { ...headers, ...(tag ? { 'if-match': String(tag) } : {}) },
      ...(body === undefined ? {} : { body: body.replaceAll('[<id>]', `r${n}`) }),
    };
  };
}
