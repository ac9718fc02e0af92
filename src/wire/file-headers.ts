/**
 * `attachment; filename="…"`, and `filename*` when the name is not plain ASCII (RFC 6266, RFC 8187). A quote, a backslash or a
 * control character in the plain form becomes `_`: old browsers disagree on how to escape them.
 */
export function attachment(name: string): string {
  const plain = name.replace(/[^\x20-\x7e]|["\\]/gu, '_');
  if (plain === name) return `attachment; filename="${name}"`;
  const encoded = encodeURIComponent(name).replace(/['()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
  return `attachment; filename="${plain}"; filename*=UTF-8''${encoded}`;
}

/** A document is given out to be kept, never to be run: no sniffing, no scripts (domain-property §6.2). */
export const fileHeaders = (name: string): Record<string, string> => ({
  'content-disposition': attachment(name),
  'x-content-type-options': 'nosniff',
  'content-security-policy': "sandbox; default-src 'none'",
});
