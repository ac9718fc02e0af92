/**
 * A path of this host to go back to, or `/`. Everything that a browser could read as another host's address is refused: `//host`,
 * `/\host`, a scheme, control characters that it would drop (RFC 9700 §4.11).
 */
export function ownPath(text: string | undefined): string {
  if (!text?.startsWith('/') || /[\\\p{Cc}]/u.test(text)) return '/';
  const url = URL.parse(text, 'http://own.invalid');
  if (url?.origin !== 'http://own.invalid' || url.pathname.startsWith('//')) return '/';
  return url.pathname + url.search;
}
