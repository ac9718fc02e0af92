/** A whole name is split at its last blank; a single word is the last name (domain-people §1.4). */
export function splitName(whole: string): { first_name: string | null; last_name: string } {
  const name = whole.trim();
  const at = name.lastIndexOf(' ');
  if (at < 0) return { first_name: null, last_name: name };
  return { first_name: name.slice(0, at).trim(), last_name: name.slice(at + 1) };
}

type Named = {
  first_name: string | null;
  last_name: string | null;
  display_name?: string | null;
  company_name?: string | null;
  email?: string | null;
};

/** What people call somebody: the display name, else first and last name, else company, else e-mail. */
export const shownName = (person: Named): string =>
  person.display_name ||
  [person.first_name, person.last_name].filter((part) => part).join(' ') ||
  person.company_name ||
  person.email ||
  '';
