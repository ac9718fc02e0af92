import type { ListingParty, OutsideAgent, OutsideOffice } from '../../../domain/index.ts';
import { primaryPhone } from '../../../domain/index.ts';
import type { AgentPart, OfficePart } from '../standard-fields.ts';

type Parts<P extends string> = Readonly<Record<P, string | null>>;
type Points = ListingParty['contact_points'];

const EXTENSION = /^(.*?)\s*(?:x|ext\.?|extension)\s*(\d{1,8})$/i;
/** `(513) 555-0100 x12` → the number, and its extension. Numbers are short; what is longer is no number. */
function splitPhone(value: string | null | undefined): readonly [number: string | null, extension: string | null] {
  if (!value) return [null, null];
  const found = value.length > 60 ? null : EXTENSION.exec(value.trim());
  return found ? [found[1] || null, found[2] ?? null] : [value, null];
}

const phoneOf = (points: Points, ...kinds: readonly Points[number]['kind'][]): string | null => {
  for (const kind of kinds) {
    const point = points.find(({ via, kind: of }) => via === 'phone' && of === kind);
    if (point) return point.value;
  }
  return null;
};

const NO_AGENT: Parts<AgentPart> = {
  FirstName: null,
  MiddleName: null,
  LastName: null,
  PreferredPhone: null,
  PreferredPhoneExt: null,
  OfficePhone: null,
  OfficePhoneExt: null,
  CellPhone: null,
  DirectPhone: null,
  TollFreePhone: null,
  Fax: null,
  Pager: null,
  VoiceMail: null,
  VoiceMailExt: null,
  Email: null,
  URL: null,
  StateLicense: null,
  Designation: null,
};

/** A member of the brokerage, else the agent that the MLS named, else nobody. */
export function agentParts(member: ListingParty | undefined, outside: OutsideAgent | undefined): Parts<AgentPart> {
  if (!member)
    return {
      ...NO_AGENT,
      FirstName: outside?.first_name ?? null,
      LastName: outside?.last_name ?? null,
      PreferredPhone: outside?.phone ?? outside?.mobile ?? null,
      OfficePhone: outside?.phone ?? null,
      CellPhone: outside?.mobile ?? null,
      Email: outside?.email ?? null,
      StateLicense: outside?.license ?? null,
    };
  const points = member.contact_points;
  const [preferred, preferredExtension] = splitPhone(primaryPhone(points));
  const [office, officeExtension] = splitPhone(phoneOf(points, 'work', 'main'));
  const [voiceMail, voiceMailExtension] = splitPhone(phoneOf(points, 'voicemail'));
  return {
    FirstName: member.first_name,
    MiddleName: member.middle_name,
    LastName: member.last_name,
    PreferredPhone: preferred,
    PreferredPhoneExt: preferredExtension,
    OfficePhone: office,
    OfficePhoneExt: officeExtension,
    CellPhone: phoneOf(points, 'mobile'),
    DirectPhone: phoneOf(points, 'direct'),
    TollFreePhone: phoneOf(points, 'tollfree'),
    Fax: phoneOf(points, 'fax'),
    Pager: phoneOf(points, 'pager'),
    VoiceMail: voiceMail,
    VoiceMailExt: voiceMailExtension,
    Email: member.email,
    URL: member.website_url,
    StateLicense: member.license_number,
    Designation: member.job_title,
  };
}

export function officeParts(office: ListingParty | undefined, outside: OutsideOffice | undefined): Parts<OfficePart> {
  const points = office?.contact_points ?? [];
  const [phone, extension] = splitPhone(office ? phoneOf(points, 'main', 'work') : outside?.phone);
  return {
    Name: office?.name ?? outside?.name ?? null,
    Phone: phone,
    PhoneExt: extension,
    Fax: phoneOf(points, 'fax'),
    Email: office?.email ?? outside?.email ?? null,
    URL: office?.website_url ?? null,
  };
}
