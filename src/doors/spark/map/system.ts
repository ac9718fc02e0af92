import type { Account, BookEntry, MapExtent, OrganisationFacts, Portal } from '../../../domain/index.ts';
import { shownName } from '../../../domain/index.ts';
import { offsetAt } from '../../../kernel/dates.ts';
import type { System } from '../contract/system.ts';

/** The contiguous United States: where a map opens for a brokerage that has set nothing. */
const ANYWHERE: MapExtent = { west: -124.8, south: 24.4, east: -66.9, north: 49.4 };

/** A site says whose listing it is, in lists and on its own page. Clients read both unchecked. */
const MUST_SHOW = { DisplayCompliance: ['ListOfficeName'] };

const two = (n: number) => String(n).padStart(2, '0');

/** `-0500`: now, so summer time is in it. */
export function zoneOffset(timeZone: string, at: Date): string {
  const minutes = offsetAt(timeZone, at);
  const size = Math.abs(minutes);
  return `${minutes < 0 ? '-' : '+'}${two(Math.floor(size / 60))}${two(size % 60)}`;
}

/** `EST` where people have such a word, else `GMT+1`. */
const zoneAbbreviation = (timeZone: string, at: Date): string =>
  new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'short' })
    .formatToParts(at)
    .find(({ type }) => type === 'timeZoneName')?.value ?? 'UTC';

const escaped = (text: string) => text.replace(/[&<>"']/g, (sign) => `&#${sign.codePointAt(0)};`).replace(/\r\n|\r|\n/g, '<br>');

const toExtent = (extent: MapExtent | undefined) => {
  const { west, south, east, north } = extent ?? ANYWHERE;
  return {
    StartLongitude: west,
    StartLatitude: south,
    EndLongitude: east,
    EndLatitude: north,
    SystemDefault: extent === undefined,
  };
};

type Facts = {
  readonly organisation: OrganisationFacts;
  readonly account: Account;
  /** the caller, where that is no account of the organisation */
  readonly consumer: BookEntry | undefined;
  /** of the account */
  readonly portal: Portal | undefined;
  /** absolute address of this door */
  readonly base: string;
  readonly now: Date;
};

/** Who calls, and how the MLS is set up (contracts/spark.md §10.4). */
export function toSystem({ organisation, account, consumer, portal, base, now }: Facts): System {
  const { time_zone, base_currency, settings } = organisation;
  const { disclaimer = '', logo = '', smallLogo = '', mlsLogos = [], map } = settings.site ?? {};
  return {
    Id: consumer?.reso_key ?? account.reso_key,
    Name: consumer ? shownName(consumer) : account.name,
    Office: account.office_name,
    OfficeId: account.office_key,
    Company: account.company_name,
    CompanyId: account.company_key,
    Mls: account.mls_name,
    MlsId: account.mls_key,
    Configuration: [
      {
        FlexmlsProducts: [],
        PasswordReset: false,
        PasswordAlternativeUri: null,
        TimeZone: time_zone,
        TimeZoneOffset: zoneOffset(time_zone, now),
        TimeZoneAbbreviation: zoneAbbreviation(time_zone, now),
        // Sites put the first into their pages as it is.
        IdxDisclaimer: escaped(disclaimer),
        IdxDisclaimerTextOnly: disclaimer,
        IdxLogo: logo,
        IdxLogoSmall: smallLogo,
        MlsLogos: mlsLogos.map(({ name, uri }) => ({ Name: name, Uri: uri })),
        MapDefaultExtent: toExtent(map),
        CurrencyType: base_currency,
        // The name stands in the address, and its pages are there while the portal is enabled.
        OAuth2ServiceEndpointPortal: portal?.enabled ? `${base}/auth/vow/${portal.name}` : null,
        OAuth2ServiceEndpointPrivate: `${base}/oauth2`,
        ExtendedActiveStatuses: { Enabled: false },
        ExtendedPendingStatuses: { Enabled: false },
      },
    ],
    DisplayCompliance: account.mls_key === null ? {} : { [account.mls_key]: { View: { Summary: MUST_SHOW, Detail: MUST_SHOW } } },
  };
}
