import { expect } from 'chai';
import {
  LINKSET_JSON_TYPE,
  LINKSET_TYPE,
  parseLinkset,
  SignpostingError,
} from '../../../protocols/signposting/index.ts';

const SET = 'https://repository.example/linkset/1';

describe('a link set', () => {
  it('in JSON gives the links of each of its contexts', () => {
    const text = JSON.stringify({
      linkset: [
        {
          anchor: 'https://repository.example/items/1',
          'cite-as': [{ href: 'https://doi.org/10.1/x' }],
          item: [
            { href: '/files/1.pdf', type: 'application/pdf' },
            { href: '/files/1.csv', type: 'text/csv' },
          ],
        },
        { anchor: '/files/1.pdf', collection: [{ href: 'https://repository.example/items/1' }] },
      ],
    });
    const links = parseLinkset(text, LINKSET_JSON_TYPE, SET);
    expect(links.map(({ anchor, rel, href }) => `${anchor} ${rel} ${href}`)).to.deep.equal([
      'https://repository.example/items/1 cite-as https://doi.org/10.1/x',
      'https://repository.example/items/1 item https://repository.example/files/1.pdf',
      'https://repository.example/items/1 item https://repository.example/files/1.csv',
      'https://repository.example/files/1.pdf collection https://repository.example/items/1',
    ]);
    expect(links[1]?.type).to.equal('application/pdf');
  });

  it('in the form of a Link header gives the same', () => {
    const text =
      '<https://repository.example/files/1.pdf>\n; rel="item"; anchor="https://repository.example/items/1"\n';
    expect(parseLinkset(text, LINKSET_TYPE, SET)).to.deep.equal([
      {
        anchor: 'https://repository.example/items/1',
        href: 'https://repository.example/files/1.pdf',
        rel: 'item',
      },
    ]);
  });

  it('leaves out what is no link in it', () => {
    const text = JSON.stringify({
      linkset: [
        null,
        'x',
        { item: 'x' },
        { item: [null, {}, { href: 7 }, { href: 'http://[' }, { href: 'a.pdf' }] },
      ],
    });
    expect(parseLinkset(text, LINKSET_JSON_TYPE, SET).map(({ href }) => href)).to.deep.equal([
      'https://repository.example/linkset/a.pdf',
    ]);
  });

  it('has no more links than a document may give', () => {
    const item = Array.from({ length: 5_000 }, (_, i) => ({ href: `/${i}` }));
    expect(parseLinkset(JSON.stringify({ linkset: [{ item }] }), LINKSET_JSON_TYPE, SET)).to.have.length(
      1_000,
    );
  });

  for (const text of ['', '{', 'null', '[]', '{"linkset":{}}']) {
    it(`is refused where it is ${JSON.stringify(text)}`, () => {
      expect(() => parseLinkset(text, LINKSET_JSON_TYPE, SET))
        .to.throw(SignpostingError)
        .with.property('code', 'SIGNPOSTING_BAD_LINKSET');
    });
  }
});
