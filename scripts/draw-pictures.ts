import { createHash } from 'node:crypto';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import * as inside from './pictures/inside.ts';
import * as outside from './pictures/outside.ts';
import type { Palette } from './pictures/shapes.ts';

/** Draws the pictures of the sandbox: run it after a change of scripts/pictures/, and commit what it writes. */

const day = ['#a9cfe0', '#bcdbe7', '#d3e8ee'] as const;
const dusk = ['#c9a9b8', '#e2b9a8', '#f2d3b0'] as const;
const cloud = ['#b4bfc8', '#c6cfd5', '#d9dfe2'] as const;
const grass = ['#8fb07a', '#a8c492'] as const;
const hay = ['#c3b36f', '#d3c58a'] as const;
const base = { trim: '#f6f1e6', glass: '#9fc3d3' };

const PALETTES = {
  cream: { ...base, sky: day, ground: grass, wall: '#efe3c8', shade: '#cdbb97', roof: '#8a4f3d', door: '#3d6173' },
  brick: { ...base, sky: cloud, ground: grass, wall: '#b5654a', shade: '#8f4c37', roof: '#4a4e55', door: '#2f4a3f' },
  slate: { ...base, sky: dusk, ground: grass, wall: '#8296a3', shade: '#64788a', roof: '#39424c', door: '#b5503c' },
  sage: { ...base, sky: day, ground: grass, wall: '#a9b99a', shade: '#87997a', roof: '#5b4a42', door: '#7a3f36' },
  barn: { ...base, sky: day, ground: hay, wall: '#a8433a', shade: '#83332c', roof: '#5a5f66', door: '#5a3a2c' },
  steel: { ...base, sky: cloud, ground: grass, wall: '#b7bcc0', shade: '#959ca1', roof: '#5d6a74', door: '#39566b' },
} as const satisfies Record<string, Palette>;

const ROOMS = {
  warm: { wall: '#f1e7d6', side: '#e0d2bb', floor: '#c89f6f', wood: '#9a7049', accent: '#b5654a' },
  cool: { wall: '#e7ecec', side: '#d2dadb', floor: '#b9a98f', wood: '#7d6a55', accent: '#4f7a8c' },
  green: { wall: '#edeee2', side: '#d9dcc8', floor: '#c2a67e', wood: '#8c6a48', accent: '#6f8f6a' },
} as const satisfies Record<string, inside.Room>;

const { cream, brick, slate, sage, barn, steel } = PALETTES;
const { warm, cool, green } = ROOMS;

const DRAWINGS: Readonly<Record<string, string>> = {
  'gable-cream': outside.gable(cream),
  'gable-slate': outside.gable(slate),
  'gable-sage': outside.gable(sage),
  'colonial-brick': outside.colonial(brick),
  'colonial-cream': outside.colonial(cream),
  'colonial-slate': outside.colonial(slate),
  'ranch-sage': outside.ranch(sage),
  'ranch-brick': outside.ranch(brick),
  'ranch-cream': outside.ranch(cream),
  'cottage-slate': outside.cottage(slate),
  'cottage-sage': outside.cottage(sage),
  'rows-brick': outside.rowHouses(brick, ['#b5654a', '#a9b99a', '#d9c49a', '#8296a3']),
  'rows-cream': outside.rowHouses(cream, ['#efe3c8', '#c98f6b', '#8fa3a8', '#a86a5a']),
  'duplex-sage': outside.duplex(sage),
  'duplex-brick': outside.duplex(brick),
  'apartments-cream': outside.apartments(cream, 4),
  'apartments-slate': outside.apartments(slate, 5),
  'farm-barn': outside.farm(barn),
  'office-steel': outside.office(steel),
  'warehouse-steel': outside.warehouse(steel),
  'shop-brick': outside.shop(brick),
  'meadow-day': outside.meadow(cream),
  'meadow-dusk': outside.meadow({ ...slate, ground: hay }),
  'woods-day': outside.woods(sage),
  'shore-dusk': outside.shore(slate),
  'living-warm': inside.living(warm),
  'living-cool': inside.living(cool),
  'kitchen-green': inside.kitchen(green),
  'kitchen-cool': inside.kitchen(cool),
  'bedroom-warm': inside.bedroom(warm),
  'bedroom-green': inside.bedroom(green),
  'bathroom-cool': inside.bathroom(cool),
  'bathroom-warm': inside.bathroom(warm),
  'dining-green': inside.dining(green),
  'study-warm': inside.study(warm),
  'terrace-cool': inside.terrace(cool),
  'hall-warm': inside.hall(warm),
  'plan-one': inside.plan(
    [
      [620, 126, 16, 360],
      [196, 420, 300, 16],
      [780, 420, 304, 16],
    ],
    cool,
  ),
  'plan-two': inside.plan(
    [
      [480, 126, 16, 240],
      [480, 480, 16, 248],
      [800, 126, 16, 420],
      [800, 530, 284, 16],
    ],
    green,
  ),
  'plan-three': inside.plan(
    [
      [196, 340, 420, 16],
      [700, 340, 384, 16],
      [700, 340, 16, 388],
    ],
    warm,
  ),
};

const folder = join(import.meta.dirname, '../src/sandbox/pictures');
const prints: string[] = [];
await mkdir(folder, { recursive: true });
for (const [name, svg] of Object.entries(DRAWINGS)) {
  const png = await sharp(Buffer.from(svg)).png({ palette: true, colours: 64, effort: 10, compressionLevel: 9 }).toBuffer();
  await rm(join(folder, `${name}.png`), { force: true });
  await writeFile(join(folder, `${name}.png`), png);
  prints.push(`  '${name}': { sha256: '${createHash('sha256').update(png).digest('hex')}', size: ${png.length} },`);
}
const head = `/** Hash and size of every picture of ../pictures: written by scripts/draw-pictures.ts. */\nexport const PICTURE_PRINTS = {\n`;
const tail = `\n} as const satisfies Readonly<Record<string, { readonly sha256: string; readonly size: number }>>;\n`;
await writeFile(join(import.meta.dirname, '../src/sandbox/data/picture-prints.ts'), head + prints.join('\n') + tail);
console.log(`${prints.length} pictures`);
