import { expect } from 'chai';
import { identifiers, read, type Values } from './dublin-core.ts';

describe('the crosswalk from oai_dc', () => {
  describe('tells the published DOI from the repository’s own', () => {
    const cases: [what: string, values: Values, published: string | undefined, own: string[]][] = [
      [
        'in dc:identifier of an article',
        [
          ['type', 'article'],
          ['identifier', 'https://doi.org/10.1629/15261'],
        ],
        '10.1629/15261',
        ['10.1629/15261'],
      ],
      [
        'in dc:relation',
        [
          ['type', 'article'],
          ['relation', 'http://dx.doi.org/10.1629/15261'],
        ],
        '10.1629/15261',
        [],
      ],
      [
        'in dc:source',
        [
          ['type', 'article'],
          ['source', 'Serials, 15(3), 261-264. doi:10.1629/15261'],
        ],
        '10.1629/15261',
        [],
      ],
      [
        'in a statement in dc:description',
        [
          ['type', 'article'],
          [
            'description',
            'This is the accepted version; the version of record is at https://doi.org/10.1629/15261',
          ],
        ],
        '10.1629/15261',
        [],
      ],
      [
        'in a citation in dc:identifier',
        [
          ['title', 'Creating institutional e-print repositories'],
          [
            'identifier',
            'Pinfield, S. (2002) Creating institutional e-print repositories. Serials, 15 (3). doi:10.1629/15261',
          ],
        ],
        '10.1629/15261',
        [],
      ],
      [
        'beside one of Zenodo',
        [
          ['type', 'article'],
          ['identifier', '10.5281/zenodo.1234'],
          ['relation', 'https://doi.org/10.1629/15261'],
        ],
        '10.1629/15261',
        ['10.5281/zenodo.1234'],
      ],
      [
        'where Zenodo’s stands alone',
        [
          ['type', 'article'],
          ['identifier', '10.5281/zenodo.1234'],
          ['relation', 'https://doi.org/10.5281/zenodo.1233'],
        ],
        undefined,
        ['10.5281/zenodo.1234'],
      ],
      [
        'where it bears the repository’s name',
        [
          ['type', 'book'],
          ['identifier', '10.5167/uzh-1234'],
          ['identifier', 'https://www.zora.uzh.ch/id/eprint/1234/'],
        ],
        undefined,
        ['10.5167/uzh-1234'],
      ],
      [
        'of a journal of that name',
        [
          ['type', 'article'],
          ['identifier', '10.2196/jmir.1234'],
          ['identifier', 'https://www.jmir.org/2020/1/e1/'],
          ['source', 'JMIR; Vol. 22 No. 1; 1-10'],
        ],
        '10.2196/jmir.1234',
        ['10.2196/jmir.1234'],
      ],
      [
        'of a thesis',
        [
          ['type', 'doctoralThesis'],
          ['identifier', '10.3929/thesis.1'],
          ['relation', 'https://doi.org/10.1629/15261'],
        ],
        undefined,
        ['10.3929/thesis.1'],
      ],
      [
        'of a dataset',
        [
          ['type', 'dataset'],
          ['identifier', '10.5061/dryad.1'],
          ['relation', 'https://doi.org/10.1629/15261'],
        ],
        undefined,
        ['10.5061/dryad.1'],
      ],
      [
        'among several related works',
        [
          ['type', 'article'],
          ['relation', '10.1000/1'],
          ['relation', '10.1000/2'],
        ],
        undefined,
        [],
      ],
    ];
    for (const [what, values, published, own] of cases) {
      it(what, () => {
        const description = read(...values);
        expect(description.publishedDoi).to.equal(published);
        expect(identifiers(description).filter((text) => text.startsWith('doi'))).to.deep.equal(
          own.map((doi) => `doi ${doi}`),
        );
      });
    }
  });

  it('does not take a DOI in an abstract for the work’s', () => {
    const description = read(
      ['title', 'Something else entirely, of some length'],
      ['description', 'We reuse the data of 2015 (https://doi.org/10.5061/dryad.1) and extend them.'],
    );
    expect(description.publishedDoi).to.equal(undefined);
    expect(description.abstracts).to.have.length(1);
  });
});
