export type PaperText = {
  readonly title: string;
  /** printed on the paper, and the date inside the PDF */
  readonly day: string;
  /** paragraphs; a page holds about thirty lines */
  readonly text: readonly string[];
};

/** Made up for the sandbox: nobody's form, and no use as one. Bytes follow from the words (paper-prints.ts). */
export const PAPER_TEXTS = {
  disclosures: {
    title: 'Disclosures',
    day: '2017-05-16',
    text: [
      'The papers of this folder were handed to the buyer before an offer was made. Each of them is listed below, with the person who gave it.',
      '1. Statement of agency: who works for whom. 2. Condition of the property, as far as the seller knows it. 3. Lead-based paint, for homes built before 1978. 4. Shared walls, drives and drains.',
      'The buyer has read them and may still ask for an inspection by somebody of their own choice.',
    ],
  },
  signedDisclosures: {
    title: 'Disclosures, signed',
    day: '2017-05-30',
    text: [
      'Copy of the disclosures with the marks of both sides. Nothing was struck out and nothing was added.',
      'Signed by the buyer on May 29 and by the seller on May 30. The originals are kept in the Oxford office.',
    ],
  },
  agencyDisclosure: {
    title: 'Agency Disclosure Statement',
    day: '2017-01-09',
    text: [
      'Before a home is bought, sold or let, everyone at the table should know whose side the people of the brokerage are on.',
      'The agent named below works for the seller. Another agent of the same brokerage may work for the buyer; the broker then manages both and favours neither.',
      'An agent owes the client loyalty, an account of all money, and silence about what weakens the client. Everyone else is owed an honest answer.',
      'By signing I say that I have read this. It is no contract, and it does not make me pay anything.',
    ],
  },
  propertyDisclosure: {
    title: 'Condition of the Property',
    day: '2017-02-20',
    text: [
      'Filled in by the seller, who has lived in the home for the last nine years, from memory and without an inspection.',
      'Water: public supply, no shortage. Sewer: public. Roof: renewed eleven years ago, no leak since. Cellar: damp in the corner by the drive after heavy rain; a pump was put in.',
      'Heating: gas, serviced every autumn. Wiring: copper, a new panel. Termites: none seen. Boundaries: the fence to the north stands a foot inside the lot.',
      'The seller will tell the buyer at once when something of this changes before the closing.',
    ],
  },
  leadPaint: {
    title: 'Lead-Based Paint',
    day: '2017-02-21',
    text: [
      'A home built before 1978 may have paint with lead in it. Dust and chips of it harm children most of all.',
      'The seller knows of no such paint in this home and has no report about it. The buyer was given the booklet about lead in the home.',
      'The buyer has ten days to have a test made and paid for, or gives them up by a mark here: [ ].',
    ],
  },
  purchaseAgreement: {
    title: 'Purchase Agreement',
    day: '2017-03-06',
    text: [
      'The buyer offers to buy the home described in the loop with its land, and whatever is fixed to it: lamps, blinds, the range, the shed.',
      'Price, earnest money and dates are those of the loop. The earnest money lies with the title company and counts towards the price.',
      'The offer depends on a loan within thirty days, on an inspection within ten, and on a clear title. When one of them fails, the earnest money goes back.',
      'The seller hands over the keys at the closing, swept and empty, in the state of the last walk-through.',
      'This offer ends at nine in the evening of the third day unless both sides have signed.',
    ],
  },
  counteroffer: {
    title: 'Counteroffer No. 1',
    day: '2017-03-08',
    text: [
      'The seller accepts the offer with these changes, and with no others.',
      '1. The closing is one week later. 2. The washer and the dryer stay with the seller. 3. The seller pays for the warranty of the first year.',
      'The counteroffer ends at noon of the second day.',
    ],
  },
  listingAgreement: {
    title: 'Exclusive Right to Sell',
    day: '2017-03-10',
    text: [
      'The owner asks Allen Realty, and no other broker, to find a buyer for the home within the time given in the loop.',
      'The brokerage takes photographs, enters the home with the listing exchange, puts a sign in the yard and holds at least two open houses.',
      'The commission falls due at the closing. It is shared with the broker who brings the buyer, in the parts that the loop says.',
      'The owner may end this agreement with a notice of fourteen days and pays what the photographs cost.',
    ],
  },
  preApproval: {
    title: 'Letter of Pre-Approval',
    day: '2018-06-06',
    text: [
      'We have looked at income, debts and credit of the person named in the loop and would lend up to the amount that we told that person.',
      'The letter is good for ninety days. It is no promise: the home has to be appraised, and nothing may change for the worse until then.',
    ],
  },
  inspectionReport: {
    title: 'Report of the Inspection',
    day: '2017-05-24',
    text: [
      "Two hours on site, dry, 61 degrees. Present: the buyer, the buyer's agent, the inspector.",
      'Sound: foundation, framing, roof, gutters, wiring, furnace. To be watched: the seal of two windows on the weather side, the slope of the walk towards the house.',
      'To be put right: a socket by the sink without protection, a loose handrail on the stairs to the cellar, a slow drain in the upper bath.',
      'What was behind walls, under carpets or under snow was not seen.',
    ],
  },
  appraisal: {
    title: 'Appraisal',
    day: '2017-09-15',
    text: [
      'The home was compared with three that were sold within half a mile and six months, and was adjusted for lot, age, baths and garage.',
      'The value found is not below the price agreed in the loop. The market of the quarter is steady; homes of this kind take 38 days to sell.',
    ],
  },
  titleCommitment: {
    title: 'Commitment for Title Insurance',
    day: '2017-09-05',
    text: [
      'We searched the records of the county back to 1961 and will insure the title of the buyer once the following has been done.',
      'The loan of the seller is paid off and its release recorded. The taxes of the first half are paid. Both owners sign the deed.',
      'Not insured: the right of the power company to its line along the rear ten feet, and whatever a survey would show.',
    ],
  },
  closingStatement: {
    title: 'Closing Statement',
    day: '2017-08-22',
    text: [
      'What each side pays and gets on the day of the closing. Sums are those of the loop.',
      'Seller: price, less commission, less the loan that is paid off, less taxes to this day, less the fee for the deed. Buyer: price, plus the fee of the lender, plus the policy, plus recording, less earnest money.',
      'Both sides agree that the figures are right and that the title company may pay them out.',
    ],
  },
  leaseAgreement: {
    title: 'Lease',
    day: '2018-03-20',
    text: [
      'The landlord lets the home described in the loop to the tenant for twelve months. The rent is due on the first of each month and late from the sixth.',
      'The deposit is one month of rent. It comes back within thirty days of the end, less what the tenant broke, with a list.',
      'The landlord keeps roof, pipes and furnace in order and calls a day ahead before coming in. The tenant keeps the home clean, changes no locks and has no more than one cat.',
      'Without notice of sixty days by either side the lease goes on from month to month.',
    ],
  },
  moveInChecklist: {
    title: 'Moving In: What Was There',
    day: '2018-04-01',
    text: [
      'Seen by landlord and tenant together, room by room, on the day the keys were handed over.',
      'Kitchen: range and refrigerator clean, one drawer sticks. Bath: good. Living room: a scratch on the floor by the window. Bedrooms: good, four blinds. Keys: two for the door, one for the mailbox.',
      'Meters were read and written down on the back.',
    ],
  },
  rentalApplication: {
    title: 'Application for a Rental',
    day: '2017-11-04',
    text: [
      'One form for each grown-up who will live in the home. The landlord asks everyone the same questions.',
      'Where did you live for the last three years, and may we call there? Where do you work? How many people and how many cars will come along? Have you ever left a home owing rent?',
      'I agree that the landlord may look up my credit. The fee for it is not paid back.',
    ],
  },
  referralAgreement: {
    title: 'Agreement about a Referral',
    day: '2018-04-20',
    text: [
      'Blue Ridge Partners name a client to Allen Realty. When the client buys or sells within a year, they get the share of the commission that the loop says.',
      'The share is paid within ten days of the closing. The client was told of this agreement.',
    ],
  },
} as const satisfies Record<string, PaperText>;
