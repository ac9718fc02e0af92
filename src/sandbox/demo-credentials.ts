/**
 * The way into the second brokerage (domain-people §4.3). No document prints it: it is there for the tests of separation, which meet
 * the same ids on the other side.
 */
export const DEMO_FOR_TESTS = {
  organisation: { id: 2, code: 'DEMO' },
  people: {
    agent: 'dora.demers@northgate.example',
    broker: 'hugh.alder@northgate.example',
    /** a login without member */
    administrator: 'office@northgate.example',
    password: 'northgate-for-tests',
  },
  dotloop: {
    clientId: 'd2a1f0c4-6b1e-4c0e-9d53-7f2f3e0b8a11',
    clientSecret: '9a0b6d1e-57c3-4e0f-8f43-2c1de7a94b02',
    accessToken: '5e1c9b70-3d24-4f7a-a6c8-1b0e92d7f3a4',
    refreshToken: 'c83f7a15-9e60-4b1d-8d2f-6a45e0c1b972',
    redirectUris: ['http://127.0.0.1:3001/callback'],
  },
  spark: { agent: { key: 'northgate_agent', secret: 'northgate_agent_secret' } },
} as const;
