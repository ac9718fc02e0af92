import { UPLOAD_PURPOSES } from '../../../domain/index.ts';
import { invalidMember } from '../../../kernel/fault.ts';
import { answerJson, operation, type Written } from '../desk.ts';
import { sevenDigits } from '../faults.ts';
import { writeAddress } from '../files/address.ts';

/** Addresses that files of 6 to 30 MB are sent to, before the record that takes them is made (contracts/reapit.md §1.15). */
export const signedUrls: readonly Written[] = UPLOAD_PURPOSES.map((purpose) =>
  operation(`${purpose}/signedUrl`, 'POST', `/${purpose}/signedUrl`, ({ domain, base }) => async ({ caller, body }) => {
    // amounts of money may have a fraction, and this one has the same name
    if (!Number.isInteger(body.amount))
      throw invalidMember('amount', 'value', 'The value provided for amount must be an integer');
    const { addresses, expiresAt } = await domain.uploads.giveOut(caller.actor, purpose, Number(body.amount));
    return answerJson({ urls: addresses.map((one) => writeAddress(base, one)), expiration: sevenDigits(expiresAt) }, 201);
  }),
);
