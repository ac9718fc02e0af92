import { statement } from '../../db/index.ts';
import { addPartRows, type Blobs, type ListingRows } from '../bulk/listing-rows.ts';
import { ALLEN, JOHN } from '../data/staff.ts';
import type { PictureName } from '../pictures.ts';
import type { Person, Stage } from '../stage.ts';
import { LISTING_OF_34308, LISTING_OF_LOOP_IT } from './listings.ts';
import { openHouseOf } from './spark-listing-parts.ts';

const photos = (...of: readonly (readonly [PictureName, string])[]) =>
  of.map(([picture, caption]) => ({ kind: 'photograph', picture, caption }) as const);

const touched = statement<{ code: string }>(
  'sandbox.touch_listing',
  `update property set photos_changed_at = $3, open_house_changed_at = case when $4 then $3::timestamptz end
   where org_id = $1 and id = $2 returning code`,
);

/** The service made the listing; from this moment on it has what hangs on it. */
async function touch({ tx, orgId }: Stage, id: number, by: Person, at: Date, openHouses: boolean) {
  const [row] = await tx.rows(touched, [orgId, id, at, openHouses]);
  if (!row) throw new Error(`Listing ${id} was not made yet`);
  return { id, code: row.code, by, at };
}

/** Pictures, papers and hours of the two listings that documents print. */
export async function addDocumentedParts(stage: Stage, blobs: Blobs, rows: ListingRows): Promise<void> {
  await addPartRows(
    stage,
    blobs,
    await touch(stage, LISTING_OF_34308, JOHN, new Date('2017-01-09T15:00:00Z'), true),
    {
      pictures: [
        ...photos(
          ['apartments-cream', 'Main Street side'],
          ['living-warm', 'Living room'],
          ['kitchen-cool', 'Kitchen'],
          ['bedroom-green', 'Main bedroom'],
          ['terrace-cool', 'Terrace with the hot tub'],
          ['bathroom-cool', 'Bathroom'],
        ),
        { kind: 'floorPlan', picture: 'plan-two', caption: 'Second floor' },
      ],
      links: [
        {
          kind: 'video',
          link: 'https://video.example.com/watch/333-main',
          caption: 'From the street to the terrace',
          branded: false,
        },
        {
          kind: 'tour',
          link: 'https://tours.example.com/allen-realty/333-main',
          caption: 'Tour with Allen Realty',
          branded: true,
        },
        { kind: 'tour', link: 'https://tours.example.com/333-main', caption: 'Tour', branded: false },
      ],
      papers: [
        { paper: 'propertyDisclosure', name: 'Property disclosure.pdf', audience: 'public' },
        { paper: 'leadPaint', name: 'Lead paint.pdf', audience: 'public' },
        { paper: 'listingAgreement', name: 'Listing agreement.pdf', audience: 'office' },
        { paper: 'inspectionReport', name: 'Inspection report.pdf', audience: 'private' },
      ],
      openHouses: [
        {
          startsAt: new Date('2017-01-14T18:00:00Z'),
          endsAt: new Date('2017-01-14T20:00:00Z'),
          comments: 'First weekend on the market.',
        },
        openHouseOf(stage.told, 1, false, 'See the terrace in the afternoon.'),
        openHouseOf(stage.told, 2, true, null),
        { ...openHouseOf(stage.told, 1, true, 'Brokers’ tour.'), audience: 'broker' },
      ],
    },
    rows,
  );
  await addPartRows(
    stage,
    blobs,
    await touch(stage, LISTING_OF_LOOP_IT, ALLEN, new Date('2017-04-03T14:00:00Z'), false),
    {
      pictures: photos(
        ['rows-cream', 'From Waterview Drive'],
        ['living-cool', 'Living room'],
        ['dining-green', 'Dining room'],
        ['bedroom-warm', 'Main bedroom'],
        ['shore-dusk', 'The water in the evening'],
      ),
      papers: [{ paper: 'propertyDisclosure', name: 'Property disclosure.pdf', audience: 'public' }],
    },
    rows,
  );
}
