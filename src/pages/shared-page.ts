import type { SharedPage, SharedProperty } from '../domain/index.ts';
import { escapeHtml, headOf } from './message-page.ts';

const joined = (parts: readonly (string | null | undefined)[], by: string) => parts.filter(Boolean).join(by);

/** `ActiveUnderContract` as people say it. */
const spoken = (status: string) => {
  const words = status.replace(/(?<=[a-z])[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  return words.charAt(0).toUpperCase() + words.slice(1);
};

function priceOf({ list_price, currency, to_let }: SharedProperty): string | undefined {
  if (list_price === null) return undefined;
  const money = new Intl.NumberFormat('en-US', { style: 'currency', currency, maximumFractionDigits: 0 }).format(list_price);
  return to_let ? `${money} a month` : money;
}

const counted = (n: number | null, one: string) => (n === null ? undefined : `${n} ${one}${n === 1 ? '' : 's'}`);

function toItem(listing: SharedProperty): string {
  const region = joined([listing.state_or_province, listing.postal_code], ' ');
  const address = joined([listing.first_line, listing.city, region], ', ') || `Listing ${listing.listing_number}`;
  const area = listing.living_area_sqft === null ? undefined : `${listing.living_area_sqft.toLocaleString('en-US')} sq ft`;
  const figures = [counted(listing.bedrooms, 'bedroom'), counted(listing.bathrooms_total, 'bathroom'), area];
  const facts = joined([priceOf(listing), ...figures], ' · ');
  const status = listing.standard_status === null ? undefined : spoken(listing.standard_status);
  const paragraphs = [listing.headline, listing.public_remarks].filter((text): text is string => !!text);
  return `<li class="listing">
<h2>${escapeHtml(address)}</h2>
<p>${escapeHtml(facts)}</p>
<p class="muted">${escapeHtml(joined([status, `No. ${listing.listing_number}`], ' · '))}</p>
${paragraphs.map((text) => `<p>${escapeHtml(text)}</p>`).join('\n')}
</li>`;
}

const NONE = 'None of them is on the market any more.';

/** Listings that somebody passed on, for whoever has the address: no script, no account. */
export function sharedPage({ broker, listings }: SharedPage): string {
  const title = listings.length === 1 ? 'A listing for you' : 'Listings for you';
  const list = listings.length === 0 ? `<p>${NONE}</p>` : `<ul class="listings">\n${listings.map(toItem).join('\n')}\n</ul>`;
  return `<!doctype html>
<html lang="en">
<head>
${headOf(`${title} · ${broker}`)}
<meta name="robots" content="noindex">
</head>
<body>
<main class="card wide stack">
<h1>${title}</h1>
<p class="muted">Shared by ${escapeHtml(broker)}</p>
${list}
</main>
</body>
</html>
`;
}
