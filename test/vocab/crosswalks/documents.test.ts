import { readdirSync, readFileSync } from 'node:fs';
import { expect } from 'chai';
import { crosswalkOf } from '../../../vocab/crosswalks/index.ts';
import type { Description } from '../../../vocab/record.ts';
import { readXml } from '../../../vocab/xml/index.ts';
import { nothing } from './tidy-record.ts';

const folder = new URL('documents/', import.meta.url);

interface Expected {
  crosswalk: string;
  /** Empty lists left out. */
  description: Partial<Description>;
  /** Code and field. */
  repairs: string[];
}

/** Documents as repositories give them; beside each, in JSON, what is to be read from it. */
describe('a metadata document', () => {
  for (const name of readdirSync(folder).filter((file) => file.endsWith('.xml'))) {
    it(`${name} is read as ${name.replace('.xml', '.json')} says`, () => {
      const text = (file: string): string => readFileSync(new URL(file, folder), 'utf8');
      const expected = JSON.parse(text(name.replace('.xml', '.json'))) as Expected;
      const element = readXml(text(name));
      const crosswalk = crosswalkOf(element, 'rioxx');
      expect(crosswalk?.prefix).to.equal(expected.crosswalk);
      const { description, repairs } = crosswalk!.read(element);
      expect(description).to.deep.equal({ ...nothing, ...expected.description });
      expect(repairs.map(({ code, field }) => `${code} ${field}`)).to.deep.equal(expected.repairs);
    });
  }
});
