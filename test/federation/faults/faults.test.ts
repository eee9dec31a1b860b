import { everythingHappens } from './everything-happens.ts';

describe('eight nodes to which everything happens', () => {
  everythingHappens([2]);
});
