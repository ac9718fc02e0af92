import type { TemplateContent, TransactionType } from '../../domain/index.ts';
import { ALLEN } from '../data/staff.ts';
import type { PaperName } from '../papers.ts';
import { actorOf, type Stage } from '../stage.ts';
import { blobOf } from './papers-kept.ts';

/** Of the Oxford office: shared with its people, none applied by itself. */
const OWNER = 732453;

type Plan = {
  id: number;
  name: string;
  type: TransactionType;
  made: string;
  folders: { name: string; papers?: [name: string, paper: PaperName][] }[];
  lists: { name: string; tasks: [name: string, dueInDays?: number][] }[];
};

const PLANS: readonly Plan[] = [
  {
    id: 423,
    name: 'My Loop Template',
    type: 'PURCHASE_OFFER',
    made: '2016-02-01T16:00:00Z',
    folders: [
      {
        name: 'Disclosures',
        papers: [
          ['agency-disclosure.pdf', 'agencyDisclosure'],
          ['property-disclosure.pdf', 'propertyDisclosure'],
        ],
      },
      { name: 'Offer', papers: [['purchase-agreement.pdf', 'purchaseAgreement']] },
    ],
    lists: [
      {
        name: 'My Tasks',
        tasks: [
          ['contract', 3],
          ['earnest money', 5],
          ['order inspection', 7],
          ['send to title company', 10],
        ],
      },
    ],
  },
  {
    id: 1424,
    name: 'Buyer, Residential',
    type: 'PURCHASE_OFFER',
    made: '2016-02-01T16:10:00Z',
    folders: [
      {
        name: 'Disclosures',
        papers: [
          ['agency-disclosure.pdf', 'agencyDisclosure'],
          ['lead-based-paint.pdf', 'leadPaint'],
        ],
      },
      { name: 'Offer and Counteroffer', papers: [['purchase-agreement.pdf', 'purchaseAgreement']] },
      { name: 'Closing' },
    ],
    lists: [
      {
        name: 'Before the Offer',
        tasks: [
          ['pre-approval letter', 2],
          ['agency disclosure signed', 2],
        ],
      },
      {
        name: 'Under Contract',
        tasks: [
          ['earnest money', 5],
          ['inspection', 10],
          ['appraisal', 21],
          ['closing date set', 30],
        ],
      },
    ],
  },
  {
    id: 1425,
    name: 'Listing, Residential',
    type: 'LISTING_FOR_SALE',
    made: '2016-02-01T16:20:00Z',
    folders: [
      { name: 'Listing Agreement', papers: [['exclusive-right-to-sell.pdf', 'listingAgreement']] },
      {
        name: 'Disclosures',
        papers: [
          ['property-disclosure.pdf', 'propertyDisclosure'],
          ['lead-based-paint.pdf', 'leadPaint'],
        ],
      },
    ],
    lists: [
      {
        name: 'Going Live',
        tasks: [['photographs', 5], ['sign in the yard', 7], ['enter with the MLS', 2], ['first open house']],
      },
    ],
  },
  {
    id: 1426,
    name: 'Lease, Landlord',
    type: 'LISTING_FOR_LEASE',
    made: '2016-02-01T16:30:00Z',
    folders: [
      {
        name: 'Lease',
        papers: [
          ['lease.pdf', 'leaseAgreement'],
          ['move-in-checklist.pdf', 'moveInChecklist'],
        ],
      },
    ],
    lists: [
      {
        name: 'Letting',
        tasks: [
          ['advertise', 3],
          ['screen applicants', 14],
          ['keys', 30],
        ],
      },
    ],
  },
  {
    id: 1427,
    name: 'Lease, Tenant',
    type: 'LEASE_OFFER',
    made: '2016-02-01T16:40:00Z',
    folders: [{ name: 'Application', papers: [['rental-application.pdf', 'rentalApplication']] }],
    lists: [
      {
        name: 'Applying',
        tasks: [
          ['application', 1],
          ['references', 4],
        ],
      },
    ],
  },
];

/** The five templates of the documents' profile 732453 (contracts/dotloop.md §5.13). */
export function templates(stage: Stage): void {
  const { deals } = stage.domain;
  const allen = actorOf(stage.orgId, ALLEN);
  for (const { id, name, type, made, folders, lists } of PLANS)
    stage.at(made, async () => {
      const content: TemplateContent = { folders: [], taskLists: [] };
      for (const folder of folders) {
        const papers = [];
        for (const [name, paper] of folder.papers ?? []) papers.push({ name, blob_id: blobOf(stage, paper) });
        content.folders?.push({ name: folder.name, documents: papers });
      }
      for (const list of lists)
        content.taskLists?.push({
          name: list.name,
          tasks: list.tasks.map(([task, dueInDays]) => ({ name: task, ...(dueInDays === undefined ? {} : { dueInDays }) })),
        });
      await deals.addTemplate(allen, OWNER, { name, transactionType: type, shared: true, content }, { id });
    });
}
