import { scopesInWords as dotloopWords } from './dotloop/scopes.ts';
import { scopesInWords as reapitWords } from './reapit/scopes.ts';
import { SCOPES as SPARK, scopesInWords as sparkWords } from './spark/scopes.ts';

/** The scopes of an application in plain words, whichever door it is for: no name of a scope is one at two doors. */
export function permissionsOf(scopes: readonly string[]): string[] {
  const isSparks = (scope: string) => Object.hasOwn(SPARK, scope);
  const isReapits = (scope: string) => scope.startsWith('agencyCloud/');
  const ofDotloop = scopes.filter((scope) => !isSparks(scope) && !isReapits(scope));
  return [...dotloopWords(ofDotloop), ...sparkWords(scopes.filter(isSparks)), ...reapitWords(scopes.filter(isReapits))];
}
