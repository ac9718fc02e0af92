import { deepEqual, equal, match, ok } from 'node:assert/strict';
import { request } from 'node:http';
import { after, before, describe, test } from 'node:test';
import sharp from 'sharp';
import { systemActor } from '../../src/access/actor.ts';
import { JOHN } from '../../src/sandbox/data/staff.ts';
import { actorOf } from '../../src/sandbox/stage.ts';
import { type Lab, openLab } from '../../src/testing/lab.ts';

const john = actorOf(1, JOHN);
const LISTING = 7001;

let lab: Lab;
let key: string;
before(async () => {
  lab = await openLab();
  const [row] = await lab.rows<{ public_key: string }>(
    'select public_key from media where org_id = 1 and property_id = $1 and position = 1 and kind = $2',
    [LISTING, 'photograph'],
  );
  key = row?.public_key ?? '';
});
after(() => lab[Symbol.asyncDispose]());

const fetched = async (path: string, headers: Record<string, string> = {}, method = 'GET') => {
  const response = await fetch(lab.url + path, { headers, method });
  return { status: response.status, headers: response.headers, bytes: Buffer.from(await response.arrayBuffer()) };
};
const sizeOf = async (bytes: Buffer) => {
  const { width, height, format, exif } = await sharp(bytes).metadata();
  return { width, height, format, exif: exif !== undefined };
};
const upload = async (bytes: Buffer, kind: 'photograph' | 'map' = 'photograph') => {
  const { ports, domain } = lab.house.stores;
  async function* once() {
    yield bytes;
  }
  const file = await ports.files.receive(1, once(), { limit: 50_000_000 });
  return domain.media.addPicture(john, LISTING, { kind, fileName: 'upload', file });
};

