/** The parameters without one of the words of `prompt` (OpenID Connect Core 3.1.2.1). */
export function withoutPrompt(parameters: URLSearchParams, word: 'login' | 'consent'): URLSearchParams {
  const rest = new URLSearchParams(parameters);
  const prompts =
    rest
      .get('prompt')
      ?.split(' ')
      .filter((prompt) => prompt !== word) ?? [];
  if (prompts.length > 0) rest.set('prompt', prompts.join(' '));
  else rest.delete('prompt');
  return rest;
}

/** With no more than a few seconds of grace the sign-in page would come back for ever. */
const GRACE_SECONDS = 60;

/** The parameters once the person has signed in: what asked for a fresh sign-in is fulfilled. */
export function afterLogin(parameters: URLSearchParams): URLSearchParams {
  const rest = withoutPrompt(parameters, 'login');
  const age = rest.get('max_age');
  if (age !== null && /^\d+$/.test(age)) rest.set('max_age', String(Math.max(Number(age), GRACE_SECONDS)));
  return rest;
}

/** Nobody may be asked anything. */
export const isSilent = (parameters: URLSearchParams): boolean => parameters.get('prompt')?.split(' ').includes('none') === true;
