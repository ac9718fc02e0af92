import { CLAIMS } from './claims.ts';
import { RESPONSE_TYPES } from './provider.ts';
import { SCOPES } from './scopes.ts';

/** `/.well-known/openid-configuration` (contracts/spark.md §4.4: E08): what is really served, and nothing else. */
export const discoveryOf = (issuer: string) => ({
  issuer,
  authorization_endpoint: `${issuer}/openid/authorize`,
  token_endpoint: `${issuer}/openid/token`,
  userinfo_endpoint: `${issuer}/openid/userinfo`,
  revocation_endpoint: `${issuer}/openid/revoke`,
  jwks_uri: `${issuer}/openid/jwks.json`,
  response_types_supported: [...RESPONSE_TYPES],
  response_modes_supported: ['query', 'fragment'],
  grant_types_supported: ['authorization_code', 'refresh_token', 'client_credentials', 'implicit'],
  subject_types_supported: ['public'],
  id_token_signing_alg_values_supported: ['RS256'],
  scopes_supported: Object.keys(SCOPES),
  claims_supported: [
    'sub',
    'iss',
    ...Object.values(CLAIMS)
      .flat()
      .filter((claim) => claim !== 'sub'),
  ],
  claims_parameter_supported: true,
  request_parameter_supported: false,
  request_uri_parameter_supported: false,
  token_endpoint_auth_methods_supported: ['client_secret_post', 'client_secret_basic'],
  revocation_endpoint_auth_methods_supported: ['client_secret_post', 'client_secret_basic'],
  code_challenge_methods_supported: ['S256'],
  authorization_response_iss_parameter_supported: true,
});
