/** What the vendors' documents print; valid in the sandbox organisation and nowhere else (design §1). */
export const SANDBOX = {
  people: {
    agent: 'brianerwin@newkyhome.com',
    administrator: 'admin@portico.localhost',
    password: 'portico-sandbox',
  },
  dotloop: {
    clientId: '69bcf590-71b7-41a4-a039-a1d290edca11',
    clientSecret: '3415e381-bdc4-49b7-bde2-69b3c5cd6447',
    accessToken: '0b043f2f-2abe-4c9d-844a-3eb008dcba67',
    refreshToken: '19bfda68-ca62-480c-9c62-2ba408458fc7',
    scopes: ['account:read', 'profile:*', 'loop:*', 'contact:*', 'template:read'],
    redirectUris: ['http://localhost:3000/callback', 'http://127.0.0.1:3000/callback'],
  },
  reapit: {
    customer: 'SBOX',
    clientId: 'portico-sandbox',
    clientSecret: 'portico-sandbox-secret',
    /** signs in with the same password, and acts in the sandbox */
    developer: 'developer@portico.localhost',
    redirectUris: ['http://localhost:3000', 'http://localhost:3000/', 'http://localhost:3000/callback'],
    signOutUris: ['http://localhost:3000', 'http://localhost:3000/', 'http://localhost:3000/login'],
  },
  propertybase: {
    /** the site's host; below the house's own path the key alone opens it */
    domain: 'www.domain.com',
    key: 'xxxxxxxxxx',
    readOnlyKey: 'readonlyxxx',
  },
  spark: {
    agent: { key: 'sandbox_agent', secret: 'sandbox_agent_secret' },
    portal: { key: 'sandbox_portal', secret: 'sandbox_portal_secret' },
    idx: { key: 'sandbox_idx', secret: 'sandbox_idx_secret' },
    /** a personal token of the agent, for the explorer */
    accessToken: 'sandbox_agent_token',
    redirectUris: ['http://localhost:3000/callback', 'http://127.0.0.1:3000/callback'],
  },
} as const;
