import { Type } from 'typebox';
import { optional } from './fields.ts';

/** contracts/dotloop.md §3 [seed 15.2] */
export const Errors = Type.Object(
  {
    message: Type.String({ description: 'The first detail once more.' }),
    errors: Type.Array(
      Type.Object({
        code: Type.String(),
        source: optional(
          Type.Union([
            Type.Object({ pointer: Type.String({ examples: ['/data/attributes/profileid'] }) }),
            Type.Object({ parameter: Type.String({ examples: ['filter'] }) }),
          ]),
        ),
        detail: Type.String(),
      }),
      { minItems: 1 },
    ),
  },
  { $id: 'Errors' },
);

/** §2.7: a 401 is an object of strings and has no `errors` */
export const OAuthError = Type.Object(
  { error: Type.Enum(['invalid_token', 'unauthorized']), error_description: Type.String() },
  { $id: 'OAuthError' },
);
