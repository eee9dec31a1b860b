import { everythingHappens } from '../federation/faults/everything-happens.ts';

const SEEDS = Array.from({ length: 8 }, (_, i) => 101 + i);

describe('eight nodes to which everything happens, more often', function () {
  this.timeout(120_000);
  everythingHappens(SEEDS);
});
