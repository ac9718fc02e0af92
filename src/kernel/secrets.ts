import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes, timingSafeEqual } from 'node:crypto';

/** Keeps readable what must be computed with: private keys, key secrets, second-factor secrets (design §6). */
export type Secrets = {
  seal(text: string): string;
  /** @throws Error when the text was sealed under another secret, or was changed */
  open(sealed: string): string;
  /** Says that a text came from here and was not changed: 43 characters of base64url. One purpose's word is nothing to another. */
  sign(purpose: string, text: string): string;
  verify(purpose: string, text: string, signature: string): boolean;
};

const VERSION = 'v1';
const IV_BYTES = 12;
const TAG_BYTES = 16;

/** AES-256-GCM under a key derived (HKDF-SHA-256) from PORTICO_SECRET. `v1.` goes first, so that a later form can be told apart. */
export function makeSecrets(secret: string): Secrets {
  const key = Buffer.from(hkdfSync('sha256', secret, 'portico', 'sealed at rest', 32));
  const signing = Buffer.from(hkdfSync('sha256', secret, 'portico', 'signed addresses', 32));
  const mac = (purpose: string, text: string) => createHmac('sha256', signing).update(`${purpose}\0${text}`).digest();
  return {
    sign: (purpose, text) => mac(purpose, text).toString('base64url'),
    verify(purpose, text, signature) {
      const given = Buffer.from(signature, 'base64url');
      const right = mac(purpose, text);
      return given.length === right.length && timingSafeEqual(given, right);
    },
    seal(text) {
      const iv = randomBytes(IV_BYTES);
      const cipher = createCipheriv('aes-256-gcm', key, iv);
      const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
      return `${VERSION}.${Buffer.concat([iv, cipher.getAuthTag(), body]).toString('base64url')}`;
    },
    open(sealed) {
      const [version, text = ''] = sealed.split('.');
      const bytes = Buffer.from(text, 'base64url');
      if (version !== VERSION || bytes.length < IV_BYTES + TAG_BYTES) throw new Error('This is no sealed text of ours');
      const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, IV_BYTES), { authTagLength: TAG_BYTES });
      decipher.setAuthTag(bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
      return Buffer.concat([decipher.update(bytes.subarray(IV_BYTES + TAG_BYTES)), decipher.final()]).toString('utf8');
    },
  };
}
