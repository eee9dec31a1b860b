import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { Ledger } from '../../../node/notifications/ledger.ts';
import { defaultInboxLimits } from '../../../node/notifications/index.ts';
import { openStore } from '../../../node/store/index.ts';
import { linesUntilKilled } from './lines-until-killed.ts';

describe('what was acknowledged of notifications', () => {
  it('is there after SIGKILL at any moment, and each answer with the request that it answers', async () => {
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

async function answersUntil(directory: string, lines: number): Promise<(readonly [string, string])[]> {
  const printed = await linesUntilKilled('./answers-until-killed.ts', { args: [directory], lines });
  return printed.flatMap((line) => {
    const [word = '', id] = line.split(' ');
    return id?.length === 26 ? [[word, id] as const] : [];
  });
}
