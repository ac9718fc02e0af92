import type { Actor } from '../../access/actor.ts';
import { statement } from '../../db/index.ts';
import type { LoginChange } from '../../domain/index.ts';
import { consumerOf, JOHN_SMITH } from '../data/consumer.ts';
import { ALLEN, BRIAN, JOHN } from '../data/staff.ts';
import { actorOf, type Person, type Stage } from '../stage.ts';

type Login = { id: number; by: Person; at: string; values?: LoginChange; seenAt?: string };

const HANNAH = { id: 3603867, name: 'Hannah Voss' };

/** Who of the contacts may sign in at an agent's portal, all with the password of the sandbox's people; and one who was invited. */
const LOGINS: readonly Login[] = [
  {
    id: JOHN_SMITH.id,
    by: BRIAN,
    at: '2017-04-25T18:00:00Z',
    values: { loginName: 'john.smith@example.com', language: 'en' },
    seenAt: '2018-09-03T19:20:00Z',
  },
  { id: HANNAH.id, by: BRIAN, at: '2017-06-22T09:30:00Z', values: { loginName: 'hannah.voss' }, seenAt: '2017-06-24T19:10:00Z' },
  { id: 3603901, by: ALLEN, at: '2018-09-01T08:00:00Z', values: { language: 'es' }, seenAt: '2018-09-02T11:05:00Z' },
  { id: 3603902, by: JOHN, at: '2018-09-01T08:15:00Z' },
  { id: 3603907, by: ALLEN, at: '2018-09-01T08:30:00Z' },
];
const INVITED: Login = { id: 3603908, by: JOHN, at: '2018-09-01T08:45:00Z' };

const seen = statement<never>(
  'sandbox.consumer_seen',
  `with last as (update contact set last_active_at = $3 where org_id = $1 and id = $2)
   update contact_login set last_login_at = $3 where org_id = $1 and contact_id = $2`,
);

function logins(stage: Stage, passwordHash: string): void {
  const { identity, people } = stage.domain;
  const make = async ({ id, by, values = {} }: Login, given = {}) => {
    const actor = actorOf(stage.orgId, by);
    await identity.createConsumerLogin(actor, (await people.contact(actor, id)).reso_key, values, given);
  };
  for (const login of LOGINS) {
    stage.at(login.at, () => make(login, { passwordHash }));
    const { seenAt } = login;
    if (seenAt) stage.at(seenAt, () => stage.tx.rows(seen, [stage.orgId, login.id, seenAt]));
  }
  stage.at(INVITED.at, () => make(INVITED));
  stage.at('2017-12-01T09:00:00Z', async () => {
    const actor = actorOf(stage.orgId, BRIAN);
    await identity.changeConsumerLogin(actor, (await people.contact(actor, HANNAH.id)).reso_key, { enabled: false });
  });
}

/** What the agent and the contact say about Ms Voss, while she still had her login. */
function comments(stage: Stage): void {
  const { notes, people } = stage.domain;
  const brian = actorOf(stage.orgId, BRIAN);
  const say = (at: string, actor: Actor, text: string) =>
    stage.at(at, async () => {
      const given = { id: stage.nextId('note'), entryId: stage.nextId('note_entry') };
      await notes.addComment(actor, (await people.contact(brian, HANNAH.id)).reso_key, text, given);
    });
  say('2017-06-22T09:35:00Z', brian, 'First home; her bank has approved 310,000.');
  say('2017-06-24T19:12:00Z', { ...consumerOf(stage.orgId), ...HANNAH }, 'Weekday evenings suit me best for viewings.');
  say('2017-11-30T16:40:00Z', brian, 'Has bought on Sycamore Ct; ask again in spring.');
}

/** Consumers of the agents' portals, and how agents keep them apart. */
export function sparkConsumers(stage: Stage, passwordHash: string): void {
  logins(stage, passwordHash);
  comments(stage);
}
