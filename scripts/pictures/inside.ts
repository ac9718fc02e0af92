import { circle, line, path, poly, rect, sheet } from './shapes.ts';

/** Wall, its darker side, floor, wood, and the colour that a room is remembered by. */
export type Room = {
  readonly wall: string;
  readonly side: string;
  readonly floor: string;
  readonly wood: string;
  readonly accent: string;
};

const room = ({ wall, side, floor }: Room) =>
  [
    rect(0, 0, 1280, 854, wall),
    poly(side, [0, 0], [200, 90], [200, 590], [0, 760]),
    poly(floor, [0, 760], [200, 590], [1280, 590], [1280, 854], [0, 854]),
  ].join('');

const boards = ({ wood }: Room) => [640, 700, 780].map((y) => line(0, y + 120, 1280, y, wood, 3)).join('');

const outlook = (x: number, y: number, w: number, h: number) =>
  [
    rect(x - 14, y - 14, w + 28, h + 28, '#f7f3ea'),
    rect(x, y, w, h, '#cfe4ee'),
    path(`M${x} ${y + h} V${y + h * 0.7} Q${x + w / 2} ${y + h * 0.5} ${x + w} ${y + h * 0.72} V${y + h} Z`, '#9dbb8e'),
    rect(x + w / 2 - 5, y, 10, h, '#f7f3ea'),
  ].join('');

const lamp = (x: number, y: number, shade: string) =>
  [rect(x - 4, 0, 8, y, '#4c4a46'), poly(shade, [x - 60, y + 60], [x + 60, y + 60], [x + 30, y], [x - 30, y])].join('');
const art = (x: number, y: number, size: number, { accent, wood }: Room) =>
  [
    rect(x, y, size, size, wood),
    rect(x + 12, y + 12, size - 24, size - 24, '#f4eee2'),
    circle(x + size * 0.42, y + size * 0.45, size * 0.18, accent),
    poly('#7c8f86', [x + 24, y + size - 24], [x + size * 0.6, y + size * 0.5], [x + size - 24, y + size - 24]),
  ].join('');
const plant = (x: number, y: number) =>
  [
    poly('#b0704f', [x - 36, y - 70], [x + 36, y - 70], [x + 26, y], [x - 26, y]),
    ...[-50, -20, 20, 50].map((d) =>
      path(
        `M${x} ${y - 66} Q${x + d * 1.6} ${y - 150} ${x + d} ${y - 230} Q${x + d * 0.2} ${y - 140} ${x} ${y - 66} Z`,
        '#5f8a5b',
      ),
    ),
  ].join('');

export const living = (r: Room) =>
  sheet(
    room(r),
    boards(r),
    outlook(760, 130, 360, 260),
    art(330, 160, 180, r),
    poly('#e8dfcf', [260, 740], [960, 740], [1060, 840], [160, 840]),
    rect(280, 470, 520, 120, r.accent, 24),
    rect(260, 540, 560, 130, r.accent, 30),
    rect(320, 510, 150, 90, '#f0e6d4', 16),
    rect(600, 510, 150, 90, '#f0e6d4', 16),
    rect(420, 720, 260, 20, r.wood, 8),
    rect(440, 738, 16, 60, r.wood),
    rect(644, 738, 16, 60, r.wood),
    plant(1170, 700),
    lamp(900, 120, '#f6e7bd'),
  );

export const kitchen = (r: Room) =>
  sheet(
    room(r),
    rect(230, 140, 820, 170, r.accent),
    ...[230, 394, 558, 722, 886].map((x) => [rect(x + 6, 148, 152, 154, r.side), circle(x + 140, 290, 6, '#f2ede2')].join('')),
    outlook(560, 170, 190, 130),
    rect(230, 450, 820, 30, '#efe9dd'),
    rect(230, 480, 820, 200, r.accent),
    ...[230, 394, 558, 722, 886].map((x) => rect(x + 8, 496, 148, 176, r.side)),
    rect(402, 500, 132, 168, '#494c4d'),
    rect(416, 540, 104, 80, '#7b8588'),
    path('M640 450 V400 Q640 372 670 372 Q696 372 696 400', '#8b9496'),
    rect(360, 640, 560, 34, '#f4efe4'),
    rect(390, 674, 500, 180, r.wood),
    ...[450, 600, 750].map((x) =>
      [rect(x, 720, 90, 18, '#4c4a46', 6), rect(x + 10, 738, 10, 110, '#4c4a46'), rect(x + 70, 738, 10, 110, '#4c4a46')].join(''),
    ),
    lamp(500, 110, '#d9a35c'),
    lamp(780, 110, '#d9a35c'),
  );

export const bedroom = (r: Room) =>
  sheet(
    room(r),
    boards(r),
    outlook(880, 130, 240, 280),
    art(460, 130, 150, r),
    art(640, 130, 150, r),
    rect(360, 360, 500, 170, r.wood, 20),
    rect(340, 500, 540, 220, '#f4efe4', 26),
    rect(340, 580, 540, 190, r.accent, 26),
    rect(390, 450, 190, 90, '#ffffff', 24),
    rect(640, 450, 190, 90, '#ffffff', 24),
    rect(250, 560, 84, 120, r.wood),
    poly('#f6e7bd', [262, 520], [322, 520], [308, 460], [276, 460]),
    rect(286, 520, 12, 40, '#4c4a46'),
    plant(1140, 720),
  );

