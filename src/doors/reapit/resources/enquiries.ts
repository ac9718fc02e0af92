import { column, extra } from '../../../wire/resource/mapping.ts';
import { declare } from '../desk.ts';

export const enquiries = declare('enquiries', ({ domain }) => ({
  source: domain.records.enquiry,
  fields: {
    forename: column('first_name'),
    surname: column('last_name'),
    enquiryType: column('kind'),
    leadNegotiatorId: extra({ noun: 'member' }),
    createdPropertyId: extra({ noun: 'property' }),
  },
  idType: 'number' as const,
}));
