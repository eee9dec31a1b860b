import * as dagCbor from '@ipld/dag-cbor';
import { expect } from 'chai';
import fc from 'fast-check';
import { crosswalks, type XmlCrosswalk } from '../../../vocab/crosswalks/index.ts';
import { element, raw, readXml } from '../../../vocab/xml/index.ts';

const scraps = [
  'https://doi.org/10.1000/182',
  'info:eu-repo/grantAgreement/EC/FP7/1',
  'http://purl.org/coar/access_right/c_f1cf',
  'http://www.rioxx.net/licenses/under-embargo-all-rights-reserved',
  'embargoed access|||2027-05-01',
  '2027-01-01',
  '9999-99-99',
  'Smith, J.; Doe, A.',
  '1082-9873',
  'https://a.example/b.pdf',
  '../b.pdf',
  'https://[',
  '#PLACEHOLDER_PARENT_METADATA_VALUE#',
  'ORIGINAL',
  'READ',
  '<p>',
  ' ',
  '&eacute;',
  '__proto__',
];
const text = fc.oneof(fc.constantFrom(...scraps), fc.string({ unit: 'grapheme', maxLength: 20 }));

const attributes = fc.dictionary(
  fc.constantFrom(
    ...'xml:lang rel type uri id start_date funder_name funder_id coar_version access_rights_ name mdschema element qualifier'.split(
      ' ',
    ),
    ...'authority dateType relationType rightsURI nameType titleType schemeURI contributorType'.split(' '),
    'toString',
  ),
  text,
  { maxKeys: 4 },
);

/** Trees of elements with these names. */
function tree(names: readonly string[]): fc.Arbitrary<string> {
  const name = fc.constantFrom(...names);
  const { node } = fc.letrec<{ node: string }>((tie) => ({
    node: fc
      .tuple(
        name,
        attributes,
        fc.array(fc.oneof({ depthSize: 'medium' }, text, tie('node').map(raw)), { maxLength: 3 }),
      )
      .map(([local, given, content]) => element(local, given, content)),
  }));
  return fc.array(node, { maxLength: 12 }).map((nodes) => nodes.join(''));
}

/** What stands in the tables, and what XOAI and the names within names are made of. */
function namesOf({ rows }: XmlCrosswalk): string[] {
  const own = rows.flatMap((row) => row.element.split(/[/, ]+/)).map((name) => name.replace(/^.*[:@]/, ''));
  const xml = own.filter((name) => /^[a-zA-Z_][\w-]*$/.test(name));
  return [...new Set([...xml, ...'element field name value id title p'.split(' ')])];
}

describe('any document', () => {
  for (const crosswalk of crosswalks) {
    it(`is read as ${crosswalk.title}: what comes of it can be stored, and is the same each time`, () => {
      fc.assert(
        fc.property(tree(namesOf(crosswalk)), (xml) => {
          const root = readXml(`<x>${xml}</x>`);
          const first = crosswalk.read(root);
          // DAG-CBOR refuses undefined values; a lone surrogate would come back as another character.
          expect(dagCbor.decode(dagCbor.encode(first))).to.deep.equal(first);
          expect(crosswalk.read(root)).to.deep.equal(first);
          const right = first.description.access?.right;
          for (const file of first.description.files) expect(file.url).to.match(/^https?:\/\//);
          expect(
            right === undefined && first.description.files.some(({ access }) => access !== 'open'),
          ).to.equal(false);
        }),
        { seed: 20261121, numRuns: 150 },
      );
    });
  }
});
