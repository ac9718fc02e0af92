import type { Desk } from '../desk.ts';
import { enumerations } from '../lists.ts';
import type { Operation } from '../operation.ts';

/** One object of lists (contracts/propertybase.md §3.4). */
export const leadEnumerations = (desk: Desk): Operation[] =>
  ['/lead_enumerations', '/leads/enumerations'].map((path, nth) => ({
    method: 'GET',
    path,
    operationId: nth === 0 ? 'lead_enumerations' : 'lead_enumerations_of_leads',
    resource: 'lead_enumerations',
    permission: 'leads',
    right: 'r',
    deed: 'find',
    subject: 'Lead enumerations',
    listed: false,
    handle: async ({ caller }) => ({
      status: 200,
      json: { status: 'success', message: 'Lead enumerations found', data: await enumerations(desk, caller) },
    }),
  }));