export const bathroom = (r: Room) =>
  sheet(
    room(r),
    ...Array.from({ length: 9 }, (_, i) => rect(200 + i * 120, 300, 3, 290, r.side)),
    ...[300, 380, 460, 540].map((y) => rect(200, y, 1080, 3, r.side)),
    outlook(880, 110, 200, 150),
    rect(700, 480, 480, 190, '#ffffff', 60),
    rect(680, 470, 520, 34, '#f3efe6', 16),
    path('M1120 470 V400 Q1120 372 1090 372', '#9aa3a5'),
    rect(300, 150, 220, 250, '#dfe9ea', 110),
    rect(270, 470, 280, 30, '#f7f3ea'),
    rect(290, 500, 240, 190, r.wood),
    path('M330 452 H490 Q480 500 410 500 Q340 500 330 452 Z', '#ffffff'),
    poly(r.accent, [420, 760], [900, 760], [940, 830], [380, 830]),
    rect(590, 330, 80, 150, r.accent, 8),
  );

export const dining = (r: Room) =>
  sheet(
    room(r),
    boards(r),
    outlook(300, 140, 260, 270),
    outlook(660, 140, 260, 270),
    ...[330, 780].map((x) =>
      [rect(x, 450, 130, 170, r.accent, 18), rect(x + 8, 610, 14, 150, r.wood), rect(x + 108, 610, 14, 150, r.wood)].join(''),
    ),
    rect(300, 560, 680, 36, r.wood, 10),
    rect(350, 596, 30, 190, r.wood),
    rect(900, 596, 30, 190, r.wood),
    ...[520, 640, 760].map((x) => rect(x - 46, 546, 92, 14, '#f7f3ea', 7)),
    lamp(640, 190, '#d9a35c'),
    plant(1160, 700),
  );

export const study = (r: Room) =>
  sheet(
    room(r),
    boards(r),
    rect(260, 120, 360, 470, r.wood),
    ...[130, 246, 362, 478].map((y) => rect(274, y, 332, 98, r.side)),
    ...[228, 344, 460].flatMap((y) =>
      Array.from({ length: 9 }, (_, i) =>
        rect(
          282 + i * 35,
          y - 72 + ((i * 13) % 22),
          27,
          72 - ((i * 13) % 22),
          [r.accent, '#b0704f', '#7c8f86', '#d9a35c'][i % 4] ?? r.accent,
        ),
      ),
    ),
    outlook(800, 140, 280, 240),
    rect(720, 520, 440, 26, r.wood),
    rect(744, 546, 20, 200, r.wood),
    rect(1116, 546, 20, 200, r.wood),
    rect(850, 410, 190, 110, '#494c4d', 8),
    rect(930, 520, 30, 4, '#494c4d'),
    rect(850, 600, 150, 120, r.accent, 20),
    rect(915, 720, 20, 70, '#4c4a46'),
  );

export const terrace = (r: Room) =>
  sheet(
    rect(0, 0, 1280, 854, '#dcebf1'),
    rect(0, 0, 1280, 200, '#c7dfea'),
    path('M0 430 Q320 340 640 420 T1280 400 V620 H0 Z', '#9dbb8e'),
    path('M0 500 Q380 440 760 500 T1280 480 V640 H0 Z', '#84a877'),
    rect(0, 600, 1280, 254, r.floor),
    ...[660, 720, 790].map((y) => rect(0, y, 1280, 4, r.wood)),
    ...Array.from({ length: 17 }, (_, i) => rect(i * 80, 470, 8, 140, '#f7f3ea')),
    rect(0, 456, 1280, 16, '#f7f3ea'),
    rect(280, 560, 280, 30, r.accent, 14),
    rect(280, 500, 36, 190, r.wood),
    rect(530, 580, 30, 110, r.wood),
    rect(720, 590, 280, 22, r.wood, 8),
    rect(845, 610, 28, 130, r.wood),
    poly(r.accent, [620, 260], [1100, 260], [860, 120]),
    rect(852, 240, 14, 360, '#f7f3ea'),
    plant(150, 720),
    plant(1170, 740),
  );

export const hall = (r: Room) =>
  sheet(
    room(r),
    boards(r),
    ...Array.from({ length: 9 }, (_, i) => rect(620 + i * 60, 560 - i * 52, 660 - i * 60, 54, i % 2 ? r.wood : r.side)),
    line(600, 470, 1160, -10, '#f7f3ea', 16),
    ...Array.from({ length: 9 }, (_, i) => line(640 + i * 60, 450 - i * 52, 640 + i * 60, 564 - i * 52, '#f7f3ea', 8)),
    rect(300, 210, 200, 380, '#f7f3ea'),
    rect(318, 228, 164, 362, r.accent),
    rect(340, 250, 120, 130, '#cfe4ee'),
    circle(464, 420, 9, '#d9a35c'),
    poly(r.accent, [300, 700], [640, 700], [700, 800], [240, 800]),
    lamp(400, 90, '#f6e7bd'),
  );

/** A plan from above: walls, doors, and where things stand; no words, so it needs no language. */
export const plan = (walls: readonly (readonly [number, number, number, number])[], r: Room) =>
  sheet(
    rect(0, 0, 1280, 854, '#fbf9f4'),
    rect(180, 110, 920, 634, '#3f4447'),
    rect(196, 126, 888, 602, '#f4efe4'),
    ...walls.map(([x, y, w, h]) => rect(x, y, w, h, '#3f4447')),
    rect(240, 160, 150, 110, r.accent, 14),
    rect(900, 170, 140, 190, r.accent, 14),
    rect(240, 600, 190, 90, r.wood, 10),
    circle(980, 620, 60, r.wood),
    ...[0, 1, 2, 3].map((i) => rect(560 + i * 36, 712, 26, 16, '#fbf9f4')),
    path('M560 728 A120 120 0 0 1 680 608 L680 728 Z', '#e3dccd'),
  );
