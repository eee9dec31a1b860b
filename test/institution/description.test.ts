import { expect } from 'chai';
import { institutionSchema, mailOf, offeredRepositories } from '../../node/institution/index.ts';

const repository = { name: 'Wyreford Research', url: 'https://research.wyreford.example/' };

describe('what an institution says of itself', () => {
  it('is taken, with ids in their one form', () => {
    const read = institutionSchema.parse({
      name: '  Université de Wyreford ',
      names: { en: 'University of Wyreford' },
      description: 'Founded in 1871.\n\nFour faculties.',
      contact: 'https://wyreford.example/contact',
      helpdesk: 'help@wyreford.example',
      ror: '013MEH722',
      region: 'North',
      repositories: [
        {
          ...repository,
          platform: 'DSpace 7.6',
          oaiBaseUrl: 'https://research.wyreford.example/oai/request',
          opendoar: 'https://opendoar.ac.uk/repository/165',
          roar: '14208',
          re3data: 'R3D100010134',
        },
      ],
    });
    expect(read).to.deep.include({ name: 'Université de Wyreford', ror: 'https://ror.org/013meh722' });
    expect(read.repositories?.[0]).to.deep.include({
      opendoar: '165',
      roar: '14208',
      re3data: 'r3d100010134',
    });
    expect(institutionSchema.parse({})).to.deep.equal({});
  });

  const refused: [string, object, string][] = [
    ['an empty name', { name: ' ' }, 'name'],
    ['a name that no head can carry', { name: 'x'.repeat(201) }, 'name'],
    ['a name in two lines', { name: 'A\nB' }, 'name'],
    ['a name with a control character', { name: 'A\u0007' }, 'name'],
    ['a name with half a character', { name: 'A\ud800' }, 'name'],
    ['a name in a language that pages do not have', { names: { de: 'A' } }, 'names'],
    ['a description with a NUL', { description: 'A\0' }, 'description'],
    ['a long description', { description: 'x'.repeat(2_001) }, 'description'],
    ['a contact that is neither', { contact: 'call us' }, 'contact'],
    ['a mail address with a header', { contact: 'a@example.edu\nBcc: b@example.edu' }, 'contact'],
    ['a contact that is a program', { contact: 'javascript:alert(1)' }, 'contact'],
    ['a password in an address', { helpdesk: 'https://a:b@example.edu' }, 'helpdesk'],
    ['a wrong ROR id', { ror: '013meh723' }, 'ror'],
    ['a repository without an address', { repositories: [{ name: 'A' }] }, 'repositories.0.url'],
    ['a repository without a name', { repositories: [{ url: repository.url }] }, 'repositories.0.name'],
    [
      'an address that is a program',
      { repositories: [{ ...repository, url: 'javascript:1' }] },
      'repositories.0.url',
    ],
    ['a wrong id', { repositories: [{ ...repository, roar: 'x' }] }, 'repositories.0.roar'],
    ['too many repositories', { repositories: Array.from({ length: 51 }, () => repository) }, 'repositories'],
    ['what there is not', { logo: 'x' }, ''],
  ];
  for (const [what, said, path] of refused)
    it(`is not ${what}`, () => {
      const issue = institutionSchema.safeParse(said).error?.issues[0];
      expect(issue?.path.join('.')).to.equal(path);
    });

  it('has a mail address where one of its addresses is one', () => {
    const page = 'https://wyreford.example/contact';
    expect(mailOf({ contact: 'a@example.edu', helpdesk: 'b@example.edu' })).to.equal('a@example.edu');
    expect(mailOf({ contact: page, helpdesk: 'b@example.edu' })).to.equal('b@example.edu');
    expect(mailOf({ contact: page })).to.equal(undefined);
    expect(mailOf({})).to.equal(undefined);
  });
});

describe('the repositories that are offered', () => {
  it('are those behind the sources that are harvested by OAI-PMH, at addresses that are no secret', () => {
    const source = (
      name: string,
      url: string,
      type = 'oai-pmh',
    ): { name: string; url: string; type: string } => ({
      name,
      url,
      type,
    });
    const offered = offeredRepositories([
      source('Theses', 'https://theses.example:8443/oai/request'),
      source('lists', 'https://lists.example/resourcesync', 'resourcesync'),
      source('folder', '/srv/records', 'files'),
      source('sample', 'http://127.0.0.1:4040/oai'),
      source('local', 'http://localhost/oai'),
      source('secret', 'https://user:password@repository.example/oai'),
    ]);
    expect(offered).to.deep.equal([
      {
        name: 'Theses',
        url: 'https://theses.example:8443/',
        oaiBaseUrl: 'https://theses.example:8443/oai/request',
      },
    ]);
    expect(institutionSchema.safeParse({ repositories: offered }).success).to.equal(true);
  });
});
