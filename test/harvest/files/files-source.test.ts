import { link, mkdir, rm, symlink, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect } from 'chai';
import fc from 'fast-check';
import { FilesSource } from '../../../node/harvest/sources/files/index.ts';
import { KnownIdentifiers } from '../../../node/harvest/sources/files/known-identifiers.ts';
import type { SourcePage } from '../../../node/harvest/sources/index.ts';
import { JsonValues } from '../../../node/harvest/sources/files/json-values.ts';
import { TestClock } from '../../support/test-clock.ts';
import { neverAborted, TestFolder, titlesOf, told } from './a-folder.ts';

const lines = (from: number, to: number): string =>
  Array.from({ length: to - from }, (_, i) => `{"id":"${from + i}","title":"T${from + i}"}\n`).join('');

describe('a source of files', () => {
  let folder: TestFolder;
  afterEach(() => folder.remove());

  const identifiers = async (): Promise<string[]> =>
    (await folder.read()).items.map(({ oaiIdentifier }) => oaiIdentifier);
  const scope = async (): Promise<string> => (await folder.source.inspect(neverAborted)).scope;

  it('reads the files of all folders in the order of their names', async () => {
    folder = await TestFolder.of({
      'b.jsonl': lines(2, 3),
      'a/z.jsonl': lines(1, 2),
      'B.jsonl': lines(0, 1),
    });
    expect(await identifiers()).to.deep.equal(['file:theses:0', 'file:theses:1', 'file:theses:2']);
  });

  it('passes over what begins with a dot, and over symbolic links', async () => {
    folder = await TestFolder.of({
      'a.jsonl': lines(0, 1),
      '.hidden.jsonl': lines(1, 2),
      '.git/b.jsonl': lines(2, 3),
    });
    const elsewhere = await TestFolder.of({ 'c.jsonl': lines(3, 4) });
    await symlink(join(elsewhere.path, 'c.jsonl'), join(folder.path, 'c.jsonl'));
    await symlink(elsewhere.path, join(folder.path, 'd'));
    await symlink(folder.path, join(folder.path, 'round'));
    expect(await identifiers()).to.deep.equal(['file:theses:0']);
    const { problems } = await folder.source.inspect(neverAborted);
    expect(problems.map(({ code, severity }) => `${severity} ${code}`)).to.deep.equal(
      Array<string>(3).fill('info FILE_LINK_SKIPPED'),
    );
    await elsewhere.remove();
  });

  it('goes no deeper than is good', async () => {
    folder = await TestFolder.of({ 'a.jsonl': lines(0, 1), [`${'d/'.repeat(40)}b.jsonl`]: lines(1, 2) });
    expect(await identifiers()).to.deep.equal(['file:theses:0']);
    expect((await folder.source.inspect(neverAborted)).problems.map(({ code }) => code)).to.deep.equal([
      'FILES_TOO_MANY',
    ]);
  });

  it('may be one file, also behind a link', async () => {
    folder = await TestFolder.of({ 'a.jsonl': lines(0, 1) });
    await symlink(join(folder.path, 'a.jsonl'), join(folder.path, 'link'));
    const path = join(folder.path, 'link');
    const source = new FilesSource({ name: 'one', type: 'files', path }, { clock: new TestClock() });
    for await (const { items } of source.pages({}, neverAborted))
      expect(items.map(({ oaiIdentifier }) => oaiIdentifier)).to.deep.equal(['file:one:0']);
    // Nobody outside is to learn where files lie on this machine.
    expect(source.url).to.equal('file:one');
  });

  it('says that its path leads nowhere', async () => {
    folder = await TestFolder.of();
    const path = join(folder.path, 'nowhere');
    const source = new FilesSource({ name: 'none', type: 'files', path }, { clock: new TestClock() });
    const error = await source.inspect(neverAborted).catch((cause: unknown) => cause);
    expect(error).to.include({ code: 'FILES_NOT_THERE' });
    expect(error).to.have.property('remedy').that.includes('path');
  });

  it('gives bounded pages, and goes on behind any of them', async () => {
    const bib = Array.from({ length: 250 }, (_, i) => `@misc{b${i}, title={B${i}}}\n`).join('');
    const csv = `id,title\n${Array.from({ length: 250 }, (_, i) => `c${i},"C\n${i}"\n`).join('')}`;
    const xml = Array.from(
      { length: 250 },
      (_, i) => `<record><header status="deleted"><identifier>oai:x:${i}</identifier></header></record>`,
    ).join('\n');
    folder = await TestFolder.of({
      'a.jsonl': lines(0, 450),
      'b.bib': bib,
      'c.csv': csv,
      'd.jsonl.gz': gzipSync(lines(1000, 1300)),
      'e.json': `[${lines(2000, 2300).trim().replaceAll('\n', ',')}]`,
      'f.xml': xml,
    });
    const pages = await folder.pages();
    const all = pages.flatMap(({ items }) => items.map(({ oaiIdentifier }) => oaiIdentifier));
    expect(new Set(all)).to.have.property('size', 1800);
    expect(Math.max(...pages.map(({ items }) => items.length))).to.be.at.most(200);
    expect(pages.at(-1)).to.include({ share: 1 }).and.not.to.have.property('next');
    const shares = pages.map(({ share = 0 }) => share);
    expect(shares).to.deep.equal(shares.toSorted((a, b) => a - b));
    for (const [i, { next }] of pages.entries()) {
      if (next === undefined) continue;
      const rest = (await folder.pages({ position: next })).flatMap(({ items }) =>
        items.map(({ oaiIdentifier }) => oaiIdentifier),
      );
      const before = pages
        .slice(0, i + 1)
        .flatMap(({ items }) => items.map(({ oaiIdentifier }) => oaiIdentifier));
      expect([...before, ...rest]).to.deep.equal(all);
    }
  });

  it('has lost its place when the file is gone', async () => {
    folder = await TestFolder.of({ 'a.jsonl': lines(0, 1) });
    for (const position of ['["b.jsonl",200]', '{}', 'nonsense']) {
      const error = await folder.pages({ position }).catch((cause: unknown) => cause);
      expect(error).to.include({ code: 'HARVEST_POSITION_LOST' });
    }
  });

  it('has another scope as soon as anything in the folder changes, and else the same', async () => {
    folder = await TestFolder.of({ 'a.jsonl': lines(0, 1) });
    const scopes = [await scope()];
    expect(await scope()).to.equal(scopes[0]);
    await folder.write('a.jsonl', lines(0, 2));
    scopes.push(await scope());
    await link(join(folder.path, 'a.jsonl'), join(folder.path, 'b.jsonl'));
    scopes.push(await scope());
    await utimes(join(folder.path, 'a.jsonl'), 0, 0);
    scopes.push(await scope());
    await rm(join(folder.path, 'b.jsonl'));
    scopes.push(await scope());
    expect(new Set(scopes)).to.have.property('size', scopes.length);
  });

  it('reads only files that changed since a time', async () => {
    folder = await TestFolder.of({ 'a.jsonl': lines(0, 1) });
    const read = async (since: string): Promise<number> =>
      (await folder.pages({ since })).flatMap(({ items }) => items).length;
    expect(await read('2000-01-01T00:00:00Z')).to.equal(1);
    expect(await read('2999-01-01T00:00:00Z')).to.equal(0);
  });

  it('finds one record, as it stands there last', async () => {
    folder = await TestFolder.of({ 'a.jsonl': lines(0, 3), 'b.jsonl': '{"id":"1","title":"Later"}\n' });
    const found = await folder.source.one('file:theses:1', neverAborted);
    expect(titlesOf(found === undefined ? [] : [found])).to.deep.equal({ 'file:theses:1': 'Later' });
    expect(await folder.source.one('file:theses:9', neverAborted)).to.equal(undefined);
  });

  it('tells of entries that repeat, and whether they differ', async () => {
    folder = await TestFolder.of({
      'a.jsonl': lines(0, 2),
      'b.jsonl': `${lines(0, 1)}{"id":"1","title":"Other"}\n`,
    });
    const { items, problems } = await folder.read();
    expect(titlesOf(items)).to.deep.equal({ 'file:theses:0': 'T0', 'file:theses:1': 'Other' });
    expect(
      problems.map(({ severity, code, oaiIdentifier }) => [severity, code, oaiIdentifier]),
    ).to.deep.equal([
      ['info', 'FILE_ENTRY_REPEATED', 'file:theses:0'],
      ['warning', 'FILE_ENTRY_REPEATED', 'file:theses:1'],
    ]);
  });

  it('knows an entry without an identifier by what it says, wherever it stands', async () => {
    folder = await TestFolder.of({ 'a.csv': 'title,year\nFirst,2020\nSecond,2021\n' });
    const before = await identifiers();
    await folder.write('a.csv', 'title,year\nSecond,2021\nThird,2021\nFirst,2020\n');
    const after = await identifiers();
    expect(after).to.have.length(3).and.to.include.members(before);
    expect(before[0]).to.match(/^file:theses:[\da-f]{32}$/);
  });

  it('writes identifiers so that they are URIs', async () => {
    const ids = [
      'oai:r.example:1',
      'https://doi.org/10.1000/ABC',
      'a b',
      'Nº 7/á',
      'oai: x',
      '\ud800',
      'x'.repeat(2000),
    ];
    folder = await TestFolder.of({
      'a.jsonl': ids.map((id) => `${JSON.stringify({ id, title: 'T' })}\n`).join(''),
    });
    const written = await identifiers();
    expect(written.slice(0, 6)).to.deep.equal([
      'oai:r.example:1',
      'file:theses:doi:10.1000/abc',
      'file:theses:a%20b',
      'file:theses:N%C2%BA%207/%C3%A1',
      'file:theses:oai:%20x',
      'file:theses:%EF%BF%BD',
    ]);
    for (const one of written) expect(one).to.match(/^[\w.~:/?#[\]@!$&'()*+,;=%-]{1,600}$/);
  });

  it('says which file it could not open, and reads the rest', async () => {
    folder = await TestFolder.of({
      'a.jsonl': lines(0, 300),
      'b.jsonl': lines(300, 301),
      'c.jsonl': lines(301, 302),
    });
    const pages: SourcePage[] = [];
    for await (const page of folder.source.pages({}, neverAborted)) {
      pages.push(page);
      await rm(join(folder.path, 'b.jsonl'), { force: true });
    }
    expect(pages.flatMap(({ items }) => items)).to.have.length(301);
    expect(pages.flatMap(({ problems }) => told(problems))).to.deep.equal(['error FILE_UNREADABLE b.jsonl:']);
    expect(pages.at(-1)?.lost).to.equal(1);
  });

  it('stops within a file when it is told to', async () => {
    folder = await TestFolder.of({ 'a.jsonl': lines(0, 1000) });
    const abort = new AbortController();
    const reason = new Error('enough');
    const seen: number[] = [];
    const error = await (async () => {
      for await (const { items } of folder.source.pages({}, abort.signal)) {
        seen.push(items.length);
        abort.abort(reason);
      }
    })().catch((cause: unknown) => cause);
    expect(error).to.equal(reason);
    expect(seen).to.deep.equal([200]);
  });

  it('is not stopped by a folder that is no file', async () => {
    folder = await TestFolder.of({ 'a.jsonl': lines(0, 1) });
    await mkdir(join(folder.path, 'empty.csv'));
    expect(await identifiers()).to.deep.equal(['file:theses:0']);
  });
});

describe('values of JSON', () => {
  const textsIn = (chunks: readonly string[]): string[] => {
    const values = new JsonValues({ entry: 10_000, document: 10_000 });
    return chunks.flatMap((chunk) => [...values.push(chunk)].map(({ text }) => text));
  };
  const anObject = fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 3 }), { maxKeys: 4 });
  const aDocument = fc.array(anObject, { maxLength: 5 }).chain((objects) =>
    fc.constantFrom(
      { objects, text: JSON.stringify(objects) },
      { objects, text: JSON.stringify(objects, undefined, 2) },
      { objects, text: objects.map((one) => JSON.stringify(one)).join('\n') },
      ...(objects.length > 0
        ? [
            { objects, text: JSON.stringify({ meta: { a: [1, { b: 2 }] }, data: objects, links: {} }) },
            {
              objects,
              text: JSON.stringify({ message: { total: 1, items: objects }, x: '"]}' }, undefined, 1),
            },
          ]
        : []),
    ),
  );

  it('are the records, however they lie in the document and however it is cut', () => {
    fc.assert(
      fc.property(aDocument, fc.array(fc.nat(2000), { maxLength: 10 }), ({ objects, text }, cuts) => {
        // An object alone that holds a list under one of the known names is taken for a wrapper.
        fc.pre(
          !objects.some((one) =>
            ['data', 'items', 'message', 'records', 'results'].some((name) => name in one),
          ),
        );
        const places = [0, ...cuts.map((cut) => cut % (text.length + 1)).sort((a, b) => a - b), text.length];
        const chunks = places.slice(1).map((end, i) => text.slice(places[i], end));
        expect(textsIn(chunks).map((one) => JSON.parse(one) as unknown)).to.deep.equal(
          objects.map((one) => JSON.parse(JSON.stringify(one)) as unknown),
        );
      }),
      { seed: 3, numRuns: 500 },
    );
  });

  it('are found in any text without an error', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...'{}[]",:\\ \n'.split(''), '"data":[{', 'null', '1'), { maxLength: 60 }),
        (parts) => {
          expect(textsIn(parts)).to.be.an('array');
        },
      ),
      { seed: 5, numRuns: 500 },
    );
  });
});

describe('known identifiers', () => {
  it('are told from new ones, however many there are', () => {
    const known = new KnownIdentifiers();
    const meet = (i: number, text: string): string => known.meet(`id ${i}`, text);
    const first = new Set(Array.from({ length: 50_000 }, (_, i) => meet(i, 'a')));
    expect([...first]).to.deep.equal(['new']);
    const again = new Set(Array.from({ length: 50_000 }, (_, i) => meet(i, i % 2 === 0 ? 'a' : 'b')));
    expect([...again]).to.deep.equal(['same', 'other']);
  });
});
