import { invalidMember } from '../../kernel/fault.ts';

const MOST = 100;

/** What a key is for, in its owner's words. @throws Fault invalid at `name` */
export function checkKeyName(name: string): void {
  if (name.trim() === '' || name.length > MOST)
    throw invalidMember('name', 'length', `A key has a name of at most ${MOST} characters: what it is for`);
}
