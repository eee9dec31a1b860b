import { expect } from 'chai';
import fc from 'fast-check';
import {
  isUse,
  LineReader,
  lineRefusals,
  LogLines,
  LONGEST_LINE,
} from '../../../protocols/access-log/index.ts';

const read = (line: string): ReturnType<LineReader['read']> =>
  new LineReader().read(Buffer.from(line).toString('latin1'));
const REQUEST = '"GET /a HTTP/1.1" 200 5';
const combined = (
  parts: { address?: string; time?: string; request?: string; agent?: string } = {},
): string => {
  const {
    address = '192.0.2.7',
    time = '21/Nov/2026:10:00:00 +0000',
    request = REQUEST,
    agent = 'Mozilla/5.0',
  } = parts;
  return `${address} - - [${time}] ${request} "https://r.example/" "${agent}"`;
};
const NOON = Date.UTC(2026, 10, 21, 10);

describe('a line of a log', () => {
  it('is read in the combined format', () => {
    expect(read(combined())).to.deep.equal({
      address: '192.0.2.7',
      time: NOON,
      method: 'GET',
      path: '/a',
      status: 200,
      agent: 'Mozilla/5.0',
    });
  });

  it('is read in the common format, which keeps no agent', () => {
    expect(read(`192.0.2.7 - frank [21/Nov/2026:10:00:00 +0000] ${REQUEST}`)).to.include({
      path: '/a',
      agent: undefined,
    });
  });

  it('is read behind a virtual host, and with what a server adds at its end', () => {
    expect(read(`r.example:443 ${combined()} "203.0.113.9" 0.004`)).to.include({
      address: '192.0.2.7',
      agent: 'Mozilla/5.0',
    });
  });

  for (const [time, zone] of [
    ['21/Nov/2026:10:00:00 +0000', 'UTC'],
    ['21/Nov/2026:11:00:00 +0100', 'Vienna'],
    ['21/Nov/2026:05:00:00 -0500', 'Lima'],
    ['21/Nov/2026:15:45:00 +0545', 'Kathmandu'],
    ['20/Nov/2026:22:30:00 -1130', 'behind the date line'],
  ] as const)
    it(`has the same time in ${zone}`, () => expect(read(combined({ time }))).to.include({ time: NOON }));

  it('may follow one of another day', () => {
    const reader = new LineReader();
    const times = ['21/Nov/2026', '22/Nov/2026', '01/Jan/2027', '21/Nov/2026'].map(
      (day) => (reader.read(combined({ time: `${day}:10:00:00 +0000` })) as { time: number }).time,
    );
    expect(times).to.deep.equal([NOON, NOON + 86_400_000, Date.UTC(2027, 0, 1, 10), NOON]);
  });

  for (const [address, is] of [
    ['2001:db8::7', '2001:db8::7'],
    ['::1', '::1'],
    ['::ffff:192.0.2.9', '192.0.2.9'],
  ] as const)
    it(`may come from ${address}`, () => expect(read(combined({ address }))).to.include({ address: is }));

  it('may have quotation marks in agent and referrer, escaped', () => {
    const line = combined({ agent: String.raw`a \"quoted\" agent\\` }).replace(
      'https://r.example/',
      String.raw`x\"y`,
    );
    expect(read(line)).to.include({ agent: String.raw`a \"quoted\" agent\\` });
  });

  it('may name a user with brackets and spaces', () => {
    expect(read(combined().replace('- - [', '- a [b] c ['))).to.include({ path: '/a', time: NOON });
  });

  it('may hold a whole address in its request', () => {
    expect(read(combined({ request: '"GET http://r.example/a?b=1 HTTP/1.1" 200 5' }))).to.include({
      path: '/a?b=1',
    });
  });

  it('without an agent is told from one whose agent is a dash', () => {
    expect(read(combined({ agent: '-' }))).to.include({ agent: '' });
    expect(read(combined({ agent: '' }))).to.include({ agent: '' });
  });

  for (const [what, line, code] of [
    ['cut in its address', '192.0.', 'LOG_LINE_CUT'],
    ['cut in its time', '192.0.2.7 - - [21/Nov/20', 'LOG_LINE_CUT'],
    ['cut in its request', combined().slice(0, 60), 'LOG_LINE_CUT'],
    [
      'cut before its size',
      `192.0.2.7 - - [21/Nov/2026:10:00:00 +0000] "GET /a HTTP/1.1" 200 `,
      'LOG_LINE_CUT',
    ],
    ['cut in its referrer', combined().slice(0, -30), 'LOG_LINE_CUT'],
    ['cut in its agent', combined().slice(0, -1), 'LOG_LINE_CUT'],
    ['from an address that is none', combined({ address: '999.1.2.3' }), 'LOG_LINE_ADDRESS'],
    ['from a host name', combined({ address: 'host.example' }), 'LOG_LINE_ADDRESS'],
    ['of an impossible day', combined({ time: '31/Feb/2026:10:00:00 +0000' }), 'LOG_LINE_TIME'],
    ['of an impossible hour', combined({ time: '21/Nov/2026:24:00:00 +0000' }), 'LOG_LINE_TIME'],
    ['of an impossible zone', combined({ time: '21/Nov/2026:10:00:00 +9900' }), 'LOG_LINE_TIME'],
    ['of an unknown month', combined({ time: '21/Nop/2026:10:00:00 +0000' }), 'LOG_LINE_TIME'],
    ['of zeros, as after a crash of the machine', `${'\0'.repeat(40)}${combined()}`, 'LOG_LINE_BINARY'],
    ['without a status', combined({ request: '"GET /a HTTP/1.1" abc 5' }), 'LOG_LINE_UNREADABLE'],
    [
      'of something else',
      'Nov 21 10:00:00 host sshd[1]: a message that has nothing to do with any web server',
      'LOG_LINE_UNREADABLE',
    ],
  ] as const)
    it(`${what} is refused`, () => expect(read(line)).to.equal(code));

  it('of any bytes is read or refused by a code, and never throws', () => {
    const reader = new LineReader();
    const line = combined({ agent: 'Mozilla/5.0 (X11; Linux x86_64)' });
    fc.assert(
      fc.property(fc.nat(line.length), fc.nat(20), fc.uint8Array({ maxLength: 40 }), (at, skip, bytes) => {
        const text = line.slice(0, at) + Buffer.from(bytes).toString('latin1') + line.slice(at + skip);
        const entry = reader.read(text);
        if (typeof entry === 'string') expect(lineRefusals).to.include(entry);
        else expect(entry.time).to.satisfy(Number.isFinite);
      }),
      { seed: 7, numRuns: 3_000 },
    );
  });
});

