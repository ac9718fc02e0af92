import type { Change, Row } from '../../../kernel/record.ts';

/** One text at this door, a name and a description in the house (domain-people §2.12): split at the first line break. */
export function splitText(text: string | null): { readonly name: string | null; readonly description: string | null } {
  if (text === null) return { name: null, description: null };
  const at = text.search(/\r?\n/);
  if (at < 0) return { name: text, description: null };
  return { name: text.slice(0, at), description: text.slice(at).replace(/^\r?\n/, '') || null };
}

export const joinText = ({ name, description }: Row): string | null => {
  const parts = [name, description].filter((part) => typeof part === 'string' && part !== '');
  return parts.length === 0 ? null : parts.join('\n');
};

export const writeText = (text: string | null): Change => splitText(text);
