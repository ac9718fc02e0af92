import type { ContactPoint } from './types.ts';

/** A whole name is split at its last blank; a single word is the last name (domain-people §1.4). */
export function splitName(whole: string): { first_name: string | null; last_name: string } {
  const name = whole.trim();
  const at = name.lastIndexOf(' ');
  if (at < 0) return { first_name: null, last_name: name };
  return { first_name: name.slice(0, at).trim(), last_name: name.slice(at + 1) };
}

type Names = { first_name: string | null; last_name: string | null };
type Named = Names & {
  display_name?: string | null;
  company_name?: string | null;
  email?: string | null;
  contact_points?: readonly ContactPoint[];
};

const joined = ({ first_name, last_name }: Names) => [first_name, last_name].filter((part) => part).join(' ');

/** What people call somebody: the display name, else first and last name, else company, else e-mail, else the first phone. */
export const shownName = (person: Named): string =>
  person.display_name ||
  joined(person) ||
  person.company_name ||
  person.email ||
  person.contact_points?.find(({ via }) => via === 'phone')?.value ||
  '';

export type NameChange = {
  readonly displayName?: string | undefined;
  readonly firstName?: string | null | undefined;
  readonly lastName?: string | null | undefined;
};

/**
 * Names as a door writes them that has a whole name beside its parts (domain-people §1.4.1). The whole name alone is split while nobody
 * gave the contact a name of its own; later it replaces that one. New parts end it. The whole name as it is shown already is not written.
 */
export function changeNames(
  standing: Named & { display_name: string | null },
  { displayName, firstName, lastName }: NameChange,
): Partial<Names & { display_name: string | null }> {
  const names: Names = {
    first_name: firstName === undefined ? standing.first_name : firstName,
    last_name: lastName === undefined ? standing.last_name : lastName,
  };
  const renamed = names.first_name !== standing.first_name || names.last_name !== standing.last_name;
  if (displayName === undefined) return renamed ? { ...names, display_name: null } : {};
  if (displayName === shownName(standing)) return renamed ? names : {};
  const alone = firstName === undefined && lastName === undefined;
  const next = alone && standing.display_name === null ? splitName(displayName) : names;
  return { ...next, display_name: joined(next) === displayName ? null : displayName };
}