describe('a picture', () => {
  test('comes in every size, as a JPEG, never larger than it is', async () => {
    const widths = { thumb: 160, 300: 300, 640: 640, 800: 800, 1024: 1024, 1280: 1280, large: 1280 };
    for (const [size, width] of Object.entries(widths)) {
      const { status, headers, bytes } = await fetched(`/media/${key}/${size}.jpg`);
      equal(status, 200, size);
      equal(headers.get('content-type'), 'image/jpeg');
      equal(headers.get('content-length'), String(bytes.length));
      equal(headers.get('cache-control'), 'public, max-age=31536000, immutable');
      equal(headers.get('x-content-type-options'), 'nosniff');
      equal(headers.get('cross-origin-resource-policy'), 'cross-origin');
      match(headers.get('content-security-policy') ?? '', /sandbox/);
      deepEqual({ ...(await sizeOf(bytes)), height: 0 }, { width, height: 0, format: 'jpeg', exif: false });
    }
  });

  test('is no wider than its organisation gives out', async () => {
    const { orgs } = lab.house.stores.domain;
    const { settings } = await orgs.organisation(systemActor(1));
    await orgs.changeSettings(systemActor(1), { pictures: { largestWidth: 640 } });
    try {
      const widthOf = async (size: string) => (await sizeOf((await fetched(`/media/${key}/${size}.jpg`)).bytes)).width;
      deepEqual([await widthOf('large'), await widthOf('800'), await widthOf('300')], [640, 640, 300]);
    } finally {
      await orgs.changeSettings(systemActor(1), { pictures: settings.pictures ?? {} });
    }
  });

  test('is drawn once for its bytes and a width, whoever asks and how many at once', async () => {
    const count = async () => (await lab.rows<{ n: number }>('select count(*)::int as n from rendition where org_id = 1'))[0]?.n;
    const before = await count();
    const [other] = await lab.rows<{ public_key: string }>(
      `select m.public_key from media m where m.org_id = 1 and m.blob_id not in (select blob_id from rendition) limit 1`,
    );
    const answers = await Promise.all(Array.from({ length: 8 }, () => fetched(`/media/${other?.public_key}/300.jpg`)));
    equal(new Set(answers.map(({ headers }) => headers.get('etag'))).size, 1);
    equal(await count(), (before ?? 0) + 1);
    const [twin] = await lab.rows<{ public_key: string }>(
      `select b.public_key from media a join media b on b.org_id = a.org_id and b.blob_id = a.blob_id and b.id <> a.id
       where a.public_key = $1 limit 1`,
      [other?.public_key],
    );
    const again = await fetched(`/media/${twin?.public_key}/300.jpg`);
    equal(again.headers.get('etag'), answers[0]?.headers.get('etag'));
    equal(await count(), (before ?? 0) + 1);
  });

  test('is not sent to who has it, and HEAD says what it would be', async () => {
    const path = `/media/${key}/300.jpg`;
    const { headers, bytes } = await fetched(path);
    const etag = headers.get('etag') ?? '';
    match(etag, /^"[0-9a-f]{64}"$/);
    for (const known of [etag, `W/${etag}`, `"other", ${etag}`]) {
      const kept = await fetched(path, { 'if-none-match': known });
      deepEqual([kept.status, kept.bytes.length, kept.headers.get('etag')], [304, 0, etag]);
    }
    equal((await fetched(path, { 'if-none-match': `"${'0'.repeat(64)}"` })).status, 200);
    const head = await fetched(path, {}, 'HEAD');
    deepEqual([head.status, head.bytes.length, head.headers.get('content-length')], [200, 0, String(bytes.length)]);
  });

  test('whose small form was lost is drawn again; whose bytes are lost is away for the moment', async () => {
    const { files } = lab.house.stores.ports;
    const medium = await upload(
      await sharp({ create: { width: 700, height: 400, channels: 3, background: '#335577' } })
        .jpeg()
        .toBuffer(),
    );
    const path = `/media/${medium.public_key}/300.jpg`;
    const first = await fetched(path);
    const sha256 = /[0-9a-f]{64}/.exec(first.headers.get('etag') ?? '')?.[0] ?? '';
    await files.remove(1, sha256);
    const again = await fetched(path);
    deepEqual([again.status, again.headers.get('etag')], [200, first.headers.get('etag')]);
    const [blob] = await lab.rows<{ sha256: string }>('select sha256 from blob where org_id = 1 and id = $1', [medium.blob_id]);
    await files.remove(1, blob?.sha256 ?? '');
    const lost = await fetched(`/media/${medium.public_key}/640.jpg`);
    deepEqual([lost.status, lost.headers.get('cache-control'), lost.headers.get('retry-after')], [503, 'no-store', '5']);
  });

  test('loses what the camera wrote along, stands upright, and has no transparent parts', async () => {
    const turned = await sharp({ create: { width: 400, height: 200, channels: 3, background: '#884422' } })
      .withMetadata({ orientation: 6 })
      .withExif({ IFD0: { Copyright: 'somebody' }, IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '51/1 30/1 0/1' } })
      .jpeg()
      .toBuffer();
    const medium = await upload(turned);
    const [row] = await lab.rows<{ width: number; height: number }>(
      'select width, height from blob where org_id = 1 and id = $1',
      [medium.blob_id],
    );
    equal(medium.kind, 'photograph');
    const { bytes } = await fetched(`/media/${medium.public_key}/large.jpg`);
    const shown = await sizeOf(bytes);
    equal(shown.exif, false);
    deepEqual([row?.width, row?.height], [shown.width, shown.height]);
    const clear = await upload(
      await sharp({ create: { width: 20, height: 20, channels: 4, background: { r: 0, g: 0, b: 0, alpha: 0 } } })
        .png()
        .toBuffer(),
    );
    const drawn = await fetched(`/media/${clear.public_key}/large.jpg`);
    const [red] = await sharp(drawn.bytes).raw().toBuffer();
    ok((red ?? 0) > 250);
  });

  test('that was removed, archived or never there is not found', async () => {
    const { media } = lab.house.stores.domain;
    const medium = await upload(
      await sharp({ create: { width: 64, height: 64, channels: 3, background: '#010203' } })
        .webp()
        .toBuffer(),
    );
    const path = `/media/${medium.public_key}/thumb.jpg`;
    equal((await fetched(path)).status, 200);
    await media.changeMedium(john, LISTING, medium.id, { archived: true });
    equal((await fetched(path)).status, 404);
    await media.changeMedium(john, LISTING, medium.id, { archived: false });
    equal((await fetched(path)).status, 200);
    await media.removeMedium(john, LISTING, medium.id);
    equal((await fetched(path)).status, 404);
  });
});

