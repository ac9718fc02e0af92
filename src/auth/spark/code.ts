import type { AskCore } from '../core/ask.ts';

export type CodeWanted = { readonly parameters: URLSearchParams; readonly scopes: readonly string[] };

/** A code, why there is none, or what the person has to do first. */
export type CodeTold =
  | { readonly code: string }
  | { readonly error: string; readonly error_description: string }
  | { readonly first: 'login' | 'consent' };

/** Asks the core for a code for somebody. Its address is read from behind: the registered one may have such parameters of its own. */
export async function askForCode(ask: AskCore, wanted: CodeWanted, account: string): Promise<CodeTold> {
  const parameters = new URLSearchParams(wanted.parameters);
  parameters.set('scope', wanted.scopes.join(' '));
  const { location, first } = await ask({ method: 'GET', path: '/authorize', parameters, account });
  if (first) return { first };
  if (location === undefined) throw new Error('The authorization core did not know where to go');
  const told = new URL(location).searchParams;
  const read = (name: string) => told.getAll(name).at(-1) ?? '';
  if (told.has('code')) return { code: read('code') };
  return { error: read('error'), error_description: read('error_description') };
}
