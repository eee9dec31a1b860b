import { createGzip } from 'node:zlib';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { expect } from 'chai';
import { readFileNamed, titlesOf, told } from './a-folder.ts';

const MEGABYTE = 1024 * 1024;
const UNFOLDED = 256 * MEGABYTE;
/** Far less than what is in the file; the collector of garbage has its own times. */
const MOST_HELD = 200 * MEGABYTE;

function* aRecordAndOneEndlessLine(): Generator<Buffer> {
  yield Buffer.from('{"id":"0","title":"T0"}\n{"id":"1","title":"');
  const piece = Buffer.alloc(MEGABYTE, 'x');
  for (let written = 0; written < UNFOLDED; written += MEGABYTE) yield piece;
  yield Buffer.from('"}\n{"id":"2","title":"T2"}\n');
}

describe('a packed file that unfolds without end', () => {
  it('is read as it unfolds: what is too long is refused, and never held', async () => {
    const bomb = await buffer(Readable.from(aRecordAndOneEndlessLine()).pipe(createGzip({ level: 1 })));
    expect(bomb.length).to.be.below(2 * MEGABYTE);
    const before = process.memoryUsage().rss;
    const { items, problems } = await readFileNamed('a.jsonl.gz', bomb);
    expect(process.memoryUsage().rss - before).to.be.below(MOST_HELD);
    expect(Object.values(titlesOf(items))).to.deep.equal(['T0', 'T2']);
    expect(told(problems)).to.deep.equal(['error FILE_ENTRY_TOO_LONG a.jsonl.gz:2']);
  });
});
