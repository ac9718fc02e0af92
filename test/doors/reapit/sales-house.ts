import { equal } from 'node:assert/strict';
import type { Answer } from '../../../src/testing/lab.ts';
import { openReapit, type ReapitHouse } from './house.ts';

export type Model = Record<string, unknown> & {
  _eTag: string;
  _links: Record<string, { href: string }>;
  _embedded: Record<string, unknown> | null;
};
export type Page = { _embedded: Model[]; totalCount: number };
export type Failure = { errors: { field: string; message: string }[] };

/** The one record that is embedded under that name. */
export const embedded = (model: Model | undefined, name: string) => (model?._embedded?.[name] ?? {}) as Record<string, unknown>;
export const allEmbedded = (model: Model | undefined, name: string) =>
  (model?._embedded?.[name] ?? []) as Record<string, unknown>[];

export type SalesHouse = ReapitHouse & {
  /** reads, and expects it to be there */
  get(path: string): Promise<Model>;
  list(path: string): Promise<Page>;
  /** makes, and answers the id */
  make(path: string, json: unknown): Promise<string>;
  /** reads the tag, then changes */
  patch(path: string, json: unknown): Promise<Answer>;
  /** the same, and expects it to pass */
  change(path: string, json: unknown): Promise<void>;
  /** `field: message` of a refusal */
  refused(answer: Answer): string[];
};

export async function openSales(): Promise<SalesHouse> {
  const house = await openReapit();
  const patch = async (path: string, json: unknown) => {
    const tag = (await house.call(path)).headers.get('etag') ?? '';
    return house.call(path, { method: 'PATCH', json, headers: { 'if-match': tag } });
  };
  return Object.assign(house, {
    async get(path: string) {
      const answer = await house.call(path);
      equal(answer.status, 200, `${path}: ${answer.text}`);
      return answer.body as Model;
    },
    async list(path: string) {
      const answer = await house.call(path);
      equal(answer.status, 200, `${path}: ${answer.text}`);
      return answer.body as Page;
    },
    async make(path: string, json: unknown) {
      const answer = await house.call(path, { json });
      equal(answer.status, 201, `${path}: ${answer.text}`);
      return (answer.headers.get('location') ?? '').split('/').at(-1) ?? '';
    },
    patch,
    async change(path: string, json: unknown) {
      const answer = await patch(path, json);
      equal(answer.status, 204, `${path}: ${answer.text}`);
    },
    refused(answer: Answer) {
      equal(answer.status, 422, answer.text);
      return (answer.body as Failure).errors.map(({ field, message }) => `${field}: ${message}`);
    },
  });
}

export const PROPERTY = {
  marketingMode: 'selling',
  departmentId: 'G',
  negotiatorId: 'JAS',
  officeIds: ['OXF'],
  address: { line1: 'High Street', buildingNumber: '1', line3: 'Oxford', line4: 'Butler', postcode: '45056', countryId: 'US' },
  selling: { price: 250000, status: 'forSale', instructed: '2024-01-15' },
};
