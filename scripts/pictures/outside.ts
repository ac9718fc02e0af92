import { circle, entry, fir, ground, line, type Palette, pane, path, poly, rect, sheet, sky, tree } from './shapes.ts';

const LEAF = '#5f8a5b';
const PINE = '#3f6d58';
const HEDGE = '#527a4c';

const drive = (fill: string) => poly(fill, [560, 600], [720, 600], [900, 854], [420, 854]);

export const gable = (p: Palette) =>
  sheet(
    sky(p),
    ground(p),
    fir(150, 610, 330, PINE),
    drive('#c9c1b4'),
    rect(360, 380, 560, 230, p.wall),
    poly(p.roof, [320, 390], [640, 190], [960, 390]),
    rect(820, 230, 56, 110, p.shade),
    rect(360, 380, 560, 14, p.trim),
    pane(410, 440, 110, 110, p),
    pane(760, 440, 110, 110, p),
    pane(600, 270, 80, 80, p),
    entry(592, 450, 96, 160, p),
    rect(340, 594, 210, 26, HEDGE, 12),
    rect(730, 594, 220, 26, HEDGE, 12),
    tree(1110, 640, 330, LEAF),
  );

export const colonial = (p: Palette) =>
  sheet(
    sky(p, { x: 220, y: 160 }),
    ground(p),
    drive('#d3cabb'),
    rect(300, 280, 680, 330, p.wall),
    poly(p.roof, [270, 290], [340, 180], [940, 180], [1010, 290]),
    rect(380, 140, 50, 70, p.shade),
    rect(850, 140, 50, 70, p.shade),
    ...[340, 470, 740, 870].flatMap((x) => [pane(x, 330, 70, 90, p), pane(x, 480, 70, 100, p)]),
    pane(606, 330, 70, 90, p),
    poly(p.trim, [570, 470], [641, 425], [712, 470]),
    rect(576, 466, 20, 144, p.trim),
    rect(686, 466, 20, 144, p.trim),
    entry(606, 480, 70, 130, p),
    tree(150, 650, 360, LEAF),
    fir(1150, 640, 300, PINE),
  );

export const ranch = (p: Palette) =>
  sheet(
    sky(p),
    ground(p, 620),
    fir(110, 610, 260, PINE),
    fir(210, 620, 200, PINE),
    rect(180, 440, 900, 190, p.wall),
    poly(p.roof, [140, 450], [240, 340], [1020, 340], [1120, 450]),
    rect(800, 490, 230, 140, p.trim),
    ...[510, 540, 570, 600].map((y) => line(806, y, 1024, y, p.shade, 4)),
    pane(240, 490, 160, 80, p),
    pane(620, 490, 130, 80, p),
    entry(470, 490, 84, 140, p),
    poly('#c9c1b4', [800, 630], [1030, 630], [1180, 854], [820, 854]),
    tree(1180, 640, 300, LEAF),
    circle(300, 640, 34, HEDGE),
    circle(360, 644, 28, HEDGE),
  );

export const cottage = (p: Palette) =>
  sheet(
    sky(p, { x: 240, y: 150 }),
    ground(p),
    path('M0 690 Q420 640 760 700 T1280 690 V854 H0 Z', '#8fb7c9'),
    path('M0 740 Q400 700 780 750 T1280 745 V854 H0 Z', '#7ea8bd'),
    rect(480, 420, 400, 210, p.wall),
    poly(p.roof, [440, 430], [560, 270], [800, 270], [920, 430]),
    rect(720, 240, 48, 80, p.shade),
    pane(520, 470, 90, 90, p),
    pane(760, 470, 90, 90, p),
    entry(650, 480, 76, 150, p),
    rect(420, 626, 520, 18, '#a98b68'),
    ...[450, 560, 670, 780, 890].map((x) => rect(x, 640, 12, 70, '#8a6f52')),
    fir(260, 640, 340, PINE),
    fir(360, 630, 240, PINE),
    fir(1080, 640, 360, PINE),
  );