describe('a use', () => {
  for (const [request, counts] of [
    ['"GET /a HTTP/1.1" 200 5', true],
    ['"GET /a HTTP/1.1" 304 0', true],
    ['"GET /a" 200 5', true],
    ['"HEAD /a HTTP/1.1" 200 0', false],
    ['"POST /a HTTP/1.1" 200 5', false],
    ['"GET /a HTTP/1.1" 206 5', false],
    ['"GET /a HTTP/1.1" 302 5', false],
    ['"GET /a HTTP/1.1" 404 5', false],
    [String.raw`"\x16\x03\x01" 400 5`, false],
    ['"-" 408 -', false],
  ] as const)
    it(`${request} is ${counts ? 'one' : 'none'}`, () => {
      const entry = read(combined({ request }));
      if (typeof entry === 'string') throw new Error(entry);
      expect(isUse(entry)).to.equal(counts);
    });
});

describe('the lines of a log', () => {
  const linesOf = (
    pieces: readonly Uint8Array[],
    isEnd = true,
  ): { lines: string[]; tooLong: number; consumed: number } => {
    const lines: string[] = [];
    let tooLong = 0;
    const reader = new LogLines({
      line: (text, start, end) => lines.push(text.slice(start, end)),
      tooLong: () => (tooLong += 1),
    });
    for (const piece of pieces) reader.take(piece);
    if (isEnd) reader.end();
    return { lines, tooLong, consumed: reader.consumed };
  };

  it('are the same however their bytes come', () => {
    const text = Buffer.from('one\ntwo\r\n\nthree é\nfour');
    fc.assert(
      fc.property(fc.array(fc.nat(text.length), { maxLength: 6 }), (cuts) => {
        const at = [0, ...cuts.toSorted((a, b) => a - b), text.length];
        const pieces = at.slice(1).map((end, i) => text.subarray(at[i], end));
        expect(linesOf(pieces).lines).to.deep.equal(['one', 'two', 'three Ã©', 'four']);
      }),
      { seed: 3 },
    );
  });

  it('are told as far as they have an end, until there is no more', () => {
    expect(linesOf([Buffer.from('one\ntw')], false)).to.deep.equal({
      lines: ['one'],
      tooLong: 0,
      consumed: 4,
    });
  });

  it('are passed over whole where one is a megabyte long, in whatever pieces', () => {
    const long = Buffer.alloc(1_000_000, 'x');
    const text = Buffer.concat([Buffer.from('a\n'), long, Buffer.from('\nb\n'), long]);
    for (const size of [text.length, 65_536, LONGEST_LINE, 4_099]) {
      const pieces = Array.from({ length: Math.ceil(text.length / size) }, (_, i) =>
        text.subarray(i * size, (i + 1) * size),
      );
      expect(linesOf(pieces), `in pieces of ${size}`).to.deep.equal({
        lines: ['a', 'b'],
        tooLong: 2,
        consumed: text.length,
      });
    }
  });
});
