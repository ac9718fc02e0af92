/** What all drawings are made of: flat shapes on a sheet of 1280 by 854, without text. */
export const SHEET = { width: 1280, height: 854 } as const;

export type Palette = {
  readonly sky: readonly [string, string, string];
  readonly ground: readonly [string, string];
  readonly wall: string;
  readonly shade: string;
  readonly roof: string;
  readonly trim: string;
  readonly glass: string;
  readonly door: string;
};

export const rect = (x: number, y: number, width: number, height: number, fill: string, round = 0) =>
  `<rect x="${x}" y="${y}" width="${width}" height="${height}" fill="${fill}"${round ? ` rx="${round}"` : ''}/>`;
export const poly = (fill: string, ...points: readonly (readonly [number, number])[]) =>
  `<polygon points="${points.map((point) => point.join(',')).join(' ')}" fill="${fill}"/>`;
export const circle = (x: number, y: number, r: number, fill: string) => `<circle cx="${x}" cy="${y}" r="${r}" fill="${fill}"/>`;
export const line = (x1: number, y1: number, x2: number, y2: number, stroke: string, width = 6) =>
  `<line x1="${x1}" y1="${y1}" x2="${x2}" y2="${y2}" stroke="${stroke}" stroke-width="${width}"/>`;
export const path = (d: string, fill: string) => `<path d="${d}" fill="${fill}"/>`;

export const sheet = (...parts: readonly string[]) =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="${SHEET.width}" height="${SHEET.height}" viewBox="0 0 ${SHEET.width} ${SHEET.height}">${parts.join('')}</svg>`;

export function sky({ sky: [high, middle, low] }: Palette, sun = { x: 1040, y: 170 }): string {
  return [
    rect(0, 0, 1280, 854, low),
    rect(0, 0, 1280, 380, middle),
    rect(0, 0, 1280, 190, high),
    circle(sun.x, sun.y, 62, '#fff4d2'),
  ].join('');
}

export function ground({ ground: [near, far] }: Palette, y = 600): string {
  return [
    path(`M0 ${y - 40} Q320 ${y - 120} 640 ${y - 40} T1280 ${y - 50} V854 H0 Z`, far),
    rect(0, y, 1280, 854 - y, near),
  ].join('');
}

export const tree = (x: number, y: number, size: number, crown: string, trunk = '#6b5240') =>
  [
    rect(x - size * 0.06, y - size * 0.5, size * 0.12, size * 0.5, trunk),
    circle(x, y - size * 0.75, size * 0.34, crown),
    circle(x - size * 0.22, y - size * 0.55, size * 0.24, crown),
    circle(x + size * 0.22, y - size * 0.55, size * 0.24, crown),
  ].join('');

export const fir = (x: number, y: number, size: number, crown: string) =>
  [
    rect(x - size * 0.05, y - size * 0.16, size * 0.1, size * 0.16, '#6b5240'),
    poly(crown, [x, y - size], [x - size * 0.3, y - size * 0.14], [x + size * 0.3, y - size * 0.14]),
  ].join('');

export const pane = (x: number, y: number, w: number, h: number, { glass, trim }: Palette) =>
  [
    rect(x - 8, y - 8, w + 16, h + 16, trim),
    rect(x, y, w, h, glass),
    rect(x + w / 2 - 3, y, 6, h, trim),
    rect(x, y + h / 2 - 3, w, 6, trim),
  ].join('');

export const entry = (x: number, y: number, w: number, h: number, { door, trim }: Palette) =>
  [rect(x - 8, y - 8, w + 16, h + 8, trim), rect(x, y, w, h, door), circle(x + w - 14, y + h / 2, 6, trim)].join('');
