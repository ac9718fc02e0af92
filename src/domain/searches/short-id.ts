import { randomInt } from 'node:crypto';

const LETTERS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
/** 62^10 addresses: with a million of them in use, a guess meets one in 8·10^11 tries (59 bits, less 20). */
const LENGTH = 10;

/** An id that is short enough for a text message and too long to be walked: whoever knows it may see what is behind it. */
export const shortId = (): string => Array.from({ length: LENGTH }, () => LETTERS[randomInt(LETTERS.length)]).join('');
