import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { MisbehavingFileServer } from '../../support/misbehaving-file-server.ts';
import { aPdf, anArticle } from '../../support/pdf.ts';
import { until } from '../../support/until.ts';

const PROCESS = fileURLToPath(new URL('./visits-until-killed.ts', import.meta.url));
const RECORDS = 20;

describe('full texts after SIGKILL', () => {
  it('go on where they were: everything is fetched, and hardly anything twice', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'ngr-test-'));
    const server = await MisbehavingFileServer.start();
    for (let n = 0; n < RECORDS; n += 1) {
      server.put(`/${n}.pdf`, { type: 'application/pdf', body: await aPdf([anArticle(`plankton${n}`)]) });
    }
    try {
      const kills = [2, 11];
      for (const after of kills) expect(await visit(directory, server, after)).to.equal('killed');
      const lines = await visit(directory, server);
      expect(lines.trim().split('\n')).to.deep.equal(
        Array.from({ length: RECORDS }, (_, n) => `${n} extracted true`),
      );
      // The one that was under way each time.
      expect(server.asked).to.have.length.within(RECORDS, RECORDS + kills.length);
    } finally {
      await server.close();
      await rm(directory, { recursive: true, force: true });
    }
  });
});

/** Kills the process when so many files have been asked for; else gives what it prints at its end. */
async function visit(directory: string, server: MisbehavingFileServer, killAfter?: number): Promise<string> {
  const args = ['--import', 'tsx', PROCESS, directory, server.url, String(RECORDS)];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const exit = once(child, 'exit');
  const output = text(child.stdout);
  if (killAfter !== undefined) {
    await until(`${killAfter} files are asked for`, () => server.asked.length >= killAfter);
    child.kill('SIGKILL');
  }
  await exit;
  return child.signalCode === 'SIGKILL' ? 'killed' : await output;
}
