import { createHash, randomBytes } from 'node:crypto';

/** What is stored of a token, code, client secret or cookie: all have 122 random bits or more, so a plain SHA-256 is enough (design §2). */
export const hashOf = (value: string): Buffer => createHash('sha256').update(value).digest();

/** 256 random bits, fit for a cookie or an address. */
export const randomText = (): string => randomBytes(32).toString('base64url');
