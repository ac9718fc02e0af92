const ESCAPES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** Text as HTML, also inside attributes. */
export const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (letter) => ESCAPES[letter] ?? letter);

/** What every page of the house has in its head. */
export const headOf = (title: string): string => `<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escapeHtml(title)}</title>
<link rel="icon" href="/assets/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/assets/house.css">`;

/** One heading and markup below it: no script, so it works when little else does. */
export const cardPage = (title: string, markup: string): string => `<!doctype html>
<html lang="en">
<head>
${headOf(`${title} · Portico`)}
<meta name="robots" content="noindex">
</head>
<body>
<main class="card stack">
<h1>${escapeHtml(title)}</h1>
${markup}
</main>
</body>
</html>
`;

/** A page that says one thing. */
export const messagePage = (title: string, text: string): string =>
  cardPage(title, `<p>${escapeHtml(text)}</p>\n<p><a href="/">Go to the front page</a></p>`);
