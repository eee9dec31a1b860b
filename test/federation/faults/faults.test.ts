import { everythingHappens } from './everything-happens.ts';

describe('eight nodes to which everything happens', function () {
  this.timeout(120_000);
  everythingHappens([1, 2]);
});
