/** Elements of text that say something and do nothing. */
const ALLOWED: ReadonlySet<string> = new Set(
  'a abbr b blockquote br code div em h1 h2 h3 h4 h5 h6 hr i li ol p pre s small span strong sub sup table tbody td th thead tr u ul'.split(
    ' ',
  ),
);
/** Those whose content goes with them. */
const DROPPED =
  /<(script|style|iframe|object|embed|template|noscript|svg|math|form|textarea|select|title)\b[\s\S]*?(?:<\/\1\s*>|$)/gi;
const TAG = /<(\/?)([a-z][a-z0-9]*)\b([^>]*)>?/gi;
const HREF = /\bhref\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))/i;

const escaped = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

function link(attributes: string): string {
  const [, double, single, bare] = HREF.exec(attributes) ?? [];
  const href = (double ?? single ?? bare ?? '').trim();
  return /^(https?:|mailto:|tel:)/i.test(href) ? `<a href="${escaped(href.replaceAll('&amp;', '&'))}">` : '<a>';
}

/** HTML of a message without anything that runs, loads or styles; plain text stays as it is (contracts/propertybase.md §3.11). */
export function sanitise(html: string): string {
  if (!html.includes('<')) return html;
  return html
    .replaceAll(/<!--[\s\S]*?(?:-->|$)/g, '')
    .replaceAll(DROPPED, '')
    .replaceAll(TAG, (_all, close: string, name: string, attributes: string) => {
      const tag = name.toLowerCase();
      if (!ALLOWED.has(tag)) return '';
      if (close) return `</${tag}>`;
      return tag === 'a' ? link(attributes) : `<${tag}>`;
    })
    .replaceAll(/<(?![a-z/])/gi, '&lt;');
}