export const rowHouses = (p: Palette, walls: readonly string[]) =>
  sheet(
    sky(p),
    rect(0, 620, 1280, 234, '#bdb7ad'),
    rect(0, 620, 1280, 26, '#a9a297'),
    ...walls.flatMap((wall, i) => {
      const x = 80 + i * 280;
      return [
        rect(x, 260, 270, 370, wall),
        poly(p.roof, [x - 6, 264], [x + 135, 150], [x + 276, 264]),
        pane(x + 36, 300, 66, 90, p),
        pane(x + 168, 300, 66, 90, p),
        pane(x + 36, 450, 80, 100, p),
        entry(x + 164, 470, 72, 160, p),
        rect(x + 150, 620, 100, 12, p.shade),
      ];
    }),
    tree(60, 660, 190, LEAF),
    tree(1230, 660, 190, LEAF),
  );

export const duplex = (p: Palette) =>
  sheet(
    sky(p, { x: 640, y: 130 }),
    ground(p),
    drive('#c9c1b4'),
    rect(220, 350, 840, 260, p.wall),
    rect(632, 350, 16, 260, p.shade),
    poly(p.roof, [190, 360], [430, 200], [640, 330], [850, 200], [1090, 360]),
    ...[270, 800].flatMap((x) => [pane(x, 400, 90, 80, p), pane(x + 120, 400, 90, 80, p), pane(x, 520, 90, 70, p)]),
    entry(520, 480, 80, 130, p),
    entry(680, 480, 80, 130, p),
    tree(110, 640, 280, LEAF),
    tree(1180, 650, 300, LEAF),
  );

export const apartments = (p: Palette, floors: number) => {
  const height = floors * 110;
  const top = 640 - height;
  return sheet(
    sky(p, { x: 1120, y: 120 }),
    rect(0, 640, 1280, 214, '#b8b3aa'),
    rect(60, 380, 180, 260, p.shade),
    rect(1060, 320, 180, 320, p.shade),
    rect(280, top, 740, height, p.wall),
    rect(260, top - 22, 780, 26, p.roof),
    ...Array.from({ length: floors }, (_, floor) =>
      [330, 470, 610, 750, 890].map((x) =>
        floor === floors - 1 && x === 610
          ? entry(x, 640 - 96, 80, 96, p)
          : pane(x, top + floor * 110 + 26, 80, 62, p) + rect(x - 12, top + floor * 110 + 92, 104, 8, p.trim),
      ),
    ).flat(),
    tree(200, 690, 200, LEAF),
    tree(1110, 690, 220, LEAF),
  );
};

export const farm = (p: Palette) =>
  sheet(
    sky(p, { x: 200, y: 170 }),
    ground(p, 610),
    ...[660, 710, 770].map((y, i) =>
      path(`M0 ${y} Q640 ${y - 30} 1280 ${y} V${y + 20 + i * 6} Q640 ${y - 10} 0 ${y + 20 + i * 6} Z`, p.ground[1]),
    ),
    rect(560, 380, 400, 250, p.wall),
    poly(p.roof, [530, 390], [600, 270], [760, 210], [920, 270], [990, 390]),
    rect(690, 470, 140, 160, p.trim),
    line(690, 470, 830, 630, p.wall, 8),
    line(830, 470, 690, 630, p.wall, 8),
    rect(726, 320, 68, 60, p.trim),
    rect(1020, 260, 110, 370, '#cfd3d4'),
    path('M1020 262 Q1075 190 1130 262 Z', '#a8b0b3'),
    ...[320, 400, 480, 560].map((y) => rect(1020, y, 110, 5, '#a8b0b3')),
    ...[60, 150, 240, 330, 420].map((x) => rect(x, 600, 12, 70, '#efe6d6')),
    rect(40, 615, 420, 10, '#efe6d6'),
    rect(40, 643, 420, 10, '#efe6d6'),
    tree(300, 610, 260, LEAF),
  );

