import type { AppOperation } from './contract.ts';

/** What Fastify checks of a request before its route is asked. */
export const schemaOf = ({ params, query, body }: AppOperation) => ({
  ...(params && { params }),
  ...(query && { querystring: query }),
  ...(body && { body }),
});
