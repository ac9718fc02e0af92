import { importActivity, silenceImport } from '../by-hand.ts';
import { BRIAN } from '../data/staff.ts';
import type { PaperName } from '../papers.ts';
import { actorOf, type Stage } from '../stage.ts';
import { midnight } from './beats.ts';
import { LISTING_OF_34308 } from './listings.ts';

const LOOP = 34308;
const PROFILE = 42;
const CREATED = '2017-05-17T01:18:37Z';
const LAST = '2017-05-30T21:42:17Z';

const FOLDERS = [
  { id: 423424, name: 'Disclosures' },
  { id: 423431, name: 'Offer' },
  { id: 423438, name: 'Inspection' },
  { id: 423447, name: 'Closing' },
] as const;

const PAPERS: readonly { id: number; folder: number; at: string; name: string; paper: PaperName }[] = [
  { id: 561621, folder: 423424, at: CREATED, name: 'disclosures.pdf', paper: 'disclosures' },
  {
    id: 561634,
    folder: 423424,
    at: '2017-05-18T13:20:05Z',
    name: 'Agency Disclosure Statement - Seller',
    paper: 'agencyDisclosure',
  },
  { id: 561702, folder: 423431, at: '2017-05-19T18:04:40Z', name: 'purchase-agreement.pdf', paper: 'purchaseAgreement' },
  { id: 561765, folder: 423438, at: '2017-05-24T20:31:12Z', name: 'inspection-report.pdf', paper: 'inspectionReport' },
  { id: 561811, folder: 423424, at: LAST, name: 'signed-disclosures.pdf', paper: 'signedDisclosures' },
];

const LISTS: readonly {
  id: number;
  name: string;
  tasks: readonly { id: number; name: string; due?: string; done: boolean }[];
}[] = [
  {
    id: 1234,
    name: 'My Tasks',
    tasks: [
      { id: 125736485, name: 'contract', due: '2016-10-21', done: true },
      { id: 125736486, name: 'earnest money', due: '2017-05-22', done: true },
      { id: 125736487, name: 'home inspection', due: '2017-05-26', done: true },
      { id: 125736488, name: 'final walk-through', due: '2017-06-08', done: false },
    ],
  },
  { id: 1241, name: 'Closing', tasks: [{ id: 125736490, name: 'wire to title company', done: false }] },
  { id: 1248, name: 'After Closing', tasks: [] },
];

/** In the order in which they are listed: that of the days on which they were added. */
const PARTICIPANTS = [
  {
    id: 2355,
    at: '2017-05-17T13:05:00Z',
    full_name: 'Brian Erwin',
    email: 'brianerwin@newkyhome.com',
    role: 'BUYER',
    own: { Phone: '(555) 555-5555' },
  },
  {
    id: 57567,
    at: '2017-05-17T13:09:00Z',
    full_name: 'Allen Agent',
    email: 'allen.agent@gmail.com',
    role: 'LISTING_AGENT',
    own: { Phone: '(555) 555-1234', 'Company Name': 'Allen Realty' },
  },
  {
    id: 24743,
    at: '2017-05-17T13:14:00Z',
    full_name: 'Sean Seller',
    email: 'sean.seller@yahoo.com',
    role: 'SELLER',
    own: {
      'Street Name': '123',
      'Street Number': 'Main St.',
      City: 'Cincinnati',
      'Zip/Postal Code': '45123',
      Country: 'USA',
      'Cell Phone': '(555) 555-4444',
    },
  },
] as const;

const DETAILS = {
  property_address: {
    country: 'USA',
    street_number: '333',
    street_name: 'Main St',
    unit_number: '123',
    city: 'San Francisco',
    state_prov: 'CA',
    zip_postal_code: '94105',
    county: 'USA',
  },
  financials: {
    sale_commission_rate: '3',
    sale_commission_split_percent_buy_side: '50',
    sale_commission_split_percent_sell_side: '50',
    sale_commission_total: '10000',
    sale_commission_split_amount_buy_side: '50',
    sale_commission_split_amount_sell_side: '20000',
  },
};

/**
 * The loop of the documents (contracts/dotloop.md §8). It came by import at its first moment, folders and lists with it, so that its
 * activity stays short enough for the printed line of January to be on the first page.
 */
export function loop34308(stage: Stage): void {
  const { deals, documents } = stage.domain;
  const brian = actorOf(stage.orgId, BRIAN);
  stage.at(CREATED, async () => {
    await deals.create(
      brian,
      PROFILE,
      { name: 'Atturo Garay, 3059 Main, Chicago, IL 60614', transaction_type: 'PURCHASE_OFFER', status: 'PRE_OFFER' },
      { id: LOOP, propertyId: LISTING_OF_34308 },
    );
    for (const { id, name } of FOLDERS) await documents.addFolder(brian, PROFILE, LOOP, { name }, { id });
    for (const list of LISTS) {
      await deals.addTaskList(brian, PROFILE, LOOP, list.name, { id: list.id });
      for (const { id, name, due, done } of list.tasks) {
        const task = { name, completed: done, ...(due ? { dueAt: midnight(due), dueDateOnly: true } : {}) };
        await deals.addTask(brian, PROFILE, LOOP, list.id, task, { id });
      }
    }
  });
  for (const { id, folder, at, name, paper } of PAPERS)
    stage.at(at, () => documents.upload(brian, PROFILE, LOOP, folder, { fileName: name, file: stage.papers[paper] }, { id }));
  stage.at(CREATED, async () => {
    await silenceImport(stage, LOOP, new Date(CREATED));
    const read = 'User One viewed document Agency Disclosure Statement - Seller';
    await importActivity(stage, LOOP, 561634, read, new Date('2017-01-09T13:10:14Z'));
  });
  stage.at('2017-05-17T12:41:00Z', () => deals.updateDetails(brian, PROFILE, LOOP, DETAILS));
  for (const { id, at, full_name, email, role, own } of PARTICIPANTS)
    stage.at(at, () => deals.addParticipant(brian, PROFILE, LOOP, { role, full_name, email, extras: { dotloop: own } }, { id }));
  stage.at('2017-05-17T13:30:00Z', () => deals.share(brian, LOOP, 3));
  stage.at('2017-05-17T13:31:00Z', () => deals.share(brian, LOOP, 4711));
  stage.at('2017-05-20T15:12:00Z', () => deals.update(brian, PROFILE, LOOP, { status: 'UNDER_CONTRACT' }));
  stage.at('2017-05-29T19:55:00Z', () => deals.update(brian, PROFILE, LOOP, { status: 'SOLD' }));
  stage.at('2017-05-30T21:40:51Z', () => deals.update(brian, PROFILE, LOOP, { status: 'ARCHIVED' }));
}
