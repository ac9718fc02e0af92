import { type Breach, invalid } from '../../kernel/fault.ts';
import { isStorable } from '../../kernel/storable.ts';

/** What an application keeps: an object of JSON, given back as it came. */
export type JsonObject = Readonly<Record<string, unknown>>;

export const MOST_BYTES = 256 * 1024;
const MOST_DEPTH = 32;

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** JSON knows no infinite numbers, and JavaScript reads 1e999 as one. */
const storable = (value: unknown): boolean =>
  typeof value === 'string' ? isStorable(value) : typeof value !== 'number' || Number.isFinite(value);

function problemIn(value: unknown, depth: number): string | undefined {
  if (!storable(value)) return 'contains a character or a number that cannot be stored';
  if (typeof value !== 'object' || value === null) return undefined;
  if (depth > MOST_DEPTH) return `is nested deeper than ${MOST_DEPTH} levels`;
  for (const [name, member] of Object.entries(value)) {
    const problem = storable(name) ? problemIn(member, depth + 1) : 'contains a name that cannot be stored';
    if (problem !== undefined) return problem;
  }
  return undefined;
}

const breach = (message: string): Breach => ({ in: 'body', at: 'metadata', reason: 'value', message });

/** What speaks against keeping this, whatever the application's own schema says. */
export function documentBreaches(document: unknown): Breach[] {
  if (!isObject(document)) return [breach('Metadata must be a JSON object')];
  const problem = problemIn(document, 1);
  if (problem !== undefined) return [breach(`Metadata ${problem}`)];
  const size = Buffer.byteLength(JSON.stringify(document));
  return size > MOST_BYTES ? [breach(`Metadata is larger than ${MOST_BYTES} bytes`)] : [];
}

/** @throws Fault invalid */
export function checkDocument(document: unknown): JsonObject {
  const breaches = documentBreaches(document);
  if (breaches.length > 0) throw invalid(breaches);
  return document as JsonObject;
}