export const office = (p: Palette) =>
  sheet(
    sky(p, { x: 190, y: 130 }),
    rect(0, 660, 1280, 194, '#b2aea6'),
    rect(120, 300, 200, 360, p.shade),
    rect(420, 120, 460, 540, p.wall),
    ...Array.from({ length: 8 }, (_, row) => rect(444, 144 + row * 58, 412, 38, row % 3 === 1 ? p.trim : p.glass)),
    ...[560, 680, 780].map((x) => rect(x, 130, 8, 470, p.wall)),
    rect(420, 606, 460, 54, p.roof),
    entry(610, 600, 84, 60, p),
    rect(940, 420, 240, 240, p.shade),
    ...[450, 520, 590].map((y) => rect(960, y, 200, 34, p.glass)),
    tree(360, 700, 150, LEAF),
    tree(910, 700, 150, LEAF),
  );

export const warehouse = (p: Palette) =>
  sheet(
    sky(p),
    rect(0, 640, 1280, 214, '#aaa69f'),
    rect(120, 340, 1040, 300, p.wall),
    ...Array.from({ length: 20 }, (_, i) => rect(120 + i * 52, 340, 6, 300, p.shade)),
    poly(p.roof, [100, 346], [640, 250], [1180, 346]),
    ...[200, 480, 760].map((x) =>
      [rect(x, 450, 210, 190, p.trim), ...[490, 530, 570, 610].map((y) => rect(x, y, 210, 5, p.shade))].join(''),
    ),
    entry(1030, 520, 76, 120, p),
    rect(80, 760, 1120, 8, '#e6dfc8'),
  );

export const shop = (p: Palette) =>
  sheet(
    sky(p, { x: 1100, y: 140 }),
    rect(0, 660, 1280, 194, '#b9b2a6'),
    rect(240, 200, 800, 460, p.wall),
    rect(220, 180, 840, 36, p.roof),
    ...[290, 450, 610, 770, 920].map((x) => pane(x, 260, 80, 110, p)),
    rect(240, 430, 800, 26, p.trim),
    ...Array.from({ length: 10 }, (_, i) =>
      poly(i % 2 ? p.door : '#f3ead9', [240 + i * 80, 456], [320 + i * 80, 456], [310 + i * 80, 510], [250 + i * 80, 510]),
    ),
    rect(280, 520, 300, 130, p.glass),
    rect(700, 520, 300, 130, p.glass),
    entry(600, 520, 80, 140, p),
    tree(120, 700, 200, LEAF),
  );

export const meadow = (p: Palette) =>
  sheet(
    sky(p),
    ground(p, 520),
    path('M0 600 Q380 520 760 600 T1280 590 V854 H0 Z', p.ground[0]),
    path('M0 700 Q420 640 820 710 T1280 690 V854 H0 Z', p.ground[1]),
    tree(250, 560, 220, LEAF),
    tree(980, 540, 180, LEAF),
    tree(1080, 560, 240, LEAF),
    ...[180, 420, 660, 900, 1140].map((x) => rect(x, 730, 12, 60, '#efe6d6')),
    rect(120, 745, 1080, 8, '#efe6d6'),
  );

export const woods = (p: Palette) =>
  sheet(
    sky(p, { x: 640, y: 150 }),
    ground(p, 600),
    ...Array.from({ length: 11 }, (_, i) =>
      fir(40 + i * 120, 600 + (i % 3) * 14, 300 + ((i * 37) % 90), i % 2 ? PINE : '#4d7a60'),
    ),
    path('M560 854 Q620 720 640 610 L690 610 Q740 720 860 854 Z', '#c2b393'),
  );

export const shore = (p: Palette) =>
  sheet(
    sky(p, { x: 300, y: 180 }),
    path('M0 420 Q320 360 640 420 T1280 410 V600 H0 Z', '#6f9474'),
    rect(0, 470, 1280, 200, '#8fb7c9'),
    ...[510, 560, 610].map((y, i) => rect(120 + i * 160, y, 420, 7, '#a9cad8')),
    path('M0 660 Q400 610 800 670 T1280 650 V854 H0 Z', p.ground[0]),
    rect(700, 560, 26, 200, '#8a6f52'),
    rect(780, 560, 26, 200, '#8a6f52'),
    poly('#a98b68', [680, 580], [830, 580], [860, 760], [650, 760]),
    fir(180, 700, 300, PINE),
    fir(1120, 690, 340, PINE),
  );
