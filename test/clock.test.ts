import { getEventListeners } from 'node:events';
import { setImmediate as turn } from 'node:timers/promises';
import { expect } from 'chai';
import { systemClock } from '../node/clock.ts';

describe('the clock of the system', () => {
  it('lets many wait until one signal without a warning, and lets them all go', async () => {
    const warnings: Error[] = [];
    const onWarning = (warning: Error): void => void warnings.push(warning);
    process.on('warning', onWarning);
    const abort = new AbortController();
    const waiting = Array.from({ length: 100 }, () => systemClock.sleep(60_000, abort.signal));
    const outcomes = Promise.allSettled(waiting);
    await turn();
    process.off('warning', onWarning);
    expect(warnings).to.deep.equal([]);
    const reason = new Error('it is over');
    abort.abort(reason);
    for (const outcome of await outcomes)
      expect(outcome).to.include({ status: 'rejected' }).and.to.have.property('reason', reason);
    expect(getEventListeners(abort.signal, 'abort')).to.have.length(0);
  });

  it('leaves nothing at the signal of a sleep that ended, and begins none when the signal came before', async () => {
    const abort = new AbortController();
    await systemClock.sleep(1, abort.signal);
    expect(getEventListeners(abort.signal, 'abort')).to.have.length(0);
    abort.abort(new Error('too late'));
    const outcome = await systemClock.sleep(60_000, abort.signal).catch((error: unknown) => error);
    expect(outcome).to.have.property('message', 'too late');
  });
});
