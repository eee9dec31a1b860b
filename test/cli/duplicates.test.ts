import { expect } from 'chai';
import { aNodeDouble } from './node-double.ts';
import { typed, type Typed } from './typed.ts';

const [A, B] = ['a'.repeat(20), 'b'.repeat(20)] as [string, string];
const OAI = 'oai:r.example:1';
const SAID = { records: [A, B], says: 'different', by: 'manager', at: '2026-11-21T08:00:00.000Z' };

describe('ngr duplicates', () => {
  const { node } = aNodeDouble();
  beforeEach(() => {
    node.answers.set(`GET /records/${encodeURIComponent(OAI)}`, {
      status: 303,
      location: `https://r.example/records/${A}`,
    });
  });

  const ngr = (...words: string[]): Promise<Typed> => typed(['duplicates', ...words, '--data', node.data]);
  const sent = (): unknown[] =>
    node.asked.filter(({ method }) => method !== 'GET').map(({ method, path, body }) => [method, path, body]);

  it('names the best open copy and the identifier of the work', async () => {
    node.answers.set(`GET /records/${A}/duplicates`, {
      body: {
        orderedItems: [],
        canonicalIdentifier: 'https://doi.org/10.1/x',
        bestOpenCopy: { url: 'https://r.example/1\u001B.pdf', stage: 'accepted' },
      },
    });
    const { stdout } = await ngr(OAI);
    expect(stdout).to.equal(
      [
        'It is the only record of its work.',
        'Best open copy: https://r.example/1 .pdf (version: accepted)',
        'Identifier of the work: https://doi.org/10.1/x',
        '',
      ].join('\n'),
    );
  });

  it('shows what speaks for and against two records', async () => {
    node.answers.set(`GET /records/${A}/duplicates/${B}`, {
      body: {
        verdict: 'same',
        bits: 16.5,
        needed: 15,
        evidence: [
          {
            feature: 'title',
            level: 'same long',
            bits: 18.5,
            compared: ['on \u001B repositories', 'on repositories'],
          },
          { feature: 'year', level: 'next', bits: -2 },
        ],
        vetoes: [{ veto: 'relation' }],
        statement: 'same',
        path: [A, 'https://r.example/records/c', B],
      },
    });
    const { exitCode, stdout, stderr } = await ngr('--why', OAI, B);
    expect(exitCode, stderr).to.equal(0);
    const lines = stdout.split('\n');
    expect(lines[0]).to.equal(
      'They are of the same work: the evidence adds up to +16.5 bits, and 15 are needed.',
    );
    expect(lines[2]).to.match(/^title +same long +\+18\.5 +on repositories +on repositories$/);
    expect(lines[3]).to.match(/^year +next +-2$/);
    expect(lines.slice(4, 7)).to.deep.equal([
      'Kept apart by: relation',
      'Said here: they are of the same work.',
      'Joined through https://r.example/records/c',
    ]);
    expect((await ngr('--why', A)).exitCode).to.equal(2);
  });

  it('says of two records that they are the same, or are not', async () => {
    node.answers.set('POST /api/statements', { status: 201, body: SAID });
    const apart = await ngr('--not-same', OAI, B);
    expect(apart.exitCode, apart.stderr).to.equal(0);
    expect(apart.stdout).to.include(`${A} and ${B} are not of the same work`);
    expect((await ngr('--same', A, B, '--json')).stdout).to.include('"by": "manager"');
    expect(sent()).to.deep.equal([
      ['POST', '/api/statements', JSON.stringify({ records: [A, B], says: 'different' })],
      ['POST', '/api/statements', JSON.stringify({ records: [A, B], says: 'same' })],
    ]);
  });

  it('takes back what was said', async () => {
    node.answers.set(`DELETE /api/statements/${A}/${B}`, { status: 204 });
    expect((await ngr('--take-back', OAI, B)).exitCode).to.equal(0);
    expect(sent()).to.deep.equal([['DELETE', `/api/statements/${A}/${B}`, '']]);
    const detail = 'Nothing was said.';
    const body = { code: 'STATEMENT_UNKNOWN', detail, remedy: 'See /statements.' };
    node.answers.set(`DELETE /api/statements/${B}/${A}`, { status: 404, body });
    const unknown = await ngr('--take-back', B, A);
    expect(unknown.exitCode).to.equal(3);
    expect(unknown.stderr).to.include('[STATEMENT_UNKNOWN]');
  });

  it('lists what was said, page after page', async () => {
    const path = 'GET /api/statements?limit=500';
    node.answers.set(path, { body: { statements: [SAID], next: `${A}!${B}` } });
    node.answers.set(`${path}&after=${A}!${B}`, { body: { statements: [{ ...SAID, says: 'same' }] } });
    node.answers.set(`${path}&record=${A}`, { body: { statements: [] } });
    const lines = (await ngr('--said')).stdout.split('\n');
    expect(lines[1]).to.match(/not of the same work +manager +2026-11-21 08:00 UTC$/);
    expect(lines[2]).to.include('of the same work');
    expect((await ngr('--said', OAI)).stdout).to.equal('Nothing was said.\n');
  });

  it('wants as many records as it needs, and one thing at a time', async () => {
    for (const words of [
      ['--same', A],
      ['--not-same', A, B, A],
      [A, B],
      [],
      ['--same', '--not-same', A, B],
    ]) {
      const { exitCode, stderr } = await ngr(...words);
      expect(exitCode, words.join(' ')).to.equal(2);
      expect(stderr, words.join(' ')).to.not.equal('');
    }
    expect(node.asked).to.deep.equal([]);
  });
});
