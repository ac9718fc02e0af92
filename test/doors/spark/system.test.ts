import { deepEqual, equal } from 'node:assert/strict';
import { describe, test } from 'node:test';
import { systemActor } from '../../../src/access/actor.ts';
import { zoneOffset } from '../../../src/doors/spark/map/system.ts';
import { type Lab, openLab } from '../../../src/testing/lab.ts';
import type { SparkCall } from '../../../src/testing/spark-client.ts';
import { keyOf } from './key-house.ts';
import { codeOf, JOHN_SMITH } from './note-house.ts';

const MLS = '20050101000000000000000000';
const WINTER = new Date('2018-01-15T12:00:00Z');
const SUMMER = new Date('2018-07-15T12:00:00Z');
const DISCLAIMER =
  'Listings are shown by consent of the Three Valleys Listing Exchange for personal, non-commercial use. Information is deemed reliable but is not guaranteed.';

type System = { Id: string; Name: string; Configuration: [Record<string, unknown>]; DisplayCompliance: unknown };
const systemOf = async (lab: Lab, call: SparkCall = {}) =>
  ((await lab.spark('/system', call)).body as { D: { Results: [System] } }).D.Results[0];

test('the whole of it, with the time as the house has it', async () => {
  await using lab = await openLab({ clock: { now: () => WINTER } });
  const answer = await lab.spark('/system');
  equal(answer.headers.get('cache-control'), 'private, no-store');
  const mustShow = { DisplayCompliance: ['ListOfficeName'] };
  deepEqual(answer.body, {
    D: {
      Success: true,
      Results: [
        {
          Id: '20080602130000000000000000',
          Name: 'Brian Erwin',
          Office: 'Oxford',
          OfficeId: '20050103090000000000000000',
          Company: 'Allen Realty',
          CompanyId: '20050101000001000000000000',
          Mls: 'Three Valleys Listing Exchange',
          MlsId: MLS,
          Configuration: [
            {
              FlexmlsProducts: [],
              PasswordReset: false,
              PasswordAlternativeUri: null,
              TimeZone: 'America/New_York',
              TimeZoneOffset: '-0500',
              TimeZoneAbbreviation: 'EST',
              IdxDisclaimer: DISCLAIMER,
              IdxDisclaimerTextOnly: DISCLAIMER,
              IdxLogo: '',
              IdxLogoSmall: '',
              MlsLogos: [],
              MapDefaultExtent: {
                StartLongitude: -85,
                StartLatitude: 38.4,
                EndLongitude: -80.5,
                EndLatitude: 42,
                SystemDefault: false,
              },
              CurrencyType: 'USD',
              OAuth2ServiceEndpointPortal: `${lab.url}/spark/auth/vow/brian-erwin`,
              OAuth2ServiceEndpointPrivate: `${lab.url}/spark/oauth2`,
              ExtendedActiveStatuses: { Enabled: false },
              ExtendedPendingStatuses: { Enabled: false },
            },
          ],
          DisplayCompliance: { [MLS]: { View: { Summary: mustShow, Detail: mustShow } } },
        },
      ],
    },
  });
  deepEqual((await lab.spark('/system?_select=Name')).body, {
    D: { Success: true, Results: [{ Id: '20080602130000000000000000', Name: 'Brian Erwin' }] },
  });
});

test('summer time, a portal that is off, settings of the organisation', async () => {
  await using lab = await openLab({ clock: { now: () => SUMMER } });
  const { orgs } = lab.house.stores.domain;
  await orgs.changeSettings(systemActor(1), {
    site: {
      disclaimer: 'Ours & <b>yours</b>\nonly',
      logo: 'https://example.com/idx.png',
      mlsLogos: [{ name: 'Three Valleys', uri: 'https://example.com/mls.png' }],
    },
  });
  await lab.spark('/portal', { method: 'PUT', json: { D: { Enabled: false } } });
  const [configuration] = (await systemOf(lab)).Configuration;
  deepEqual(
    [configuration.TimeZoneOffset, configuration.TimeZoneAbbreviation, configuration.OAuth2ServiceEndpointPortal],
    ['-0400', 'EDT', null],
  );
  equal(configuration.IdxDisclaimer, 'Ours &#38; &#60;b&#62;yours&#60;/b&#62;<br>only');
  equal(configuration.IdxDisclaimerTextOnly, 'Ours & <b>yours</b>\nonly');
  deepEqual(configuration.MlsLogos, [{ Name: 'Three Valleys', Uri: 'https://example.com/mls.png' }]);
  equal((configuration.MapDefaultExtent as { SystemDefault: boolean }).SystemDefault, true);
});

