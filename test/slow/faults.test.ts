import { everythingHappens } from '../federation/faults/everything-happens.ts';

const SEEDS = [1, ...Array.from({ length: 8 }, (_, i) => 101 + i)];

describe('eight nodes to which everything happens, more often', () => {
  everythingHappens(SEEDS);
});
