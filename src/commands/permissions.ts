import { SITE_RESOURCES } from '../domain/index.ts';
import { CommandError } from './command.ts';

/** `offices=r,leads=rwd` and `all=rwd` as the matrix of a key. */
export function readPermissions(given: readonly string[]): Record<string, string> {
  const permissions: Record<string, string> = {};
  for (const one of given.flatMap((text) => text.split(/[\s,]+/)).filter((text) => text !== '')) {
    const [, row = '', letters = ''] = /^([a-z_]+)[=:]([rwd]{1,3})$/.exec(one) ?? [];
    const rows = row === 'all' ? SITE_RESOURCES : SITE_RESOURCES.filter((known) => known === row);
    if (rows.length === 0)
      throw new CommandError(
        `--permissions ${one}: write resource=letters of r, w, d. Resources: all, ${SITE_RESOURCES.join(', ')}`,
        64,
      );
    const sorted = ['r', 'w', 'd'].filter((letter) => letters.includes(letter)).join('');
    for (const known of rows) permissions[known] = sorted;
  }
  return permissions;
}
