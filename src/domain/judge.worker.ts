import { parentPort } from 'node:worker_threads';
import { type Dialect, readSchema, type Schema, SchemaFault } from './json-schema.ts';
import type { Judged, Task } from './judge.ts';

/** Works through schemas and documents in a thread of its own. */
const MOST_KEPT = 100;

/** What was read lately, the youngest last: reading costs some ten milliseconds. */
const kept = new Map<string, Schema>();
function read(text: string, dialect: Dialect): Schema {
  const key = `${dialect} ${text}`;
  const schema = kept.get(key) ?? readSchema(text, dialect);
  kept.delete(key);
  kept.set(key, schema);
  const oldest = kept.keys().next();
  if (kept.size > MOST_KEPT && !oldest.done) kept.delete(oldest.value);
  return schema;
}

function answer({ schema, document, dialect = 'draft-07' }: Task): Judged {
  try {
    const ready = read(schema, dialect);
    return document === undefined ? { kind: 'valid' } : ready.judge(JSON.parse(document));
  } catch (error) {
    if (error instanceof SchemaFault) return { kind: 'refused', message: error.message };
    throw error;
  }
}

parentPort?.on('message', (task: Task) => parentPort?.postMessage(answer(task)));
