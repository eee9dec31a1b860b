import { expect } from 'chai';
import pino from 'pino';
import { silentLog } from '../../support/test-catalogue.ts';
import { behind, expectNoAccusations, expectTheSame, expectWithdrawn, hasSameUsage } from './convergence.ts';
import { Simulation } from './simulation.ts';

const NODES = 8;
const MINUTES = 4;
const HAPPENINGS = 100;
/** After everything is well again, records are the same everywhere by then. */
const RECORDS_WITHIN_MS = 2 * 60_000;
/** Usage is exchanged more seldom. */
const USAGE_WITHIN_MS = 30 * 60_000;

/** Where set, the seeds that are run: `NGR_FAULTS_SEED=4` or `4,5`. With `NGR_FAULTS_LOG` the nodes' logs are shown. */
const chosen = process.env['NGR_FAULTS_SEED']?.split(',').map(Number);

/** One test a seed: whatever happened to the nodes, they have the same of everything once all is well again. */
export function everythingHappens(seeds: readonly number[]): void {
  for (const seed of chosen ?? seeds) {
    it(`have the same of everything once all is well again (seed ${seed})`, async () => {
      const log = process.env['NGR_FAULTS_LOG'] === undefined ? silentLog : pino({ level: 'debug' });
      const simulation = new Simulation({ seed, nodes: NODES, log });
      try {
        await simulation.run({ minutes: MINUTES, happenings: HAPPENINGS });
        await simulation.heal();
        await simulation.passUntil(() => behind(simulation).length === 0, RECORDS_WITHIN_MS);
        expect(behind(simulation)).to.deep.equal([]);
        await simulation.passUntil(() => hasSameUsage(simulation), USAGE_WITHIN_MS);
        await expectTheSame(simulation);
        expect(await expectWithdrawn(simulation), 'withdrawals').to.be.greaterThan(0);
        expectNoAccusations(simulation);
      } catch (error) {
        console.error(simulation.story());
        throw error;
      } finally {
        await simulation.end();
      }
    });
  }
}
