import { SparkFault } from '../faults.ts';
import type { Span } from './tree.ts';

/** Longer ones say what they say by then. */
const MOST_SHOWN = 300;
const shown = (text: string) => (text.length > MOST_SHOWN ? `${text.slice(0, MOST_SHOWN)}…` : text);

/** 1040 syntax and types, 1041 limits, 2000 and up ids that nobody has (contracts/spark.md §6). */
export type FilterCode = 1040 | 1041 | 2000 | 2001 | 2002 | 2003;

/** A refusal while the text is read: the place at fault is known, the expression around it is added above. */
export class FilterRefusal extends Error {
  readonly code: FilterCode;
  readonly at: Span;
  constructor(message: string, at: Span, code: FilterCode = 1040) {
    super(message);
    this.at = at;
    this.code = code;
  }
}

/** In the vendor's form (§8.3). */
export function filterFault(message: string, token: string, expression: string, code: FilterCode = 1040): SparkFault {
  const said = { Token: shown(token), Expression: shown(expression), Status: 'Fatal', Message: shown(message) };
  return new SparkFault(code, shown(message), { members: { SparkQLErrors: [said] } });
}

/** Runs `read` on what stands between `expression`'s ends and says there what it refuses. */
export function explained<T>(source: string, expression: Span, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof FilterRefusal)) throw error;
    const { message, at, code } = error;
    const around = source.slice(Math.min(expression.start, at.start), Math.max(expression.end, at.end));
    throw filterFault(message, source.slice(at.start, at.end), around.trim(), code);
  }
}
