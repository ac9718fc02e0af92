export const BASE = '/dotloop/public/v2';

/** What is asked, by name of the case. `target` is the least ratio to the bare server. */
export type Case = {
  readonly name: string;
  readonly title: string;
  readonly target: number;
  readonly method: 'GET' | 'POST';
  readonly paths: readonly string[];
  readonly body?: string;
};

export const NEW_CONTACT = {
  firstName: 'Brian',
  lastName: 'Erwin',
  email: 'brianerwin@newkyhome.com',
  home: '(415) 8936 332',
  office: '(415) 1213 656',
  fax: '(415) 8655 686',
  address: '2100 Waterview Dr',
  city: 'San Francisco',
  zipCode: '94114',
  state: 'CA',
  country: 'US',
};

export function makeCases(profileId: number, loops: readonly number[]): readonly Case[] {
  const list = `${BASE}/profile/${profileId}/loop`;
  const page = (number: number) => [`${list}?sort=updated:desc&batch_size=20&batch_number=${number}`];
  return [
    { name: 'loop', title: 'GET one loop', target: 0.6, method: 'GET', paths: loops.map((id) => `${list}/${id}`) },
    { name: 'page1', title: 'GET page 1 of 20 loops', target: 0.6, method: 'GET', paths: page(1) },
    { name: 'page2000', title: 'GET page 2,000 of the same', target: 0.6, method: 'GET', paths: page(2_000) },
    {
      name: 'contact',
      title: 'POST a contact',
      target: 0.7,
      method: 'POST',
      paths: [`${BASE}/contact`],
      body: JSON.stringify(NEW_CONTACT),
    },
  ];
}
