import { invalidMember } from '../../kernel/fault.ts';

/** Imported with the first password: a process that only checks tokens never needs it. */
const argon2 = () => import('@node-rs/argon2');

/** Characters of a password. Argon2 reads as much as it is given; nobody types more. */
export const PASSWORD_LENGTH = { least: 8, most: 1024 } as const;

/** argon2id with the library's cost (19 MiB, 2 passes: the first choice of the OWASP cheat sheet). @throws Fault invalid at `password` */
export async function hashPassword(password: string): Promise<string> {
  const { least, most } = PASSWORD_LENGTH;
  if (password.length < least || password.length > most)
    throw invalidMember('password', 'length', `A password has ${least} to ${most} characters`);
  return (await argon2()).hash(password);
}

let dummy: Promise<string> | undefined;

/** Always costs one verification: without a hash it compares with one that fits nothing, so that time tells no addresses apart. */
export async function verifyPassword(hash: string | null, password: string): Promise<boolean> {
  if (password.length > PASSWORD_LENGTH.most) return false;
  const { hash: make, verify } = await argon2();
  dummy ??= make('no password has this hash');
  const fits = await verify(hash ?? (await dummy), password);
  return hash !== null && fits;
}
