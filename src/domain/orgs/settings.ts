import { invalidMember } from '../../kernel/fault.ts';
import type { OrganisationSettings } from './types.ts';

type Kind = { readonly form: string; read(text: string): unknown };

const yesOrNo: Kind = { form: 'true or false', read: (text) => ({ true: true, false: false })[text] };
const plainText: Kind = { form: 'a text', read: (text) => text };
const webAddress: Kind = {
  form: 'an address that begins with http:// or https://',
  read: (text) => (URL.canParse(text) && /^https?:$/.test(new URL(text).protocol) ? text : undefined),
};
const whole = (least: number, most: number): Kind => ({
  form: `a whole number from ${least} to ${most}`,
  read: (text) => (/^\d{1,9}$/.test(text) && Number(text) >= least && Number(text) <= most ? Number(text) : undefined),
});
const orNone = ({ form, read }: Kind): Kind => ({
  form: `${form}, or none`,
  read: (text) => (text === 'none' ? null : read(text)),
});
const word = (...words: readonly string[]): Kind => ({
  form: `one of ${words.join(', ')}`,
  read: (text) => (words.includes(text) ? text : undefined),
});
const rowId: Kind = { form: 'an id', read: (text) => (/^[1-9]\d{0,14}$/.test(text) ? Number(text) : undefined) };
const rate: Kind = {
  form: 'a number above 0',
  read: (text) => (/^\d{1,9}(\.\d{1,9})?$/.test(text) && Number(text) > 0 ? Number(text) : undefined),
};

/** Settings that an administrator changes one by one, by their place; `currencyRates` has one for each currency. */
export const SETTINGS: Readonly<Record<string, Kind>> = {
  'pictures.largestWidth': whole(160, 2048),
  'currencyRates.<currency>': rate,
  'listings.maxPriceIncreasePercent': orNone(whole(0, 100_000)),
  'propertybase.strictJson': yesOrNo,
  'propertybase.requireHttps': yesOrNo,
  'propertybase.listLimit': whole(1, 10_000),
  'propertybase.bodyLimit': whole(65_536, 67_108_864),
  'propertybase.phoneOnlyLeads': yesOrNo,
  'propertybase.primaryBrokerId': rowId,
  'propertybase.unmatchedLeads': word('unassigned', 'open', 'roundRobin'),
  'propertybase.followUp.enabled': yesOrNo,
  'propertybase.followUp.hours': whole(1, 8_760),
  'reapit.useSoldStc': yesOrNo,
  'reapit.useMarketAppraisal': yesOrNo,
  'site.disclaimer': plainText,
  'site.logo': webAddress,
  'site.smallLogo': webAddress,
  'spark.sessionOverlapMinutes': whole(0, 1440),
  'spark.requirePortalAccount': yesOrNo,
  'spark.noteLength': whole(4_000, 1_000_000),
};

/** @throws Fault invalid for a setting that is none */
function kindOf(place: string): Kind {
  const known = place.replace(/^currencyRates\.[A-Z]{3}$/, 'currencyRates.<currency>');
  const kind = Object.hasOwn(SETTINGS, known) && !place.includes('<') ? SETTINGS[known] : undefined;
  if (!kind) throw invalidMember(place, 'value', `${place} is no setting`);
  return kind;
}

/** @throws Fault invalid for a setting that is none, and for a value that is not of its form */
export function readSetting(place: string, text: string): unknown {
  const kind = kindOf(place);
  const value = kind.read(text);
  if (value === undefined) throw invalidMember(place, 'value', `${place} is ${kind.form}`);
  return value;
}

type Group = Readonly<Record<string, unknown>>;

function withMember(group: Group, [name = '', ...deeper]: readonly string[], value: unknown): Group {
  const { [name]: held, ...others } = group;
  if (deeper.length > 0) return { ...others, [name]: withMember((held ?? {}) as Group, deeper, value) };
  return value === undefined ? others : { ...others, [name]: value };
}

/** The settings with one more, or for undefined without it. @throws Fault invalid for a setting that is none */
export function withSetting(settings: OrganisationSettings, place: string, value: unknown): OrganisationSettings {
  kindOf(place);
  return withMember(settings, place.split('.'), value);
}
