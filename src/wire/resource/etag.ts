import { hash } from 'node:crypto';
import { Fault } from '../../kernel/fault.ts';
import type { Row } from '../../kernel/record.ts';

/** 32 upper-case hexadecimal digits in quotation marks (contracts/reapit.md §1.8): they move with the version and with nothing else. */
export const tagOf = (noun: string, { id, code, version }: Row): string =>
  `"${hash('md5', `${noun} ${id} ${code} ${version}`, 'hex').toUpperCase()}"`;

/** @throws Fault stale, reason `if_match.missing` or `if_match.stale`; a list holds if one of its tags does */
export function checkMatch(header: string | undefined, tag: string): void {
  if (header === undefined) throw new Fault('stale', 'If-Match is missing', { reason: 'if_match.missing' });
  if (!header.split(',').some((one) => one.trim() === tag))
    throw new Fault('stale', 'If-Match names another version', { reason: 'if_match.stale' });
}
