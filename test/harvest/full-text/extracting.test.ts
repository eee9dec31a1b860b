import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { inflateRawSync } from 'node:zlib';
import { expect } from 'chai';
import fc from 'fast-check';
import { Extractor, unpackWords, type Extraction } from '../../../node/harvest/full-text/extracting/index.ts';
import { systemClock } from '../../../node/clock.ts';
import { LeapingClock } from '../../support/leaping-clock.ts';
import { aPdf, anArticle } from '../../support/pdf.ts';
import { until } from '../../support/until.ts';

const going = new AbortController().signal;

describe('taking text out of a file', () => {
  let extractor: Extractor;
  before(() => {
    extractor = new Extractor({ clock: systemClock });
  });
  after(() => extractor.stop());

  async function read(content: string | Uint8Array, charset?: string): Promise<Extraction> {
    const bytes = new Uint8Array(Buffer.from(content as string));
    return await extractor.extract(
      { content: { bytes }, keepText: true, ...(charset !== undefined && { charset }) },
      going,
    );
  }

  /** The text; fails where there is none. */
  function textOf(extraction: Extraction): string {
    if (extraction.outcome !== 'text' || extraction.text === undefined)
      throw new Error(JSON.stringify(extraction));
    return inflateRawSync(extraction.text).toString();
  }

  describe('a PDF', () => {
    it('gives its lines in the order of reading, its words, and its language', async () => {
      const extraction = await read(
        await aPdf([anArticle('plankton'), `Second page\n${anArticle('krill')}`]),
      );
      const text = textOf(extraction);
      expect(text).to.match(/^On plankton\s+Abstract\nThe measurements/);
      expect(text.indexOf('Second page')).to.be.greaterThan(text.indexOf('Abstract'));
      if (extraction.outcome !== 'text') throw new Error();
      expect(extraction.format).to.equal('application/pdf');
      expect(extraction.language?.language).to.equal('en');
      const words = unpackWords(extraction.words);
      expect([words.get('plankton'), words.get('krill')]).to.deep.equal([13, 13]);
    });

    it('may lie in a folder, and have something before its header', async () => {
      const directory = await mkdtemp(join(tmpdir(), 'ngr-test-'));
      const path = join(directory, '1');
      await writeFile(path, Buffer.concat([Buffer.from('\r\n\r\n'), await aPdf([anArticle('plankton')])]));
      const extraction = await extractor.extract({ content: { path }, keepText: false }, going);
      await rm(directory, { recursive: true });
      expect(extraction).to.include({ outcome: 'text' }).and.not.to.have.property('text');
    });

    it('that is locked tells so', async () => {
      const locked = await aPdf([anArticle('plankton')], { userPassword: 'secret' });
      expect((await read(locked)).outcome).to.equal('encrypted');
    });

    it('of pictures has no text, even behind a cover sheet', async () => {
      expect(await read(await aPdf(['', '']))).to.deep.equal({
        outcome: 'no-text',
        format: 'application/pdf',
      });
      const scanned = await aPdf([anArticle('plankton'), ...Array.from({ length: 9 }, () => '')]);
      expect((await read(scanned)).outcome).to.equal('no-text');
    });

    it('that is cut off, or no more than a header, is damaged or gives what is left', async () => {
      const whole = await aPdf([anArticle('plankton')]);
      for (const share of [0.1, 0.5, 0.9]) {
        const cut = await read(whole.subarray(0, Math.floor(whole.length * share)));
        expect(cut.outcome).to.be.oneOf(['damaged', 'no-text', 'text']);
      }
      expect((await read('%PDF-1.7')).outcome).to.equal('damaged');
      expect((await read(`%PDF-1.7\n${'garbage '.repeat(1_000)}`)).outcome).to.equal('damaged');
    });

    it('whose pages contain themselves comes to an end', async () => {
      const looping = `%PDF-1.4
1 0 obj <</Type /Catalog /Pages 2 0 R>> endobj
2 0 obj <</Type /Pages /Kids [2 0 R 2 0 R] /Count 2>> endobj
trailer <</Root 1 0 R>>
%%EOF`;
      expect((await read(looping)).outcome).to.be.oneOf(['damaged', 'no-text']);
    });
  });

  describe('a web page', () => {
    const paragraph = 'Sea ice is measured from satellites and by divers alike. '.repeat(20);

    it('gives its main content without what is around it', async () => {
      const page = `<!DOCTYPE html><html><head><title>T</title><style>p{}</style></head><body>
        <header>Journal of Ice</header><nav><a href="/">Home</a></nav>
        <main><h1>On ice</h1><header>By A. Author</header><p>First&nbsp;line<br>second &amp; third</p><p>${paragraph}</p>
        <script>var noise = 1;</script></main><aside>Cited by</aside><footer>Imprint</footer></body></html>`;
      const text = textOf(await read(page));
      expect(text).to.match(/^On ice\nBy A\. Author\s*First line\nsecond & third\nSea ice is/);
      expect(text).not.to.match(/Journal of Ice|Home|noise|Cited by|Imprint/);
    });

    it('that does not tell its main content is read without navigation', async () => {
      const page = `<html><body><nav>Home</nav><div>${paragraph}</div><div>More <b>words</b>, too.</div></body></html>`;
      const text = textOf(await read(page));
      expect(text)
        .to.match(/alike\.\nMore words, too\.\s*$/)
        .and.not.to.contain('Home');
    });

    it('is decoded by what it says', async () => {
      const page = `<html><head><meta charset="iso-8859-1"></head><body><p>caf\xe9 ${paragraph}</p></body></html>`;
      expect(textOf(await read(Buffer.from(page, 'latin1')))).to.contain('café');
      expect(
        textOf(await read(Buffer.from(page.replace(/<meta.*?>/, ''), 'latin1'), 'windows-1252')),
      ).to.contain('café');
    });

    it('that asks for a password tells so', async () => {
      const form = '<html><body><form><input type="PASSWORD" name="p"></form></body></html>';
      expect(await read(form)).to.deep.equal({
        outcome: 'no-text',
        format: 'text/html',
        asksForPassword: true,
      });
    });

    it('of elements that never end is read', async () => {
      const page = `<html><body>${'<div>'.repeat(20_000)}${paragraph}`;
      expect(textOf(await read(page))).to.contain('Sea ice');
    });
  });

  describe('an article in JATS', () => {
    const jats = `<?xml version="1.0"?>
      <!DOCTYPE article PUBLIC "-//NLM//DTD JATS (Z39.96) Journal Publishing DTD v1.2//EN" "JATS-journalpublishing1.dtd">
      <article><front><journal-meta><journal-title>J</journal-title></journal-meta><article-meta>
      <title-group><article-title>On <italic>krill</italic></article-title></title-group>
      <abstract><p>Short.</p></abstract></article-meta></front>
      <body><sec><title>Methods</title><p>Nets &amp; lamps<xref>1</xref>.</p><p><inline-formula><tex-math>x^2</tex-math></inline-formula>Done.</p></sec></body>
      <back><ref-list><title>References</title>
      <ref id="r1"><label>1</label><mixed-citation>Knoth P. CORE. <source>D-Lib</source> 2012. <pub-id pub-id-type="doi">10.1045/november2012-knoth</pub-id></mixed-citation></ref>
      <ref id="r2"><element-citation><person-group><name><surname>Pontika</surname><given-names>N</given-names></name></person-group><article-title>Infrastructure</article-title><year>2016</year></element-citation></ref>
      </ref-list></back></article>`;

    it('gives title, abstract and body', async () => {
      const extraction = await read(jats);
      expect(textOf(extraction).replace(/\n+/g, '\n').trim()).to.equal(
        'On krill\nShort.\nMethods\nNets & lamps1.\nDone.',
      );
      expect(extraction).to.include({ format: 'application/xml' });
    });

    it('gives its references one by one', async () => {
      const extraction = await read(jats);
      if (extraction.outcome !== 'text') throw new Error();
      const [first, second] = extraction.references;
      expect(first?.identifier).to.deep.equal({ scheme: 'doi', value: '10.1045/november2012-knoth' });
      expect(second?.text).to.match(/Pontika.*Infrastructure.*2016/);
      expect(second?.year).to.equal('2016');
    });
  });

  it('comes to an end with every file, however it was damaged', async () => {
    const whole = [
      await aPdf([anArticle('plankton')]),
      Buffer.from(
        '<!DOCTYPE html><html><body><main><p>x</p></main><form><input type="password"></form></body></html>',
      ),
      Buffer.from(
        '<?xml version="1.0"?><article><body><p>x</p></body><ref-list><ref><label>1</label>y</ref></ref-list></article>',
      ),
    ];
    const damage = fc.array(fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.nat(255)), {
      minLength: 1,
      maxLength: 30,
    });
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...whole),
        damage,
        fc.double({ min: 0.2, max: 1, noNaN: true }),
        async (file, bytes, share) => {
          const damaged = Buffer.from(file.subarray(0, Math.ceil(file.length * share)));
          for (const [at, byte] of bytes) damaged[Math.floor(at * (damaged.length - 1))] = byte;
          const { outcome } = await read(damaged);
          expect(outcome).to.be.oneOf(['text', 'no-text', 'encrypted', 'damaged', 'other']);
        },
      ),
      { seed: 20_261_121, numRuns: 100 },
    );
  });

  it('tells what it cannot read', async () => {
    for (const content of [
      '',
      'plain text',
      'PK\u0003\u0004',
      '{"json": 1}',
      '<rss><channel/></rss>',
      '\0\0\0',
    ]) {
      expect(await read(content), JSON.stringify(content)).to.deep.equal({ outcome: 'other' });
    }
  });
});

