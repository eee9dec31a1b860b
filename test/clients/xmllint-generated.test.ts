import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import fc from 'fast-check';
import { crosswalkFor } from '../../vocab/crosswalks/index.ts';
import { xmlDeclaration } from '../../vocab/xml/index.ts';
import { tidyDescription, withIdentity } from '../vocab/crosswalks/tidy-record.ts';
import { needs, xmllint } from './support/programs.ts';
import { faultsOf, metadataSchemas } from './support/schemas.ts';

const RECORDS = 200;

/** The formats have no record without a title. */
const titled = tidyDescription
  .filter(({ titles }) => titles.length > 0)
  .map((description) => ({ ...withIdentity(description), id: 'https://node.example/records/a' }));

describe('xmllint, of records of every kind', () => {
  const command = needs(xmllint);
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'ngr-schemas-'));
  });
  after(() => rm(folder, { recursive: true, force: true }));

  for (const [prefix, schema] of Object.entries(metadataSchemas)) {
    it(`finds each valid in ${prefix}`, async () => {
      const records = fc.sample(titled, { numRuns: RECORDS, seed: 4 });
      const answers = records.map((record, i) => ({
        from: `${i}: ${JSON.stringify(record)}`,
        xml: xmlDeclaration + (crosswalkFor(prefix)?.write?.(record) ?? ''),
      }));
      const options = { schemas: [schema], xmllint: command(), within: folder };
      expect(await faultsOf(answers, options)).to.deep.equal([]);
    });
  }
});
