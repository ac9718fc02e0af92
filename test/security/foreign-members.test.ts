import { deepEqual, equal, ok } from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { SANDBOX } from '../../src/sandbox/index.ts';
import { type Answer, type Lab, openLab } from '../../src/testing/lab.ts';

let lab: Lab;
before(async () => {
  lab = await openLab();
});
after(() => lab[Symbol.asyncDispose]());

/** Columns of the row, and the words that other programs have for them: nobody may set these from outside. */
const FOREIGN = {
  org_id: 2,
  orgId: 2,
  organisationId: 2,
  id: 1,
  Id: '20000101000000000000000000',
  version: 99,
  created_at: '1999-01-01T00:00:00Z',
  createdAt: '1999-01-01T00:00:00Z',
  created: '1999-01-01T00:00:00Z',
  updated_at: '1999-01-01T00:00:00Z',
  deleted_at: '1999-01-01T00:00:00Z',
  deletedAt: '1999-01-01T00:00:00Z',
  reso_key: '20000101000000000000000000',
  administrator: true,
  extras: { reapit: { x: 1 } },
  __proto__: { org_id: 2 },
  constructor: { prototype: { org_id: 2 } },
};

/** How each door makes a contact. */
const DOORS: Readonly<Record<string, (email: string) => Promise<Answer>>> = {
  dotloop: (email) => lab.dotloop('/contact', { json: { firstName: 'Mass', lastName: 'Assigned', email, ...FOREIGN } }),
  reapit: (email) =>
    lab.reapit('/contacts', {
      json: {
        title: 'Ms',
        forename: 'Mass',
        surname: 'Assigned',
        email,
        marketingConsent: 'grant',
        officeIds: ['OXF'],
        negotiatorIds: ['JAS'],
        ...FOREIGN,
      },
    }),
  propertybase: (email) =>
    lab.call('/propertybase/api/v2/leads', {
      json: { first_name: 'Mass', last_name: 'Assigned', email, ...FOREIGN },
      headers: { 'x-bl-api-key': SANDBOX.propertybase.key },
    }),
  spark: (email) =>
    lab.spark('/contacts', {
      json: {
        D: {
          Contacts: [
            { DisplayName: 'Mass Assigned', GivenName: 'Mass', FamilyName: 'Assigned', PrimaryEmail: email, ...FOREIGN },
          ],
        },
      },
    }),
};

for (const [door, create] of Object.entries(DOORS))
  test(`${door}: members that are not the caller's to set change nothing (OWASP API3)`, async () => {
    const email = `mass-${door}@example.com`;
    const others = await lab.rows(`select count(*) from contact where org_id = 2`);
    const before = Date.now();
    const { status, text } = await create(email);
    const rows = await lab.rows<{
      org_id: number;
      id: string;
      version: string;
      created_at: Date;
      deleted_at: Date | null;
      reso_key: string;
    }>(
      `select org_id, id, version, created_at, deleted_at, reso_key from contact where position('mass-${door}@' in contact::text) > 0`,
    );
    equal(status, 201, text);
    deepEqual(await lab.rows(`select count(*) from contact where org_id = 2`), others);
    const [row] = rows;
    ok(row && rows.length === 1, `${rows.length} rows, ${text}`);
    deepEqual([row.org_id, row.deleted_at], [1, null]);
    ok(Number(row.id) > 1 && row.reso_key !== FOREIGN.reso_key && Number(row.version) < 10);
    ok(row.created_at.getTime() >= before - 5_000);
  });
