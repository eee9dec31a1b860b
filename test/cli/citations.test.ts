import { expect } from 'chai';
import { recordKey } from '../../vocab/record-key.ts';
import { aNodeDouble, list, type Answer } from './node-double.ts';

const OAI = 'oai:r.example:1';
const KEY = recordKey('12D3KooWQYhTNQdmr3ArTeUHRYzFg94BKyTkoWBDWez9kSCVe2Xo', OAI);
const HELD = {
  id: `https://r.example/records/${KEY}`,
  oaiIdentifier: OAI,
  titles: [{ value: 'Open repositories' }],
  creators: [{ name: 'Knoth, Petr' }],
  published: { value: '2016' },
};

describe('ngr citations', () => {
  const { node, ngr } = aNodeDouble();
  const answers = (cites: Answer, citedBy: Answer): void => {
    node.answers.set(`GET /records/${KEY}/citations?limit=50&direction=cites`, cites);
    node.answers.set(`GET /records/${KEY}/citations?limit=50&direction=citedBy`, citedBy);
  };

  it('prints what a record cites, held or not, and what cites it', async () => {
    answers(
      list(
        HELD,
        { id: 'https://doi.org/10.1/x', citation: 'Somebody. \u001B[31mSomething.\n1999.' },
        { citation: 'Nobody. Nothing.' },
        { id: 'https://doi.org/10.1/y', titles: [{ value: 'A title from the resolver' }] },
      ),
      list(HELD),
    );
    const { exitCode, stdout } = await ngr('citations', KEY);
    expect(exitCode).to.equal(0);
    expect(stdout.split('\n')).to.deep.equal([
      'Cites (4)',
      '  Open repositories (2016)',
      '     Knoth, Petr',
      `     ${KEY}  ${OAI}  at r.example`,
      '  Somebody. [31mSomething. 1999.',
      '     https://doi.org/10.1/x',
      '  Nobody. Nothing.',
      '  A title from the resolver',
      '     https://doi.org/10.1/y',
      '',
      'Cited by (1)',
      '  Open repositories (2016)',
      '     Knoth, Petr',
      `     ${KEY}  ${OAI}  at r.example`,
      '',
    ]);
  });

  it('says so where there are none', async () => {
    answers(list(), list());
    const { stdout } = await ngr('citations', KEY);
    expect(stdout).to.include('No references of it are known.').and.include('Nothing is known to cite it.');
  });

  it('prints with --csv the table as it comes', async () => {
    const text = '\ufeffdirection,title\r\ncites,"Open, closed"\r\n';
    node.answers.set(`GET /records/${KEY}/citations`, { text });
    const { exitCode, stdout } = await ngr('citations', KEY, '--csv');
    expect(exitCode).to.equal(0);
    expect(stdout).to.equal(text);
    expect((await ngr('citations', KEY, '--csv', '--json')).exitCode).to.equal(2);
  });

  it('prints with --json what the node said', async () => {
    answers(list(HELD), { body: { orderedItems: [], next: 'https://r.example/next' } });
    const { stdout } = await ngr('citations', KEY, '--json');
    expect(JSON.parse(stdout)).to.have.nested.property('cites.orderedItems[0].oaiIdentifier', OAI);
  });
});
