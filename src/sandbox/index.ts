export { SANDBOX } from './credentials.ts';
export { DEMO_FOR_TESTS } from './demo-credentials.ts';
export { type TellOptions, tellStory } from './tell.ts';
export { hasStory } from './world.ts';
