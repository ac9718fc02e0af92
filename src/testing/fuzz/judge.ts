import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { SANDBOX } from '../../sandbox/index.ts';
import type { DoorDocument, Operation } from './operations.ts';
import type { Shot } from './shot.ts';
import type { Answer } from './wire.ts';

/** What stands in an answer only when something of ours shines through: places in our code, words of the database. */
const LEAKS =
  /node_modules|\bat (?:async )?\S+ \(|\/src\/[\w/-]+\.ts|violates \w+ constraint|invalid input syntax|syntax error at or near|relation "|\[object Object\]|\bpg_\w+|ECONNREFUSED/;

/** Where an application or a person may be sent. */
const PLACES = new Set(
  [
    ...SANDBOX.dotloop.redirectUris,
    ...SANDBOX.reapit.redirectUris,
    ...SANDBOX.reapit.signOutUris,
    ...SANDBOX.spark.redirectUris,
  ].map((uri) => new URL(uri).origin),
);

export type Judge = (shot: Shot, answer: Answer) => string | undefined;

/** Says what is wrong with an answer; nothing if it is as the house promises. */
export function makeJudge(documents: readonly DoorDocument[], publicUrl: string): Judge {
  const ajv = new Ajv2020({ strict: false, logger: false, code: { optimize: false } });
  addFormats.default(ajv);
  for (const { door, document } of documents) ajv.addSchema(document as object, door, undefined, false);

  const againstSchema = ({ path }: Shot, { door, answers }: Operation, { status, headers, text }: Answer): string | undefined => {
    if (!answers.has(status)) return `status ${status} is not declared`;
    const place = answers.get(status) ?? null;
    if (status === 204 || status === 301) return text === '' ? undefined : `${status} with a body`;
    if (place === null) return undefined;
    if (!/^application\/json\b/.test(headers['content-type'] ?? '')) {
      const file =
        /^(?:application|image|text)\//.test(headers['content-type'] ?? '') && headers['content-disposition'] !== undefined;
      return file ? undefined : `a JSON body is declared, but the type is ${headers['content-type']}`;
    }
    const check = ajv.getSchema(`${door}${place}`);
    if (!check) return `no schema at ${place}`;
    if (check(JSON.parse(text))) return undefined;
    const [first] = check.errors ?? [];
    // Whoever selects members gets no others: that is more than a schema can say.
    if (first?.keyword === 'required' && path.includes('_select=')) return undefined;
    return `not within its schema: ${first?.instancePath} ${first?.message}`;
  };

  const ownOrigin = new URL(publicUrl).origin;
  /** Nobody is sent where no application registered, nor to a host that a path could name. */
  const badRedirect = ({ door }: Shot, { status, headers }: Answer): string | undefined => {
    if (status < 300 || status > 399 || headers.location === undefined || door === 'dotloop') return undefined;
    const to = URL.parse(headers.location, `${publicUrl}/`);
    if (to && (to.origin === ownOrigin || PLACES.has(to.origin) || to.hostname.endsWith('.localhost'))) return undefined;
    return `sends somebody to ${headers.location}`;
  };

  return (shot, answer) => {
    const { status, headers, text } = answer;
    if (status >= 500) return `status ${status}`;
    if (status < 200) return `status ${status}`;
    const leak = LEAKS.exec(text)?.[0];
    if (leak !== undefined && shot.door !== 'house' && !JSON.stringify(shot).includes(leak)) return `shows ${leak}`;
    if (/json/.test(headers['content-type'] ?? '') && text !== '') {
      try {
        JSON.parse(text);
      } catch {
        return 'says it is JSON, and is none';
      }
    }
    return badRedirect(shot, answer) ?? (shot.operation ? againstSchema(shot, shot.operation, answer) : undefined);
  };
}
