export { Floods } from './floods.ts';
export { tooMany, TrackerRefusals } from './refusals.ts';
export { Senders, type TrackerSite } from './senders.ts';
export { trackedItem } from './tracked-item.ts';
