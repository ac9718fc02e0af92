import type { Answer, Clients } from './clients.ts';

/** What a write claims once its door has said yes: asked again later, `holds` says what is not so. */
export type Claim = { readonly holds: (clients: Clients) => Promise<string | undefined> };

/** One kind of write at one door. `mark` is new each time and stands in what is written. */
export type Writer = {
  readonly name: string;
  /** every status but these and 503 is a defect */
  readonly said: number;
  send(clients: Clients, mark: string): Promise<Answer>;
  claim(answer: Answer, mark: string): Claim;
};

const LOOP = '/profile/42/loop/34308';
const FOLDER = `${LOOP}/folder/423424`;
/** What a loop-it makes besides the loop: people, and the address in the loop's details. */
export const LOOP_IT = { participants: 2, street: 'Crash Lane' } as const;

const pdf = (mark: string) => `%PDF-1.4\n% ${mark}\n${'.'.repeat(20_000)}\n%%EOF\n`;
const dataOf = (answer: Answer) => (answer.body as { data: { id: number } }).data;
const locationOf = ({ headers }: Answer) => (headers.get('location') ?? '').replace(/^.*\/reapit/, '');

/** Reads a path and looks for words in what is said. */
const shows = (what: string, read: (clients: Clients) => Promise<Answer>, ...words: string[]): Claim => ({
  async holds(clients) {
    const { status, text } = await read(clients);
    if (status !== 200) return `${what}: ${status} ${text.slice(0, 200)}`;
    const missing = words.filter((word) => !text.includes(word));
    return missing.length > 0 ? `${what} lacks ${missing.join(', ')}: ${text.slice(0, 200)}` : undefined;
  },
});

/** A write of each kind that the doors have: one row, several rows at once, a file with its row, a change, and rows that mails follow. */
export const writers: readonly Writer[] = [
  {
    name: 'dotloop contact',
    said: 201,
    send: ({ dotloop }, mark) =>
      dotloop('/contact', { json: { firstName: 'Crash', lastName: mark, email: `${mark}@example.com` } }),
    claim: (answer, mark) => shows('contact', ({ dotloop }) => dotloop(`/contact/${dataOf(answer).id}`), mark),
  },
  {
    name: 'dotloop loop-it',
    said: 201,
    send: ({ dotloop }, mark) =>
      dotloop('/loop-it?profile_id=42', {
        json: {
          name: mark,
          transactionType: 'PURCHASE_OFFER',
          status: 'PRE_OFFER',
          streetNumber: '7',
          streetName: LOOP_IT.street,
          city: 'Solon',
          state: 'OH',
          zipCode: '44139',
          country: 'US',
          participants: Array.from({ length: LOOP_IT.participants }, (_, at) => ({
            fullName: `${mark} ${at}`,
            email: `${mark}.${at}@example.com`,
            role: at === 0 ? 'BUYER' : 'SELLER',
          })),
        },
      }),
    claim: (answer, mark) => ({
      async holds(clients) {
        const at = `/profile/42/loop/${dataOf(answer).id}`;
        const parts = [
          shows('loop', ({ dotloop }) => dotloop(at), mark),
          shows('details', ({ dotloop }) => dotloop(`${at}/detail`), LOOP_IT.street),
          shows('people', ({ dotloop }) => dotloop(`${at}/participant`), `${mark} 0`, `${mark} 1`),
        ];
        for (const part of parts) {
          const problem = await part.holds(clients);
          if (problem) return problem;
        }
        return undefined;
      },
    }),
  },
  {
    name: 'dotloop document',
    said: 201,
    send({ dotloop }, mark) {
      const body = new FormData();
      body.set('file', new Blob([pdf(mark)], { type: 'application/pdf' }), `${mark}.pdf`);
      return dotloop(`${FOLDER}/document/`, { body });
    },
    claim: (answer, mark) => ({
      async holds({ dotloop }) {
        const { status, text } = await dotloop(`${FOLDER}/document/${dataOf(answer).id}/download`);
        return status === 200 && text === pdf(mark) ? undefined : `document: ${status}, ${text.length} bytes`;
      },
    }),
  },
  {
    name: 'spark contact',
    said: 201,
    send: ({ spark }, mark) =>
      spark('/contacts', { json: { D: { Contacts: [{ DisplayName: `Crash ${mark}`, PrimaryEmail: `${mark}@example.com` }] } } }),
    claim(answer, mark) {
      const { ResourceUri } = (answer.body as { D: { Results: { ResourceUri: string }[] } }).D.Results[0]!;
      return shows('contact', ({ spark }) => spark(ResourceUri.replace('/v1', '')), mark);
    },
  },
  {
    name: 'spark saved search',
    said: 201,
    send: ({ spark }, mark) =>
      spark('/savedsearches', { json: { D: { SavedSearches: [{ Name: mark, Filter: `City Eq '${mark}'` }] } } }),
    claim(answer, mark) {
      const { Id } = (answer.body as { D: { Results: { Id: string }[] } }).D.Results[0]!;
      return shows('saved search', ({ spark }) => spark(`/savedsearches/${Id}`), mark);
    },
  },
  {
    name: 'reapit contact',
    said: 201,
    send: ({ reapit }, mark) =>
      reapit('/contacts', {
        json: {
          surname: mark,
          marketingConsent: 'notAsked',
          officeIds: ['OXF'],
          negotiatorIds: ['JAS'],
          email: `${mark}@example.com`,
        },
      }),
    claim: (answer, mark) => shows('contact', ({ reapit }) => reapit(locationOf(answer)), mark),
  },
  {
    name: 'reapit document',
    said: 201,
    send: ({ reapit }, mark) =>
      reapit('/documents', {
        json: {
          associatedType: 'contact',
          associatedId: 'OXF18000001',
          typeId: 'LET',
          name: `${mark}.pdf`,
          fileData: `data:application/pdf;base64,${btoa(pdf(mark))}`,
        },
      }),
    claim: (answer, mark) => ({
      async holds({ reapit, call }) {
        const sent = await reapit(`${locationOf(answer)}/download`);
        const location = sent.headers.get('location');
        const { status, text } = location ? await call(new URL(location).pathname + new URL(location).search) : sent;
        return status === 200 && text === pdf(mark)
          ? undefined
          : `document: ${status}, ${text.length} bytes: ${text.slice(0, 100)}`;
      },
    }),
  },
  {
    name: 'propertybase lead',
    said: 201,
    send: ({ propertybase }, mark) =>
      propertybase('/leads', { json: { email: `${mark}@example.com`, first_name: 'Crash', last_name: mark, agent_id: 1 } }),
    claim: (answer, mark) => shows('lead', ({ propertybase }) => propertybase(`/leads/${dataOf(answer).id}`), mark),
  },
  {
    name: 'propertybase task',
    said: 201,
    send: ({ propertybase }, mark) =>
      propertybase('/tasks', { json: { lead_id: 3603863, name: mark, due_at: '2027-01-01T10:00:00Z' } }),
    claim: (answer, mark) => shows('task', ({ propertybase }) => propertybase(`/tasks/${dataOf(answer).id}`), mark),
  },
];
