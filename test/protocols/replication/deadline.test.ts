import { setImmediate } from 'node:timers/promises';
import { expect } from 'chai';
import { withDeadline } from '../../../protocols/replication/index.ts';

const LONG_MS = 60_000;

describe('a deadline', () => {
  it('may be one of hundreds that end with one signal, without a warning of a leak', async () => {
    const warnings: string[] = [];
    const note = ({ name }: Error): number => warnings.push(name);
    process.on('warning', note);
    try {
      const end = new AbortController();
      const never = (signal: AbortSignal): Promise<void> =>
        new Promise((_, reject) => {
          signal.addEventListener('abort', () => reject(signal.reason as Error));
        });
      const all = Array.from({ length: 200 }, () => withDeadline(LONG_MS, end.signal, never));
      end.abort(new Error('the node stops'));
      const ended = await Promise.allSettled(all);
      await setImmediate();
      expect(ended.map(({ status }) => status)).to.not.include('fulfilled');
      expect(warnings).to.deep.equal([]);
    } finally {
      process.off('warning', note);
    }
  });
});
