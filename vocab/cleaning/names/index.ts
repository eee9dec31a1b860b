export { cleanAgents } from './agents.ts';
export { isOrcid } from './remarks.ts';
