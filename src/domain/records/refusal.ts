import { conflict, invalid } from '../../kernel/fault.ts';

const codeOf = (error: unknown) =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';

const TAKEN = '23505';
/** A value that its column or an index cannot hold: too long, too large, a day that no calendar has. */
const UNFIT = /^(22|54)/;

/** Was there a row with the same code at the same moment? */
export const isTaken = (error: unknown): boolean =>
  codeOf(error) === TAKEN || (error instanceof Error && codeOf(error.cause) === TAKEN);

/** What the database refuses is the caller's, where it is about values: doors have their own word for it. */
function refusal(error: unknown): unknown {
  const code = codeOf(error);
  if (UNFIT.test(code)) {
    const column = (error as { column?: string }).column;
    const at = column === undefined ? {} : { at: column };
    return invalid({ in: 'body', ...at, reason: 'value', message: 'A value is too long or too large to be stored' });
  }
  if (code !== TAKEN) return error;
  return Object.assign(conflict('record.taken', 'There is such a record already'), { cause: error });
}

export const refused = (error: unknown): never => {
  throw refusal(error);
};
