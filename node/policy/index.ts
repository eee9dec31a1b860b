/** The institution's open access policy, those of the network, and how they compare. */
export { comparePolicies, type Comparison } from './comparison.ts';
export { Policies } from './policies.ts';
export { PolicyExchange, type Publisher } from './policy-exchange.ts';
