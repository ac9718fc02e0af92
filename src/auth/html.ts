/** Text that is markup already. */
export class Markup {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

const ESCAPES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const escapeHtml = (text: string) => text.replace(/[&<>"']/g, (char) => ESCAPES[char] ?? char);

type Piece = Markup | string | number | false | undefined | readonly Piece[];
const write = (piece: Piece): string => {
  if (piece instanceof Markup) return piece.text;
  if (piece === undefined || piece === false) return '';
  if (typeof piece === 'object') return piece.map(write).join('');
  return escapeHtml(String(piece));
};

/** Puts markup together; whatever is not markup itself is escaped. Attributes are written in double quotes. */
export const html = (texts: TemplateStringsArray, ...pieces: readonly Piece[]): Markup =>
  new Markup(texts.map((text, i) => text + write(pieces[i])).join(''));

/** Every page of the auth room: one heading, one card, the house's stylesheet, no script unless the page brings one. */
export const frame = (title: string, body: Markup, head: Markup = html``): string =>
  html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${title} – Portico</title>
<link rel="stylesheet" href="/assets/house.css">
${head}</head>
<body>
<main class="card stack">
<h1>${title}</h1>
${body}
</main>
</body>
</html>
`.text;
