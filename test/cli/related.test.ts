import { expect } from 'chai';
import { recordKey } from '../../vocab/record-key.ts';
import { aNodeDouble } from './node-double.ts';
import { typed, type Typed } from './typed.ts';

const NODE = '12D3KooWQYhTNQdmr3ArTeUHRYzFg94BKyTkoWBDWez9kSCVe2Xo';
const KEY = recordKey(NODE, 'oai:r.example:1');
const OTHER = recordKey(NODE, 'oai:r.example:2');

describe('ngr related', () => {
  const { node } = aNodeDouble();

  const ngr = (...words: string[]): Promise<Typed> => typed(['related', ...words, '--data', node.data]);

  it('leaves out what the manager says does not belong', async () => {
    const opinion = {
      record: KEY,
      item: OTHER,
      votes: 1,
      leftOutBy: 'manager',
      at: '2026-01-01T00:00:00.000Z',
    };
    node.answers.set('POST /api/related-feedback', { body: opinion });
    const { exitCode, stdout } = await ngr(KEY, '--not-relevant', OTHER);
    expect(exitCode).to.equal(0);
    expect(stdout).to.equal(`${OTHER} is no longer suggested with ${KEY}.\n`);
    const asked = await ngr(KEY, '--not-relevant', OTHER, '--json');
    expect(JSON.parse(asked.stdout)).to.deep.equal(opinion);
  });

  it('takes that back', async () => {
    node.answers.set(`DELETE /api/related-feedback/${KEY}/${OTHER}`, { status: 204 });
    const { exitCode, stdout } = await ngr(KEY, '--take-back', OTHER);
    expect(exitCode).to.equal(0);
    expect(stdout).to.equal(`${OTHER} may be suggested with ${KEY} again.\n`);
  });

  it('tells what was said of a record', async () => {
    const path = `GET /api/related-feedback?record=${KEY}&limit=500`;
    node.answers.set(path, {
      body: {
        feedback: [
          { record: KEY, item: OTHER, votes: 3, leftOutBy: 'readers' },
          { record: OTHER, item: KEY, votes: 1 },
        ],
      },
    });
    expect((await ngr(KEY, '--feedback')).stdout.split('\n')).to.deep.equal([
      `${OTHER} beside ${KEY}: 3 votes, left out by the readers`,
      `${KEY} beside ${OTHER}: 1 vote`,
      '',
    ]);
    node.answers.set(path, { body: { feedback: [] } });
    expect((await ngr(KEY, '--feedback')).stdout).to.equal('Nobody has said anything.\n');
  });

  it('does one thing at a time', async () => {
    expect((await ngr(KEY, '--not-relevant', OTHER, '--take-back', OTHER)).exitCode).to.equal(2);
    expect((await ngr(KEY, '--take-back', OTHER, '--feedback')).exitCode).to.equal(2);
  });
});
