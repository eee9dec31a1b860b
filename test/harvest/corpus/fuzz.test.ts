import * as dagCbor from '@ipld/dag-cbor';
import { expect } from 'chai';
import fc from 'fast-check';
import yazl from 'yazl';
import { systemClock } from '../../../node/clock.ts';
import { Extractor } from '../../../node/harvest/full-text/index.ts';
import { issueKind } from '../../../node/harvest/issues/kinds/index.ts';
import { detectLanguage } from '../../../node/harvest/language/index.ts';
import { extractReferences } from '../../../node/harvest/references/index.ts';
import { recognise } from '../../../node/harvest/sources/resourcesync/recognise.ts';
import type { SourceMetadata } from '../../../node/harvest/sources/source.ts';
import { OaiError, readOaiResponse } from '../../../protocols/oai-pmh/index.ts';
import { ResourceSyncError } from '../../../protocols/resourcesync/index.ts';
import { Package } from '../../../protocols/resourcesync/package.ts';
import { StoredDocument } from '../../../protocols/resourcesync/stored-document.ts';
import { TemporaryFile } from '../../../protocols/resourcesync/temporary-file.ts';
import { crosswalkOf, fieldCrosswalkFor } from '../../../vocab/crosswalks/index.ts';
import { decodeXml, readXml, XmlError } from '../../../vocab/xml/index.ts';
import { readFileNamed } from '../files/a-folder.ts';
import { casesIn, filesIn } from './case.ts';
import { mutated } from './mutations.ts';

/*
 * Every parser of the harvest, fed with the corpus spoilt further: what comes out is a record or a typed refusal, never
 * something else that is thrown, and never nothing for ever (mocha's time limit is the test of that).
 */

const seed = 20261121;
const limits = { entries: 10_000, bytes: 10_000_000 };

/** What is no refusal is a fault. */
function refusedWith(kind: abstract new (...args: never[]) => Error, error: unknown): void {
  if (!(error instanceof kind)) throw error;
}

/** The crosswalk's description of metadata, if one reads them, can be stored. */
function describe_(metadata: SourceMetadata): void {
  const result =
    'element' in metadata
      ? crosswalkOf(metadata.element, metadata.format)?.read(metadata.element)
      : fieldCrosswalkFor(metadata.format)?.read(metadata.fields);
  // DAG-CBOR refuses what no record may have: undefined values, and numbers that are none.
  if (result !== undefined) dagCbor.encode(result.description);
}

