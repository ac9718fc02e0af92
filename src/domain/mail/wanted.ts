/**
 * Whether somebody wants the mail `m`: a lead that is still there and has not said no (domain-people §3.2), anybody else who has not
 * refused mails of that kind.
 */
export const wantedSql = (m: string): string =>
  `(${m}.contact_id is null or exists (select from contact c where c.org_id = ${m}.org_id and c.id = ${m}.contact_id and c.deleted_at is null
      and c.lead_deleted_at is null and c.marketing_consent <> 'deny' and c.pref_email is distinct from false))
   and not exists (select from mail_refusal r where r.org_id = ${m}.org_id and r.address_key = lower(${m}.recipient) and r.kind = ${m}.kind)`;