test('hostile addresses are not found, and never a fault of ours', async () => {
  const sent = (path: string) =>
    new Promise<{ status: number; type: string }>((resolve, reject) => {
      const { hostname, port } = new URL(lab.url);
      request({ hostname, port, path }, (response) => {
        response.resume();
        response.on('end', () =>
          resolve({ status: response.statusCode ?? 0, type: String(response.headers['content-type'] ?? '') }),
        );
      })
        .on('error', reject)
        .end();
    });
  const paths = [
    `/media/${key}/301.jpg`,
    `/media/${key}/300`,
    `/media/${key}/300.png`,
    `/media/${key}/toString.jpg`,
    `/media/${key}/__proto__.jpg`,
    `/media/${key}/%2e%2e%2f300.jpg`,
    `/media/${key.toUpperCase()}/300.jpg`,
    `/media/${key.slice(1)}/300.jpg`,
    `/media/${'0'.repeat(32)}/300.jpg`,
    `/media/${"'%20or%20'1'='1"}/300.jpg`,
    `/media/%00/300.jpg`,
    `/media/..%2f..%2fetc%2fpasswd/300.jpg`,
    '/media/documents/1-561621-99999-AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA',
    '/media/documents/x',
    '/media/documents/%00',
  ];
  for (const path of paths) equal((await sent(path)).status, 404, path);
});

describe('bytes that are no picture', () => {
  const kept = async () => (await lab.rows<{ n: number }>('select count(*)::int as n from media where org_id = 1'))[0]?.n;
  const refused = (bytes: Buffer) =>
    upload(bytes).then(
      () => 'taken',
      (fault: { kind: string }) => fault.kind,
    );

  test('are refused, whatever they say they are', async () => {
    const before = await kept();
    const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><script>alert(1)</script></svg>';
    for (const bytes of [Buffer.from(svg), Buffer.from('%PDF-1.7\n'), Buffer.from('<html></html>'), Buffer.alloc(0)])
      equal(await refused(bytes), 'invalid');
    const good = await sharp({ create: { width: 900, height: 900, channels: 3, background: '#aabbcc' } })
      .png()
      .toBuffer();
    equal(await refused(good.subarray(0, 20)), 'invalid');
    equal(await kept(), before);
  });

  test('a bomb is not unpacked', async () => {
    // A PNG header that promises 40,000 by 40,000 pixels.
    const png = await sharp({ create: { width: 8, height: 8, channels: 3, background: '#fff' } })
      .png()
      .toBuffer();
    const header = Buffer.from(png);
    header.writeUInt32BE(40_000, 16);
    header.writeUInt32BE(40_000, 20);
    const { crc32 } = await import('node:zlib');
    header.writeUInt32BE(crc32(header.subarray(12, 29)), 29);
    equal(await refused(header), 'invalid');
  });
});

describe('a link to a document', () => {
  const linkTo = async () => {
    const { documents } = lab.house.stores.domain;
    const [row] = await documents.ofListings(john, [LISTING], 'public');
    ok(row);
    return { row, link: documents.linkOf(row) };
  };

  test('is the same for a day, and over after two', async () => {
    const { link } = await linkTo();
    equal((await linkTo()).link, link);
    equal((await fetched(`/media/documents/${link}`)).status, 200);
    const [org, id, day, signature] = [...link.split('-').slice(0, 3), link.split('-').slice(3).join('-')];
    for (const forged of [
      `${org}-${Number(id) + 1}-${day}-${signature}`,
      `${org}-${id}-${Number(day) + 1}-${signature}`,
      `2-${id}-${day}-${signature}`,
      link.slice(0, -1),
      `${link}A`,
    ])
      equal((await fetched(`/media/documents/${forged}`)).status, 404, forged);
  });

  test('opens nothing that was withdrawn or made private', async () => {
    const { row, link } = await linkTo();
    await lab.rows(`update document set audience = 'private' where org_id = 1 and id = $1`, [row.id]);
    equal((await fetched(`/media/documents/${link}`)).status, 404);
    await lab.rows(`update document set audience = 'public', archived_at = now() where org_id = 1 and id = $1`, [row.id]);
    equal((await fetched(`/media/documents/${link}`)).status, 404);
    await lab.rows('update document set archived_at = null where org_id = 1 and id = $1', [row.id]);
    const file = await fetched(`/media/documents/${link}`);
    deepEqual([file.status, file.headers.get('cache-control')], [200, 'private, no-store']);
  });
});
