import type { Address, LoggedEvent } from '../../../domain/index.ts';
import { isObject } from '../../../wire/resource/spec.ts';
import { showAddress } from '../map/address.ts';

type Model = Readonly<Record<string, unknown>>;

const text = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);

/** `RES`, or `RES-GOGO` for a group of the customer's offices. */
export const customerOf = ({ changed }: LoggedEvent): string => {
  const customer = isObject(changed.customer) ? changed.customer : {};
  return [customer.code, changed.office_group].map(text).filter(Boolean).join('-');
};

/** What is told of an installation (contracts/reapit.md §3.2). An application has one id, so the internal one is the same. */
export function installationModel(event: LoggedEvent): Model {
  const { changed, org_id } = event;
  const customer = isObject(changed.customer) ? changed.customer : {};
  const address = showAddress((isObject(customer.address) ? customer.address : {}) as Address);
  return {
    customerId: customerOf(event),
    organisationId: String(org_id),
    customerName: text(customer.name),
    applicationName: text(changed.name),
    applicationId: text(changed.client_id),
    internalAppId: text(changed.client_id),
    customerAddress: {
      hseName: text(address?.buildingName),
      hseNo: text(address?.buildingNumber),
      address1: text(address?.line1),
      address2: text(address?.line2),
      address3: text(address?.line3),
      address4: text(address?.line4),
      postcode: text(address?.postcode),
      country: text(address?.countryId),
    },
    customerEmail: text(customer.email),
  };
}