describe('roles', () => {
  test('everybody reads it as who they are, nobody writes it', async () => {
    await using lab = await openLab();
    for (const role of ['idx', 'public', 'vow', 'portal', 'private'] as const) {
      const as = await keyOf(lab, role);
      const { Id, Name } = await systemOf(lab, { as });
      const consumer = role === 'vow' || role === 'portal';
      deepEqual([Id, Name], consumer ? [JOHN_SMITH, 'John Smith'] : ['20080602130000000000000000', 'Brian Erwin'], role);
      for (const call of [{}, { json: { D: { TimeZone: 'UTC' } } }, { body: '{' }])
        equal(codeOf(await lab.spark('/system', { method: 'PUT', as, ...call })), '405/1018', role);
      equal(codeOf(await lab.spark('/system', { method: 'POST', as })), '405/405');
    }
    const { Name, Configuration } = await systemOf(lab, { as: 'demo' });
    deepEqual([Name, Configuration[0].TimeZone, Configuration[0].IdxDisclaimer], ['Dora Demers', 'America/Chicago', '']);
  });

  test('of keys are told to privileged private keys alone (E58)', async () => {
    await using lab = await openLab();
    const at = '2026-01-01T00:00:00Z';
    const names = ['idx', 'public', 'vow', 'portal', 'private'];
    const roles = names.map((Name, i) => ({
      Id: i + 1,
      ResourceUri: `/v1/developers/roles/${i + 1}`,
      Name,
      DataRole: true,
      ModificationTimestamp: at,
      CreatedTimestamp: at,
    }));
    deepEqual((await lab.spark('/developers/roles')).body, { D: { Success: true, Results: roles } });
    deepEqual((await lab.spark('/developers/roles/5')).body, { D: { Success: true, Results: [roles[4]] } });
    const page = await lab.spark('/developers/roles?_limit=2&_page=2&_pagination=1&_select=Name');
    deepEqual(page.body, {
      D: {
        Success: true,
        Results: roles.slice(2, 4).map(({ Id, ResourceUri, Name }) => ({ Id, ResourceUri, Name })),
        Pagination: { TotalRows: 5, PageSize: 2, TotalPages: 3, CurrentPage: 2 },
      },
    });
    const token = await lab.spark('/developers/roles?_limit=3&_skiptoken=3');
    deepEqual(token.body, { D: { Success: true, Results: roles.slice(3), SkipToken: '5' } });
    for (const id of ['0', '6', '01', 'idx', '1.0', '99999999999999999999', '%00'])
      equal(codeOf(await lab.spark(`/developers/roles/${id}`)), '404/404', id);
    for (const role of ['idx', 'public', 'vow', 'portal', 'private'] as const) {
      const as = await keyOf(lab, role);
      for (const path of ['/developers/roles', '/developers/roles/1', '/developers/roles/9'])
        equal(codeOf(await lab.spark(path, { as })), '403/1500', `${role} ${path}`);
    }
    equal(codeOf(await lab.spark('/developers/roles', { as: await keyOf(lab, 'idx', ['privileged']) })), '403/1500');
    equal(codeOf(await lab.spark('/developers/roles', { method: 'PUT', json: {} })), '405/405');
  });
});

test('offsets of zones', () => {
  deepEqual(
    ['UTC', 'Asia/Kolkata', 'America/St_Johns', 'Asia/Tokyo', 'Pacific/Marquesas'].map((zone) => zoneOffset(zone, WINTER)),
    ['+0000', '+0530', '-0330', '+0900', '-0930'],
  );
});
