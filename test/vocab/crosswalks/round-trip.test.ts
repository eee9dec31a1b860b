import * as dagCbor from '@ipld/dag-cbor';
import { expect } from 'chai';
import fc from 'fast-check';
import type { Writing, XmlCrosswalk } from '../../../vocab/crosswalks/crosswalk.ts';
import { flatText } from '../../../vocab/crosswalks/flat-text.ts';
import { datacite, oaiDatacite, oaiOpenaire } from '../../../vocab/crosswalks/datacite/index.ts';
import { mods } from '../../../vocab/crosswalks/mods/index.ts';
import type { Agent, Description } from '../../../vocab/record.ts';
import { readXml, type XmlElement } from '../../../vocab/xml/index.ts';
import { type ContentModel, dataciteModel, modsModel, openaireModel, violations } from './content-models.ts';
import { inOneOrder, nothing, tidyDescription, withIdentity } from './tidy-record.ts';

interface Format {
  crosswalk: Writing<XmlCrosswalk>;
  model: ContentModel;
  /** What of a record the format can carry. */
  carried: (record: Description) => Description;
}

const formats: readonly Format[] = [
  { crosswalk: oaiOpenaire, model: openaireModel, carried: withoutBareRelations },
  { crosswalk: datacite, model: dataciteModel, carried: withoutFiles },
  { crosswalk: oaiDatacite, model: dataciteModel, carried: withoutFiles },
  { crosswalk: mods, model: modsModel, carried: withoutRor },
];

/** DataCite must say how two works are related. */
function withoutBareRelations(record: Description): Description {
  return { ...record, relations: record.relations.filter(({ kind }) => kind !== 'relation') };
}

/** DataCite has no element for files. */
function withoutFiles(record: Description): Description {
  return { ...withoutBareRelations(record), files: [] };
}

/** MODS has no place for the identifier of an affiliation. */
function withoutRor(record: Description): Description {
  const bare = ({ ror: _, ...agent }: Agent): Agent => agent;
  return { ...record, creators: record.creators.map(bare), contributors: record.contributors.map(bare) };
}

describe('the crosswalks that write', () => {
  for (const { crosswalk, model, carried } of formats) {
    it(`${crosswalk.prefix}: what is written is read as it was`, () => {
      check(crosswalk, (root, description) => {
        const read = crosswalk.read(root);
        expect(inOneOrder(read.description)).to.deep.equal(inOneOrder(carried(description)));
        expect(read.repairs).to.deep.equal([]);
        // What can be stored comes back as it was: no undefined values.
        expect(dagCbor.decode(dagCbor.encode(read.description))).to.deep.equal(read.description);
      });
    });

    it(`${crosswalk.prefix}: what is written is what the schema allows`, () => {
      check(crosswalk, (root) => {
        expect(violations(root, model)).to.deep.equal([]);
      });
    });

    it(`${crosswalk.prefix}: a record that says nothing is a document that says nothing`, () => {
      const root = readXml(crosswalk.write(withIdentity(nothing)));
      const resource = root.child('payload')?.child('resource') ?? root;
      // Where the schema demands a text, DataCite has a code for none.
      const demanded = model === dataciteModel ? ['creators (:unav)', 'publisher (:unav)'] : [];
      expect(resource.children.map((one) => `${one.name} ${flatText(one)}`)).to.deep.equal(demanded);
      expect(crosswalk.read(root).description).to.deep.equal(nothing);
    });
  }
});

function check(
  crosswalk: Writing<XmlCrosswalk>,
  property: (root: XmlElement, description: Description) => void,
): void {
  fc.assert(
    fc.property(tidyDescription, (description) =>
      property(readXml(crosswalk.write(withIdentity(description))), description),
    ),
    { seed: 20261121, numRuns: 300 },
  );
}
