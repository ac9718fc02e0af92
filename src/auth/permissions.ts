import { scopesInWords as dotloopWords } from './dotloop/scopes.ts';
import { SCOPES as SPARK, scopesInWords as sparkWords } from './spark/scopes.ts';

/** The scopes of an application in plain words, whichever door it is for: no name of a scope is one at two doors. */
export function permissionsOf(scopes: readonly string[]): string[] {
  const isSparks = (scope: string) => Object.hasOwn(SPARK, scope);
  return [...dotloopWords(scopes.filter((scope) => !isSparks(scope))), ...sparkWords(scopes.filter(isSparks))];
}
