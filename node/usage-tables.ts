/** The tables of use that a node gives as CSV, to its commands and at `/usage`; those of the network begin with its name. */
export const usageTables = [
  'months',
  'items',
  'types',
  'languages',
  'user-countries',
  'network-months',
  'network-institutions',
  'network-countries',
  'network-types',
  'network-languages',
  'network-user-countries',
  'coverage',
] as const;
export type UsageTable = (typeof usageTables)[number];
