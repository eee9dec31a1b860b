import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';

const demo = fileURLToPath(new URL('../../../dist/scripts/demo/demo.js', import.meta.url));

describe('the demo', () => {
  it('tells its story to the end: records of three, works of two, a withdrawal everywhere', async () => {
    const child = spawn(process.execPath, [demo, '--once'], { stdio: ['ignore', 'pipe', 'pipe'] });
    const [out, complaints]: [Buffer[], Buffer[]] = [[], []];
    child.stdout.on('data', (chunk: Buffer) => out.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => complaints.push(chunk));
    const code = await new Promise((resolve) => child.once('exit', resolve));
    const story = Buffer.concat(out).toString();
    expect(code, story + Buffer.concat(complaints).toString()).to.equal(0);
    expect(story.match(/holds \d+ records of 3 institutions/g)).to.have.length(3);
    expect(story).to.match(/also at localhost:\d+, because of doi:/);
    expect(story).to.match(/Related items from other institutions:\n {4}“/);
    expect(story.match(/answers 410 Gone after \d+ ms/g)).to.have.length(3);
  });
});