describe('the thread that reads files', () => {
  const input = () => ({ content: { bytes: new Uint8Array(10) }, keepText: false });
  const answers = `require('worker_threads').parentPort.on('message', () => { BODY });`;
  const script = (body: string): Worker =>
    new Worker(answers.replace('BODY', body), { eval: true, resourceLimits: { maxOldGenerationSizeMb: 16 } });
  const good = `require('worker_threads').parentPort.postMessage({ outcome: 'other' })`;

  it('is ended when a file takes too long, and the next file is read in another', async () => {
    const clock = new LeapingClock();
    const bodies = ['for (;;);', good];
    let started = 0;
    const extractor = new Extractor({ clock, start: () => script(bodies[started++] ?? good) });
    const first = extractor.extract(input(), going);
    const second = extractor.extract(input(), going);
    await until('the time limit runs', () => clock.sleeping(100_000) === 1);
    clock.advance(120_000);
    expect(await first).to.deep.equal({ outcome: 'too-costly', detail: 'not read within 120 s' });
    expect(await second).to.deep.equal({ outcome: 'other' });
    expect(started).to.equal(2);
    await extractor.stop();
  });

  for (const [name, body] of [
    ['crashes', `throw new Error('broken')`],
    ['ends by itself', 'process.exit(3)'],
    ['takes all memory', `const all = []; for (;;) all.push(new Array(1_000).fill({}))`],
  ] as const) {
    // Newer versions of Node.js end the whole process where a thread's heap is full, instead of the thread.
    const ends = name === 'takes all memory' && Number(process.versions.node.split('.')[0]) > 20;
    (ends ? it.skip : it)(`may be lost, as when it ${name}, without harm to others`, async () => {
      const bodies = [body, good];
      let started = 0;
      const extractor = new Extractor({
        clock: new LeapingClock(),
        start: () => script(bodies[started++] ?? good),
      });
      expect(await extractor.extract(input(), going)).to.have.property('outcome', 'too-costly');
      expect(await extractor.extract(input(), going)).to.deep.equal({ outcome: 'other' });
      await extractor.stop();
    });
  }

  it('is ended when it has nothing to do, and begun again when it has', async () => {
    const clock = new LeapingClock();
    let started = 0;
    let ended = 0;
    const start = (): Worker => {
      started += 1;
      return script(good).on('exit', () => {
        ended += 1;
      });
    };
    const extractor = new Extractor({ clock, start });
    await extractor.extract(input(), going);
    clock.advance(300_000);
    await until('the thread has ended', () => ended === 1);
    await extractor.extract(input(), going);
    expect(started).to.equal(2);
    await extractor.stop();
    expect(ended).to.equal(2);
  });

  it('that cannot be begun is held against no file', async () => {
    const extractor = new Extractor({
      clock: new LeapingClock(),
      start: () => {
        throw new Error('the machine has no thread left');
      },
    });
    const error = await extractor
      .extract(input(), new AbortController().signal)
      .catch((cause: unknown) => cause);
    expect(error).to.have.property('message', 'the machine has no thread left');
    await extractor.stop();
  });

  it('is broken off with the signal', async () => {
    const extractor = new Extractor({ clock: new LeapingClock(), start: () => script('for (;;);') });
    const stop = new AbortController();
    const reading = extractor.extract(input(), stop.signal);
    const failure = reading.catch((error: unknown) => error);
    setImmediate(() => stop.abort(new Error('stopped')));
    expect(await failure).to.have.property('message', 'stopped');
    await extractor.stop();
  });
});
