import { STATUSES, TRANSACTION_TYPES } from '../../domain/index.ts';
import type { Card } from '../bulk/contact-rows.ts';
import { insertTables } from '../bulk/insert-rows.ts';
import { addLoopRows, noRows } from '../bulk/loop-rows.ts';
import { detailsOf, type Kind } from '../data/loop-details.ts';
import { FORMS } from '../data/loop-forms.ts';
import { COMPANIES, TOWNS } from '../data/names.ts';
import { somebody } from '../data/people.ts';
import { ALLEN, DANIEL, ELENA, JOHN, MARCUS, NORA, PRIYA, type Staff } from '../data/staff.ts';
import { type Dice, makeDice } from '../dice.ts';
import { later, type Stage } from '../stage.ts';
import { beatsOf, type LoopPlan } from './beats.ts';

/** Allen has enough for several pages; each type and status is there at least once. */
const OWNERS: readonly Staff[] = [ALLEN, JOHN, ALLEN, NORA, MARCUS, ALLEN, PRIYA, ELENA, DANIEL];
const LOOPS = 66;

const ALL: readonly Kind[] = TRANSACTION_TYPES.flatMap((type) => STATUSES[type].map((status) => ({ type, status })));
const USUAL: readonly Kind[] = [
  { type: 'PURCHASE_OFFER', status: 'UNDER_CONTRACT' },
  { type: 'LISTING_FOR_SALE', status: 'ACTIVE_LISTING' },
  { type: 'PURCHASE_OFFER', status: 'SOLD' },
  { type: 'LISTING_FOR_SALE', status: 'SOLD' },
  { type: 'PURCHASE_OFFER', status: 'PRE_OFFER' },
  { type: 'LISTING_FOR_LEASE', status: 'ACTIVE_LISTING' },
];

/** Somebody of the owner's book at that time: the services find the contact behind a participant by its address. */
function clientOf(dice: Dice, cards: readonly Card[], owner: Staff, created: Date) {
  const card = dice.pick(cards.filter((one) => one.by === owner && one.at < created && one.values.email));
  const { first_name, last_name, email, contact_points, primary_address } = card.values;
  const phone = contact_points?.[0]?.value;
  return {
    contactId: card.id,
    name: `${first_name} ${last_name}`,
    email: email as string,
    town: TOWNS.find((town) => town.zip === primary_address?.postal_code) ?? TOWNS[0],
    ...(phone ? { more: { Phone: phone } } : {}),
  };
}

function planOf(dice: Dice, stage: Stage, cards: readonly Card[], n: number): LoopPlan {
  // Steps of seven spread the statuses of a type over the owners.
  const kind = (n < ALL.length ? ALL[(n * 7) % ALL.length] : USUAL[n % USUAL.length]) as Kind;
  const owner = OWNERS[n % OWNERS.length] as Staff;
  const created = later('2016-03-07T13:00:00Z', Math.floor(n * 13.5) + dice.between(0, 6), dice.between(0, 540));
  const { town, ...client } = clientOf(dice, cards, owner, created);
  const other = somebody(dice, 700 + n);
  const form = FORMS[kind.type];
  const housed = kind.type !== 'OTHER' && kind.type !== 'REAL_ESTATE_OTHER';
  const details = housed ? detailsOf(dice, kind, town, created) : undefined;
  const address = details?.property_address;
  const where = address
    ? `, ${address.street_number} ${address.street_name}, ${address.city}, OH ${address.zip_postal_code}`
    : '';
  const first = STATUSES[kind.type][0] as string;
  const moved = kind.status !== first;
  const due = later(created, 12).toISOString().slice(0, 10);
  const people = [{ role: form.roles[0], ...client }];
  return {
    id: stage.nextId('deal'),
    owner,
    profileId: owner.profileId,
    name: client.name + where,
    type: kind.type,
    first,
    status: kind.status,
    created,
    days: moved ? dice.between(6, 48) : 3,
    ...(details ? { details } : {}),
    people: [
      ...people,
      ...(moved && housed ? [{ role: form.roles[1], name: `${other.first} ${other.last}`, email: other.email }] : []),
      ...(dice.chance(20)
        ? [{ role: 'LOAN_OFFICER', name: `${other.last} Quaid`, more: { 'Company Name': dice.pick(COMPANIES) } }]
        : []),
    ],
    folders: [{ name: form.folder, papers: moved ? form.papers.slice(0, dice.between(1, form.papers.length)) : [] }],
    lists: [
      {
        name: 'Checklist',
        tasks: form.tasks.slice(0, dice.between(1, form.tasks.length)).map((name, i) => ({ name, due, done: moved && i < 2 })),
      },
    ],
  };
}

/** Plans of the volume: loops of the others over all types and statuses, from 2016 to the summer of 2018. */
export function manyPlans(stage: Stage, cards: readonly Card[]): LoopPlan[] {
  const dice = makeDice(66);
  return Array.from({ length: LOOPS }, (_, n) => planOf(dice, stage, cards, n));
}

/** Writes loops in one go, table by table: thousands of calls of the services would take longer than a reset may. */
export function manyLoops(stage: Stage, plans: readonly LoopPlan[]): void {
  stage.at('2018-09-01T06:10:00Z', async () => {
    const rows = noRows();
    for (const plan of plans) await addLoopRows(stage, beatsOf(stage, plan), rows);
    await insertTables(stage.tx, Object.entries(rows));
  });
}
