import fc from 'fast-check';

const ofMarkup = String.raw`< > & " ' </ /> <!-- --> <![CDATA[ ]]> <? ?> <!DOCTYPE &lol; &#0; xmlns=" xml:lang=" __proto__`;
const ofOaiPmh = '<record> </record> <header> </metadata> <resumptionToken> 0000-00-00 9999-99-99';
const ofFiles = String.raw`{ } [ ] , : ; \ \u $ @article{ ß 1e999 -1 NaN null 99999999999999999999 constructor`;
const ofPdf = 'obj endobj stream endstream /Length << >> R xref %%EOF';

/** What stands between things in the formats of the corpus, and what has broken parsers before. */
const pieces: readonly string[] = [
  ...[ofMarkup, ofOaiPmh, ofFiles, ofPdf].flatMap((written) => written.split(' ')),
  ...[' ', 'x', '(', ')', '"'].map((character) => character.repeat(500)),
  'TY  - ',
  'ER  - ',
  '\t',
  '\n',
  '\r\n',
  '\0',
  '\ufeff',
  '\ufffe',
  '\ud800',
  '\u202e',
  '\u0300',
];

/** One change: somewhere so many bytes out, something in; or a bit that turns over. */
type Change = (bytes: Buffer) => Buffer;

function change(others: readonly Buffer[]): fc.Arbitrary<Change> {
  const at = fc.double({ min: 0, max: 1, noNaN: true });
  const replaced = fc.tuple(at, fc.integer({ min: 0, max: 60 }), fc.constantFrom(...pieces, '')).map(
    ([at, out, into]): Change =>
      (bytes) =>
        spliced(bytes, at, out, Buffer.from(into)),
  );
  const crossed = fc
    .tuple(at, at, fc.integer({ min: 1, max: 400 }), fc.constantFrom(...others))
    .map(([at, from, length, other]): Change => (bytes) => {
      const start = Math.floor(from * other.length);
      return spliced(bytes, at, length, other.subarray(start, start + length));
    });
  const flipped = fc.tuple(at, fc.integer({ min: 0, max: 7 })).map(([at, bit]): Change => (bytes) => {
    const changed = Buffer.from(bytes);
    const index = Math.floor(at * bytes.length);
    if (index < bytes.length) changed[index] = bytes[index]! ^ (1 << bit);
    return changed;
  });
  const cut = at.map(
    (at): Change =>
      (bytes) =>
        bytes.subarray(0, Math.floor(at * bytes.length)),
  );
  const repeated = fc
    .tuple(at, fc.integer({ min: 1, max: 200 }), fc.integer({ min: 2, max: 60 }))
    .map(([at, length, times]): Change => (bytes) => {
      const index = Math.floor(at * bytes.length);
      const piece = bytes.subarray(index, index + length);
      return spliced(bytes, at, 0, Buffer.concat(Array.from({ length: times }, () => piece)));
    });
  return fc.oneof(
    { weight: 6, arbitrary: replaced },
    { weight: 3, arbitrary: flipped },
    { weight: 2, arbitrary: crossed },
    { weight: 1, arbitrary: repeated },
    { weight: 1, arbitrary: cut },
  );
}

/** One of the files, with some changes in it. */
export function mutated<F extends { bytes: Buffer }>(files: readonly F[]): fc.Arbitrary<F> {
  const changes = fc.array(change(files.map(({ bytes }) => bytes)), { minLength: 1, maxLength: 5 });
  return fc
    .tuple(fc.constantFrom(...files), changes)
    .map(([file, all]) => ({ ...file, bytes: all.reduce((bytes, one) => one(bytes), file.bytes) }));
}

function spliced(bytes: Buffer, at: number, out: number, into: Uint8Array): Buffer {
  const index = Math.floor(at * bytes.length);
  return Buffer.concat([bytes.subarray(0, index), into, bytes.subarray(index + out)]);
}
