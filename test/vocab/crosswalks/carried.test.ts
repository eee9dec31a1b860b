import * as dagCbor from '@ipld/dag-cbor';
import { expect } from 'chai';
import fc from 'fast-check';
import { resourceTypes } from '../../../vocab/coar/index.ts';
import type { Writing, XmlCrosswalk } from '../../../vocab/crosswalks/crosswalk.ts';
import { dim } from '../../../vocab/crosswalks/dspace/index.ts';
import { qdc } from '../../../vocab/crosswalks/qdc.ts';
import { rioxx2, rioxx3 } from '../../../vocab/crosswalks/rioxx/index.ts';
import type { Agent, Description, Identifier, Reference } from '../../../vocab/record.ts';
import { readXml } from '../../../vocab/xml/index.ts';
import { inOneOrder, tidyDescription, withIdentity } from './tidy-record.ts';

interface Format {
  crosswalk: Writing<XmlCrosswalk>;
  /** What of a record the format can carry. */
  carried: (description: Description) => Description;
}

const formats: readonly Format[] = [
  { crosswalk: qdc, carried: withNamesOnly },
  { crosswalk: dim, carried: (description) => ({ ...withOrcids(description), files: [] }) },
  { crosswalk: rioxx2, carried: asRioxx2 },
  { crosswalk: rioxx3, carried: asRioxx3 },
];

const references: fc.Arbitrary<Reference[]> = fc.subarray([
  { text: 'Suber, P. (2012). Open Access. MIT Press.' },
  {
    text: 'Lagoze, C. Open Archives. https://doi.org/10.1145/379437.379449',
    identifier: { scheme: 'doi', value: '10.1145/379437.379449' },
  },
]);

const described = fc
  .tuple(tidyDescription, references)
  .map(([description, list]): Description => ({ ...description, references: list }));

describe('the crosswalks of Dublin Core, DSpace and RIOXX', () => {
  for (const { crosswalk, carried } of formats) {
    it(`${crosswalk.title}: what is written is read as it was, as far as the format can carry it`, () => {
      fc.assert(
        fc.property(described, (description) => {
          const { description: read, repairs } = crosswalk.read(
            readXml(crosswalk.write(withIdentity(description))),
          );
          expect(inOneOrder(read)).to.deep.equal(inOneOrder(carried(description)));
          expect(repairs).to.deep.equal([]);
          expect(dagCbor.decode(dagCbor.encode(read))).to.deep.equal(read);
        }),
        { seed: 20261121, numRuns: 400 },
      );
    });
  }
});

const nameAndOrcid = ({ affiliation: _, ror: __, ...agent }: Agent): Agent => agent;
const nameOnly = ({ orcid: _, ...agent }: Agent): Agent => nameAndOrcid(agent);

/** Names lose their identifiers and affiliations. */
function withNamesOnly(description: Description): Description {
  return {
    ...description,
    creators: description.creators.map(nameOnly),
    contributors: description.contributors.map(nameOnly),
  };
}

/** Names lose their affiliations. */
function withOrcids(description: Description): Description {
  return {
    ...description,
    creators: description.creators.map(nameAndOrcid),
    contributors: description.contributors.map(nameAndOrcid),
  };
}

/** What the versions of RIOXX have in common: one title, one source, no references. */
function asRioxx(description: Description): Description {
  const { source, ...rest } = withOrcids(description);
  const whole = rest.relations.find(
    ({ kind, target }) => kind === 'isPartOf' && (target.scheme === 'issn' || target.scheme === 'isbn'),
  );
  return {
    ...rest,
    titles: rest.titles.slice(0, 1),
    ...(whole === undefined && source !== undefined && { source }),
    relations: whole === undefined ? [] : [whole],
    references: [],
  };
}

/** One file or one identifier, and of access only what a licence or free_to_read says. */
function asRioxx2(description: Description): Description {
  const { files, access, version, type, ...rest } = asRioxx(description);
  const [file] = files;
  const landing =
    description.identifiers.find(({ scheme }) => scheme === 'url') ??
    description.identifiers.find(({ scheme }) => scheme !== 'urn');
  const isStated = access?.right === 'open' || access?.right === 'embargoed';
  const onFilesHost = landing?.scheme === 'url';
  return {
    ...rest,
    type: typeInRioxx2(type),
    version: version ?? 'http://purl.org/coar/version/c_be7fb7dd8ff6fe43',
    ...(isStated && { access }),
    identifiers: landing === undefined || (file !== undefined && !onFilesHost) ? [] : [landing],
    relations: [
      ...rest.relations,
      ...description.relations.filter(({ kind }) => kind === 'relation'),
      ...(file !== undefined && landing !== undefined && !onFilesHost ? related(landing, description) : []),
    ],
    files: file === undefined ? [] : [{ ...file, access: isStated ? access.right : 'open' }],
  };
}

function related(target: Identifier, { publishedDoi }: Description): Description['relations'] {
  const kind = target.scheme === 'doi' && publishedDoi === target.value ? 'isVersionOf' : 'relation';
  return [{ kind, target }];
}

function typeInRioxx2(type: string | undefined): string {
  const base = 'http://purl.org/coar/resource_type/';
  const known = ['c_2f33', 'c_3248', 'c_c94f', 'c_6501', 'c_71bd', 'c_186u', 'c_18gh', 'c_46ec', 'c_8042'];
  for (let uri = type; uri !== undefined; uri = resourceTypes.byUri(uri)?.broader)
    if (known.includes(uri.slice(base.length))) return uri;
  return `${base}c_1843`;
}

/** Access, licence and version are the files'. */
function asRioxx3(description: Description): Description {
  const { access, licence, version, ...rest } = asRioxx(description);
  const ofFiles = {
    ...(access !== undefined && { access }),
    ...(licence !== undefined && { licence }),
    ...(version !== undefined && { version }),
  };
  return {
    ...rest,
    ...(rest.files.length > 0 && ofFiles),
    relations: [
      ...rest.relations,
      ...description.relations.filter(({ kind }) => kind === 'hasVersion' || kind === 'relation'),
    ],
  };
}
