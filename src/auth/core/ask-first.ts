const ASK_FIRST = '/ask-first/';

/** Where the core sends people who have to be asked something; nobody gets there, ask.ts reads it as an answer. */
export const askFirst = (prompt: string): string => `${ASK_FIRST}${prompt}`;

/** What the person has to do, if that is what a location of the core says. */
export function readPrompt(location: string): 'login' | 'consent' | undefined {
  if (!location.startsWith(ASK_FIRST)) return undefined;
  return location === askFirst('login') ? 'login' : 'consent';
}
