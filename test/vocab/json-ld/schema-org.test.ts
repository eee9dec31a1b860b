import { expect } from 'chai';
import { recordToSchemaOrg } from '../../../vocab/json-ld/schema-org.ts';
import type { Record as NgrRecord } from '../../../vocab/record.ts';
import { aRecord } from '../../support/builders.ts';

const inSchemaOrg = (parts: Partial<NgrRecord>): ReturnType<typeof recordToSchemaOrg> =>
  recordToSchemaOrg({ id: 'https://node.example/records/k', node: '12D3KooW', ...aRecord(), ...parts });

describe('a record in terms of schema.org', () => {
  it('is the same as what its identifiers lead to, each address once', () => {
    const { sameAs } = inSchemaOrg({
      identifiers: [
        { scheme: 'doi', value: '10.1000/182' },
        { scheme: 'url', value: 'https://repository.example/1' },
        { scheme: 'isbn', value: '9780306406157' },
      ],
      publishedDoi: '10.1000/182',
    });
    expect(sameAs).to.deep.equal(['https://doi.org/10.1000/182', 'https://repository.example/1']);
  });

  it('is the same as the published work where that alone has an address', () => {
    expect(inSchemaOrg({ publishedDoi: '10.1000/182' })).to.include({
      sameAs: 'https://doi.org/10.1000/182',
    });
    expect(inSchemaOrg({})).not.to.have.property('sameAs');
  });
});
