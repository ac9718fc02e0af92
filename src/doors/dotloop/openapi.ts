import { Type } from 'typebox';
import type { ApiDescription } from '../../wire/openapi.ts';
import { Errors, OAuthError } from './contract/errors.ts';

/** The scopes in the words that a person reads (contracts/dotloop.md §2.6). */
const SCOPES = {
  'account:read': 'See your name, e-mail and account id',
  'profile:read': 'See your profiles',
  'profile:write': 'Create and change your profiles',
  'profile:*': 'See, create and change your profiles',
  'loop:read': 'See your loops with everything in them',
  'loop:write': 'Create and change loops and what is in them',
  'loop:*': 'See, create and change loops and what is in them',
  'contact:read': 'See your contacts',
  'contact:write': 'Create, change and delete your contacts',
  'contact:*': 'See, create, change and delete your contacts',
  'template:read': 'See your loop templates',
  'template:*': 'See your loop templates',
};

const errors = (description: string) => ({ description, schema: Errors });
const count = (description: string) => ({ description, schema: Type.Integer() });

/** What holds for every operation of this door. */
export const description = (publicUrl: string): ApiDescription => ({
  title: 'dotloop Public API v2',
  version: '2',
  description: 'Loops, their details, people, folders and documents, as clients of the dotloop Public API v2 know them.',
  servers: [`${publicUrl}/dotloop/public/v2`],
  security: {
    name: 'oauth2',
    scheme: {
      type: 'oauth2',
      flows: {
        authorizationCode: {
          authorizationUrl: `${publicUrl}/dotloop/oauth/authorize`,
          tokenUrl: `${publicUrl}/dotloop/oauth/token`,
          scopes: SCOPES,
        },
      },
    },
  },
  faults: {
    400: errors('Body, query or an id of the path is malformed.'),
    401: { description: 'No access token, an unknown or an expired one.', schema: OAuthError },
    403: errors('The token lacks the scope, or the profile is not yours or has no loops.'),
    404: errors('Not there, or not under the parent that the path names.'),
    422: errors('Well formed, but the state of the record does not allow it.'),
    429: errors('Over the rate limit: wait for the reset.'),
    500: errors('A defect, with the id of the request.'),
    503: errors('Database or file store are away for the moment.'),
  },
  headers: {
    'X-RateLimit-Limit': count('Calls a minute.'),
    'X-RateLimit-Remaining': count('Calls left.'),
    'X-RateLimit-Reset': count('Milliseconds until the reset.'),
  },
});
