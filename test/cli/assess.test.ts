import { expect } from 'chai';
import { aNodeDouble } from './node-double.ts';
import { typed } from './typed.ts';

const PATH = 'POST /api/assessments/ngr-behaviours';
const check = (outcome: string, more: object = {}): object => ({
  name: 'A record is there.',
  assertion: { result: { outcome, ...more } },
});
const assessment = (...checks: object[]): object => ({
  name: 'Behaviours',
  behaviours: [
    { name: 'Exposing identifiers', extent: 'whole', checks },
    { name: 'Authentication of users', extent: 'not', checks: [check('passed')] },
  ],
});

describe('ngr assess', () => {
  const { node, ngr } = aNodeDouble();

  it('prints each behaviour with its checks, and ends with 0 where none failed', async () => {
    const inapplicable = check('inapplicable', { seen: ['There are no records yet.'] });
    const passed = check('passed', { seen: ['https://r.example/ tells'] });
    node.answers.set(PATH, { body: assessment(passed, inapplicable) });
    const { exitCode, stdout } = await ngr('assess');
    expect(exitCode).to.equal(0);
    expect(stdout.split('\n')).to.deep.equal([
      'Exposing identifiers',
      '  passed: A record is there.',
      '  inapplicable: A record is there.',
      '    There are no records yet.',
      'Authentication of users (not by this node)',
      '  passed: A record is there.',
      '',
      '2 passed, 0 failed, 1 not applicable',
      '',
    ]);
    expect(node.asked[0]?.token).to.equal('Bearer secret');
  });

  it('tells of what failed what was seen and what to do, and ends with 1', async () => {
    const failed = check('failed', {
      seen: ['https://r.example/ answers \u001B[31m500'],
      advice: 'Look there.',
    });
    node.answers.set(PATH, { body: assessment(failed) });
    const { exitCode, stdout } = await ngr('assess', 'ngr-behaviours');
    expect(exitCode).to.equal(1);
    expect(stdout).to.contain(
      '  failed: A record is there.\n    https://r.example/ answers [31m500\n    Look there.\n',
    );
  });

  it('prints with --json what the node said', async () => {
    const body = assessment(check('failed'));
    node.answers.set(PATH, { body });
    const { exitCode, stdout } = await ngr('assess', '--json');
    expect(exitCode).to.equal(1);
    expect(JSON.parse(stdout)).to.deep.equal(body);
  });

  it('ends with 3 where there is no such assessment', async () => {
    const { exitCode, stderr } = await ngr('assess', 'rioxx-9');
    expect(exitCode).to.equal(3);
    expect(stderr).to.contain('rioxx-9');
  });
});

describe('ngr assess of metadata', () => {
  const { node } = aNodeDouble();

  it('prints how the records stand, rule by rule, and what to do', async () => {
    const rule = {
      name: 'It has a title.',
      element: 'dc:title',
      requirement: 'mandatory',
      advice: 'Give one.',
    };
    node.answers.set('GET /assessments/rioxx?format=jsonld&version=2.0&level=full', {
      body: {
        name: 'RIOXX 2.0, Full',
        records: 3,
        recordsPassed: 2,
        rules: [
          { ...rule, isDecisive: true, recordsPassed: 2, recordsFailed: 1 },
          { ...rule, isDecisive: false, recordsPassed: 3, recordsFailed: 0 },
          { ...rule, isDecisive: true, recordsPassed: 0, recordsFailed: 0 },
        ],
      },
    });
    const words = ['assess', 'rioxx', '--profile', '2.0', '--level', 'full', '--data', node.data];
    const { exitCode, stdout } = await typed(words);
    expect(exitCode).to.equal(0);
    expect(stdout.split('\n')).to.deep.equal([
      'RIOXX 2.0, Full: 2 of 3 records meet it, 66%',
      '',
      'dc:title (mandatory): 2 of 3, 66%',
      '  It has a title.',
      '  What to do: Give one.',
      'dc:title (mandatory, for information): 3 of 3, 100%',
      '  It has a title.',
      'dc:title (mandatory): no record',
      '  It has a title.',
      '',
    ]);
  });
});

describe('ngr assess plan-s', () => {
  const { node } = aNodeDouble();

  const standing = (outcome: string): object => ({
    name: 'Plan S',
    requirements: [
      {
        name: 'Helpdesk',
        weight: 'mandatory',
        standing: 'declared',
        criteria: [
          {
            name: 'It answers.',
            standing: 'declared',
            assertion: [
              { mode: 'automatic', result: {} },
              {
                mode: 'manual',
                result: { statement: 'Within \u001B[31ma day.', evidence: 'https://r.example/help' },
              },
            ],
          },
        ],
      },
      {
        name: 'Availability',
        weight: 'mandatory',
        standing: outcome,
        criteria: [
          {
            name: 'It is there.',
            standing: outcome,
            share: 0.9969,
            threshold: 0.997,
            assertion: [{ mode: 'automatic', result: { seen: ['r answered'], advice: 'Look.' } }],
          },
        ],
      },
    ],
  });

  it('prints what was seen and said, and ends with 1 where something mandatory is not met', async () => {
    node.answers.set('GET /assessments/plan-s?format=jsonld', { body: standing('not-met') });
    const { exitCode, stdout } = await typed(['assess', 'plan-s', '--data', node.data]);
    expect(exitCode).to.equal(1);
    expect(stdout.split('\n')).to.deep.equal([
      'Plan S: 1 of 2 mandatory requirements met',
      '',
      'Helpdesk (mandatory): declared',
      '  declared: It answers.',
      '    The institution says: Within [31ma day. https://r.example/help',
      '',
      'Availability (mandatory): not-met',
      '  not-met: 99.6% of 99.7% It is there.',
      '    r answered',
      '    What to do: Look.',
      '',
    ]);
  });

  it('ends with 0 where something is only not known', async () => {
    node.answers.set('GET /assessments/plan-s?format=jsonld', { body: standing('unknown') });
    expect((await typed(['assess', 'plan-s', '--data', node.data])).exitCode).to.equal(0);
  });
});
