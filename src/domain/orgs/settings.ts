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
const rate: Kind = {
  form: 'a number above 0',
  read: (text) => (/^\d{1,9}(\.\d{1,9})?$/.test(text) && Number(text) > 0 ? Number(text) : undefined),
};

/** Settings that an administrator changes one by one, by their place; `currencyRates` has one for each currency. */
export const SETTINGS: Readonly<Record<string, Kind>> = {
  'pictures.largestWidth': whole(160, 2048),
  'currencyRates.<currency>': rate,
  'listings.maxPriceIncreasePercent': whole(0, 100_000),
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

/** The settings with one more, or for undefined without it. @throws Fault invalid for a setting that is none */
export function withSetting(settings: OrganisationSettings, place: string, value: unknown): OrganisationSettings {
  kindOf(place);
  const [group = '', name = ''] = place.split('.');
  const { [name]: _, ...others } =
    (settings as Readonly<Record<string, Readonly<Record<string, unknown>> | undefined>>)[group] ?? {};
  return { ...settings, [group]: value === undefined ? others : { ...others, [name]: value } };
}
