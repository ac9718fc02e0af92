import { gatherCredentials } from './callers.ts';
import type { Look } from './facts.ts';
import { CURRENT_TAG, type Header, type Shot } from './shot.ts';
import { type Answer, isSilent, type Line, type Silence } from './wire.ts';

export type Client = {
  /** with the credentials of the shot's caller, and with the record's tag where one is wanted */
  send(shot: Shot): Promise<Answer | Silence>;
  readonly look: Look;
};

/** Node's client counts nothing when it is told to add no headers. */
const lengthOf = (body: Uint8Array | undefined): readonly Header[] => (body ? [['content-length', String(body.length)]] : []);

export const jsonOf = ({ headers, text }: Answer): unknown =>
  /json/.test(headers['content-type'] ?? '') && text !== '' ? JSON.parse(text) : undefined;

/** The tag of a record at the moment, from an answer that shows it. */
const tagOf = (answer: Answer | Silence): string => {
  if (isSilent(answer) || answer.status !== 200) return '"none"';
  return answer.headers.etag ?? (JSON.parse(answer.text) as { _eTag?: string })._eTag ?? '"none"';
};

/** Signs every caller in, then sends for them. */
export async function openClient(address: string, line: Line): Promise<Client> {
  const host: Header = ['host', new URL(address).host];
  const credentials = await gatherCredentials({
    ...line,
    send: (method, path, headers, body) => line.send(method, path, [host, ...headers, ...lengthOf(body)], body),
  });

  const send = async (shot: Shot): Promise<Answer | Silence> => {
    const { path, headers } = credentials(shot.caller, shot);
    const own = new Set(shot.headers.map(([name]) => name));
    const tag = shot.headers.some(([, value]) => value === CURRENT_TAG)
      ? tagOf(await line.send('GET', path.split('?')[0] ?? path, [host, ...headers]))
      : '';
    const said = shot.headers.map(([name, value]): Header => [name, value === CURRENT_TAG ? tag : value]);
    const all = [
      ...(own.has('host') ? [] : [host]),
      ...headers.filter(([name]) => !own.has(name)),
      ...said,
      ...lengthOf(shot.body),
    ];
    return line.send(shot.method, path, all, shot.body);
  };

  return {
    send,
    async look(path, caller, json) {
      const body = json === undefined ? undefined : Buffer.from(JSON.stringify(json));
      const headers: Header[] = body ? [['content-type', 'application/json']] : [];
      const answer = await send({
        door: 'house',
        method: body ? 'POST' : 'GET',
        path,
        headers,
        caller,
        ...(body ? { body } : {}),
      });
      if (isSilent(answer)) throw new Error(`${path}: ${answer.silence}`);
      return answer.status < 300 ? jsonOf(answer) : undefined;
    },
  };
}
