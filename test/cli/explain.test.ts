import { expect } from 'chai';
import { errorLine, explain } from '../../node/cli/explain.ts';
import { StoreError } from '../../node/store/index.ts';
import { typed } from './typed.ts';

function systemError(code: string, more: object = {}): Error {
  return Object.assign(new Error(`${code}: something`), { code, ...more });
}

describe('an error', () => {
  const lines: readonly [error: Error, line: string][] = [
    [
      systemError('EADDRINUSE', { port: 8080 }),
      'ngr: Port 8080 is taken by another program. Name another with --port (web) or --p2p-port (other nodes), or stop that program. [PORT_TAKEN]',
    ],
    [
      systemError('ENOSPC'),
      'ngr: The disk is full. Free some space, or name a folder on another disk with --data. [DISK_FULL]',
    ],
    [
      systemError('EACCES', { path: '/var/ngr' }),
      'ngr: This user may not use /var/ngr. Give it the right to, or name another folder with --data or a port above 1023 with --port. [NO_RIGHTS]',
    ],
    [
      new StoreError('STORE_LOCKED', 'The data directory /d is in use by another NGR Node process.', {
        remedy: 'Stop the other process, or start this one with another --data directory.',
      }),
      'ngr: The data directory /d is in use by another NGR Node process. Stop the other process, or start this one with another --data directory. [STORE_LOCKED]',
    ],
  ];
  for (const [error, line] of lines) {
    it(`is one line that says what and how to mend it: ${line.slice(-14)}`, () => {
      expect(errorLine(explain(error))).to.equal(line);
    });
  }

  it('is found where it caused another', () => {
    const error = new Error('could not start', { cause: systemError('EADDRINUSE', { port: 4001 }) });
    expect(explain(error)).to.include({ code: 'PORT_TAKEN', exitCode: 1 });
  });

  it('that nobody thought of stays one line, however it was written', () => {
    expect(errorLine(explain(new TypeError('a\n  b')))).to.match(/^ngr: a b\. .+ \[UNEXPECTED\]$/);
    expect(explain('text')).to.include({ code: 'UNEXPECTED', message: 'text.' });
  });

  it('shows its stack, and that of its cause, only with --verbose', async () => {
    const startNode = (): Promise<never> => Promise.reject(new Error('outer', { cause: new Error('inner') }));
    const quiet = await typed(['start'], { startNode });
    expect(quiet.exitCode).to.equal(1);
    expect(quiet.stderr.split('\n')).to.have.length(2);
    const verbose = await typed(['start', '--verbose'], { startNode });
    expect(verbose.stderr).to.match(/Error: outer\n\s+at .+\nCaused by: Error: inner\n\s+at /s);
  });
});
