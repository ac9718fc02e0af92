import type { Contract, Method } from '../wire/contract.ts';

export type Ids = Readonly<Record<string, string | number>>;

/** Ids of the printed rows; the second brokerage has the same ones with other values behind them (domain-people §4.3). */
export const SHARED_IDS: Ids = {
  profileId: 42,
  loopId: 34308,
  folderId: 423424,
  documentId: 561621,
  participantId: 2355,
  taskListId: 1234,
  taskId: 125736485,
  contactId: 3603862,
  templateId: 423,
};

/** Ids that only the first brokerage has. */
export const FIRST_IDS: Ids = {
  profileId: 3,
  loopId: 30003,
  folderId: 423431,
  documentId: 561702,
  participantId: 57567,
  taskListId: 1241,
  taskId: 125736490,
  contactId: 3603864,
  templateId: 1424,
};

/** What only one of the two brokerages has to say; never in an answer to the other. */
export const WORDS = {
  first: /Brian|Erwin|Garay|Allen Realty|Waterview|My Tasks|disclosures|My Loop Template|"contract"|brian-42/,
  second: /Northgate|Northcott|northgate|Dora|Demers|Quell|surveyor/,
};

export const namesOf = ({ url }: Contract): string[] => [...url.matchAll(/:(\w+)/g)].map(([, name = '']) => name);

/** The path of a contract with ids in it. */
export function pathOf({ url }: Contract, ids: Ids): string {
  return url.replace(/:(\w+)/g, (_all, name: string) => {
    const id = ids[name];
    if (id === undefined) throw new Error(`No id for ${name} in ${url}`);
    return String(id);
  });
}

/** A call with a body where the operation takes one; the vendor's example where one is printed. */
export function callOf({ method, body, example }: Contract): { method: Method; json?: unknown } {
  return { method, ...(body ? { json: example ?? {} } : {}) };
}
