import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { Ledger } from '../../node/notifications/ledger.ts';
import { defaultInboxLimits } from '../../node/notifications/index.ts';
import { openStore } from '../../node/store/index.ts';

const PROCESS = fileURLToPath(new URL('./answers-until-killed.ts', import.meta.url));

describe('what was acknowledged of notifications', () => {
  it('is there after SIGKILL at any moment, and each answer with the request that it answers', async function () {
    this.timeout(60_000);
    const directory = await mkdtemp(join(tmpdir(), 'ngr-test-'));
    try {
      for (const killAfter of [1, 50, 333]) {
        const acknowledged = await answersUntil(directory, killAfter);
        const store = await openStore(directory);
        const ledger = new Ledger({ section: store.section('notifications'), limits: defaultInboxLimits });
        for (const [word, id] of acknowledged) {
          const row = await ledger.rows.get(id);
          expect(row?.state, id).to.be.oneOf(word === 'accepted' ? ['accepted'] : ['waiting', 'accepted']);
          expect(await ledger.rows.body(id)).to.be.instanceOf(Uint8Array);
        }
        await expectWhole(ledger);
        await store.close();
      }
    } finally {
      await rm(directory, { recursive: true, force: true });
    }
  });
});

/** A request is answered, its conversation has moved and the answer waits to be sent; or none of this. */
async function expectWhole(ledger: Ledger): Promise<void> {
  const answers = new Map<string | undefined, string>();
  const due = new Set((await ledger.rows.due(Infinity, 10_000)).rows.map(({ id }) => id));
  for await (const { id, conversation, state } of ledger.rows.all('sent')) {
    expect(state).to.equal('pending');
    expect(due.has(id)).to.equal(true);
    answers.set(conversation, id);
  }
  for await (const { id, state } of ledger.rows.all('received')) {
    const conversation = await ledger.conversations.get(id);
    expect(conversation?.state).to.equal(state === 'accepted' ? 'accepted' : 'offered');
    expect(answers.has(id)).to.equal(state === 'accepted');
    expect(conversation?.moves.at(-1)?.notification).to.equal(answers.get(id) ?? id);
  }
}

/** Kills the process when it has printed so many lines; what it still printed before it died counts too. */
async function answersUntil(directory: string, lines: number): Promise<(readonly [string, string])[]> {
  const child = spawn(process.execPath, ['--import', 'tsx', PROCESS, directory], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const acknowledged: (readonly [string, string])[] = [];
  const output = createInterface({ input: child.stdout });
  let seen = 0;
  output.on('line', (line) => {
    const [word = '', id] = line.split(' ');
    if (id?.length === 26) acknowledged.push([word, id]);
    if (++seen === lines) child.kill('SIGKILL');
  });
  await once(output, 'close');
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  expect(child.signalCode).to.equal('SIGKILL');
  return acknowledged;
}
