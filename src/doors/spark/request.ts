import type { FastifyRequest } from 'fastify';

/** A request as it was sent, before any decoding: signatures are over that (contracts/spark.md §4.2). */
export type Sent = {
  /** from `/v1`, percent-encoding and trailing slash kept */
  readonly path: string;
  /** in order of appearance, names decoded */
  readonly pairs: readonly Pair[];
};
export type Pair = { readonly name: string; readonly value: string; readonly verbatim: string };

/** `%XX` and `+`; what cannot be decoded stays as it is. */
export function decodeValue(text: string): string {
  const spaced = text.replaceAll('+', ' ');
  try {
    return decodeURIComponent(spaced);
  } catch {
    return spaced;
  }
}

export function readPairs(query: string): Pair[] {
  return query
    .split('&')
    .filter((part) => part !== '')
    .map((part) => {
      const equals = part.indexOf('=');
      const verbatim = equals < 0 ? '' : part.slice(equals + 1);
      return { name: decodeValue(equals < 0 ? part : part.slice(0, equals)), value: decodeValue(verbatim), verbatim };
    });
}

/** The path of this house that is no part of a signed one (§1: H1). */
const PREFIX = /^\/spark(?=\/|$)/;

export function sentOf(request: FastifyRequest): Sent {
  const target = request.originalUrl;
  const mark = target.indexOf('?');
  const path = mark < 0 ? target : target.slice(0, mark);
  return { path: path.replace(PREFIX, ''), pairs: readPairs(mark < 0 ? '' : target.slice(mark + 1)) };
}

export const parameterOf = ({ pairs }: Sent, name: string): string | undefined => pairs.find((pair) => pair.name === name)?.value;

const OVERRIDABLE = new Set(['GET', 'HEAD', 'DELETE']);
const FORM = /^\s*application\/x-www-form-urlencoded\s*(;|$)/i;
export const isForm = (contentType: string) => FORM.test(contentType);

/**
 * The method that is meant: a form POST may stand for GET, HEAD or DELETE, because long filters do not fit into an address (§1: H9).
 * Undefined when the header says anything else.
 */
export function methodOf(request: FastifyRequest, contentType: string): string | undefined {
  const override = request.headers['x-http-method-override'];
  if (request.method !== 'POST' || override === undefined) return request.method;
  const asked = [override].flat().join().toUpperCase();
  return OVERRIDABLE.has(asked) && isForm(contentType) ? asked : undefined;
}
