export { MACHINE_BEHAVIOUR, type MachineBehaviour } from './behaviour.ts';
export { readCountries, UNKNOWN_COUNTRY, type Countries } from './countries.ts';
export { UsageError } from './errors.ts';
export type { UsageEvent } from './event.ts';
export { usageFigures } from './figures.ts';
export type * from './metrics.ts';
export { isbotList, readRobotList, type RobotList } from './robots.ts';
export type { Sessions } from './session-teller.ts';
export { Usage, type UsageOptions } from './usage.ts';