describe('the corpus, spoilt at random', function () {
  this.timeout(240_000);

  it('as pages of OAI-PMH', () => {
    fc.assert(
      fc.property(mutated(filesIn('oai-pmh')), ({ bytes }) => {
        try {
          const { answer, issues } = readOaiResponse(bytes);
          for (const { code } of issues) expect(issueKind(code), code).not.to.equal(undefined);
          if (answer.verb !== 'ListRecords') return;
          for (const { metadata } of answer.records) {
            if (metadata !== undefined)
              describe_({ format: 'oai_dc', text: metadata.xml, element: metadata.element });
          }
        } catch (error) {
          refusedWith(OaiError, error);
        }
      }),
      { seed, numRuns: 3_000 },
    );
  });

  it('as metadata in each format', () => {
    const formats = new Map(
      casesIn<{ file: string; format: string }>('formats').map(({ file, format }) => [file, format]),
    );
    fc.assert(
      fc.property(mutated(filesIn('formats')), ({ file, bytes }) => {
        try {
          const { text } = decodeXml(bytes);
          describe_({ format: formats.get(file) ?? '', text, element: readXml(text) });
        } catch (error) {
          refusedWith(XmlError, error);
        }
      }),
      { seed, numRuns: 3_000 },
    );
  });

  it('as lists of ResourceSync', async () => {
    await fc.assert(
      fc.asyncProperty(
        mutated(filesIn('resourcesync')),
        fc.integer({ min: 1, max: 500 }),
        async ({ bytes }, size) => {
          const pieces = async function* (): AsyncGenerator<Uint8Array> {
            for (let i = 0; i < bytes.length; i += size) yield bytes.subarray(i, i + size);
          };
          try {
            const url = 'https://source.example/resourcelist.xml';
            const document = await StoredDocument.open({
              url,
              bytes: pieces,
              close: () => Promise.resolve(),
              limits,
            });
            const bad: unknown[] = [];
            for await (const { loc } of document.entries({ onBadEntry: (error) => bad.push(error) })) {
              expect(URL.canParse(loc), loc).to.equal(true);
            }
            for (const error of bad) refusedWith(ResourceSyncError, error);
          } catch (error) {
            refusedWith(ResourceSyncError, error);
          }
        },
      ),
      { seed, numRuns: 2_000 },
    );
  });

  it('as packages of ResourceSync', async () => {
    const zip = await aPackage();
    await fc.assert(
      fc.asyncProperty(mutated([{ bytes: zip }]), async ({ bytes }) => {
        const file = await TemporaryFile.create();
        await file.append(bytes);
        try {
          const options = {
            url: 'https://source.example/1.zip',
            capability: 'resourcedump-manifest',
          } as const;
          const opened = await Package.open({
            ...options,
            file,
            limits: { document: limits, memberBytes: 1_000_000 },
          });
          try {
            for await (const entry of opened.manifest.entries({ onBadEntry: () => undefined })) {
              await opened.read(entry).catch((error: unknown) => refusedWith(ResourceSyncError, error));
            }
          } finally {
            await opened.close();
          }
        } catch (error) {
          refusedWith(ResourceSyncError, error);
        }
      }),
      { seed, numRuns: 1_000 },
    );
  });

  it('as resources of ResourceSync', () => {
    const files = ['oai-pmh', 'formats', 'files', 'full-text'].flatMap((folder) => filesIn(folder));
    fc.assert(
      fc.property(mutated(files), ({ bytes }) => {
        const found = recognise({ bytes, contentType: undefined });
        if (found.kind === 'record') describe_(found.metadata);
      }),
      { seed, numRuns: 3_000 },
    );
  });

  it('as files that are imported', async () => {
    await fc.assert(
      fc.asyncProperty(mutated(filesIn('files')), async ({ file, bytes }) => {
        const { items, problems } = await readFileNamed(file, bytes);
        for (const { metadata } of items) if (metadata !== undefined) describe_(metadata);
        for (const { code, remedy } of problems) {
          expect(issueKind(code), code).not.to.equal(undefined);
          expect(remedy, code).to.match(/\w/);
        }
      }),
      { seed, numRuns: 800 },
    );
  });

  it('as text with references', () => {
    fc.assert(
      fc.property(
        mutated(['oai-pmh', 'files', 'full-text'].flatMap((folder) => filesIn(folder))),
        ({ bytes }) => {
          const text = `${bytes.toString()}\nReferences\n${bytes.toString('latin1')}`;
          for (const reference of extractReferences(text)) {
            expect(reference.text.length).to.be.at.most(500);
            dagCbor.encode(reference);
          }
          detectLanguage(text);
        },
      ),
      { seed, numRuns: 500 },
    );
  });

  it('as files of items', async () => {
    const extractor = new Extractor({ clock: systemClock });
    const never = new AbortController().signal;
    const outcomes = ['text', 'no-text', 'encrypted', 'damaged', 'other', 'too-costly'];
    try {
      await fc.assert(
        fc.asyncProperty(mutated(filesIn('full-text')), async ({ bytes }) => {
          const content = { bytes: new Uint8Array(bytes) };
          const { outcome } = await extractor.extract({ content, keepText: true }, never);
          expect(outcomes).to.include(outcome);
        }),
        { seed, numRuns: 250, endOnFailure: true },
      );
    } finally {
      await extractor.stop();
    }
  });
});

async function aPackage(): Promise<Buffer> {
  const zip = new yazl.ZipFile();
  const files = filesIn('formats').slice(0, 6);
  const entries = files.map(
    ({ file, bytes }) =>
      `<url><loc>https://source.example/${file}</loc><rs:md length="${bytes.length}" path="/resources/${file}"/></url>`,
  );
  const manifest =
    '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:rs="http://www.openarchives.org/rs/terms/">' +
    `<rs:md capability="resourcedump-manifest" at="2026-01-01T00:00:00Z"/>${entries.join('')}</urlset>`;
  const mtime = new Date(0);
  zip.addBuffer(Buffer.from(manifest), 'manifest.xml', { mtime });
  for (const { file, bytes } of files) zip.addBuffer(bytes, `resources/${file}`, { mtime });
  zip.end();
  const chunks: Buffer[] = [];
  for await (const chunk of zip.outputStream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
