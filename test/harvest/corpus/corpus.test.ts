import { readdirSync } from 'node:fs';
import { expect } from 'chai';
import { issueKind } from '../../../node/harvest/issues/kinds/index.ts';
import { stopReading } from '../../support/full-texts.ts';
import { type Case, casesIn, type Outcome, pathOf } from './case.ts';
import { harvestFile, harvestMetadata, harvestOaiPmh, harvestSync } from './harvest-case.ts';
import { type FileCase, readFileCase } from './read-file-case.ts';

/*
 * What the world sends: each case is a small malformed file, and beside it in `cases.json` what has to come of it, from the
 * source through all stages into the catalogue and the list of issues.
 */

const kinds: readonly {
  folder: string;
  of: string;
  run: (folder: string, one: never) => Promise<Outcome | Pick<FileCase, 'text' | 'tells'>>;
}[] = [
  { folder: 'oai-pmh', of: 'pages of OAI-PMH', run: harvestOaiPmh },
  { folder: 'formats', of: 'metadata in each format', run: harvestMetadata },
  { folder: 'files', of: 'files that are imported', run: harvestFile },
  { folder: 'resourcesync', of: 'lists of ResourceSync', run: harvestSync },
  { folder: 'full-text', of: 'files of items', run: readFileCase },
];

describe('malformed input of the real world', () => {
  after(stopReading);

  for (const { folder, of, run } of kinds) {
    describe(of, () => {
      for (const one of casesIn<Case & FileCase>(folder)) {
        it(`${one.is} (${one.file})`, async () => {
          const { tells, ...came } = await run(folder, one as never);
          expect(came).to.deep.equal(expectedOf(one));
          // Remarks on what was put right may be joined by others; of what is wrong nothing more may be told, nor less.
          expect(tells.filter(isTrouble)).to.deep.equal(one.tells.filter(isTrouble));
          expect(tells).to.include.members([...one.tells]);
          for (const told of tells)
            expect(issueKind(told.replace(/^\w+ /, '')), told).not.to.equal(undefined);
        });
      }

      it('are all in the table, or lead on from one that is', () => {
        const listed = new Set(casesIn(folder).map(({ file }) => file));
        const unlisted = readdirSync(pathOf(folder, '.')).filter((file) => !listed.has(file));
        expect(unlisted.filter((file) => file !== 'cases.json' && !/-\d\.xml$/.test(file))).to.deep.equal([]);
      });
    });
  }
});

function expectedOf({ gives, fails, text }: Case & Partial<FileCase>): object {
  return {
    ...(gives !== undefined && { gives }),
    ...(fails !== undefined && { fails }),
    ...(text !== undefined && { text }),
  };
}

function isTrouble(told: string): boolean {
  return !told.startsWith('info ');
}
