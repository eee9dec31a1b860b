import { expect } from 'chai';
import { NodeDouble } from './node-double.ts';
import { typed } from './typed.ts';

describe('ngr people', () => {
  const node = new NodeDouble();
  before(() => node.start());
  after(() => node.stop());

  it('invites somebody to a role, which is none of a process', async () => {
    const link = `${node.url}/dashboard/invitation/abc`;
    const made = {
      link,
      name: 'Ana Silva',
      mail: 'ana@example.edu',
      expires: '2026-11-23T00:00:00.000Z',
      isMailed: false,
    };
    node.answers.set('POST /api/people/invitations', {
      status: 201,
      body: { id: 'a', role: 'administrator', ...made },
    });
    const words = ['--invite', 'ana@example.edu', '--role', 'administrator', 'Ana Silva'];
    const { exitCode, stdout, stderr } = await typed(['people', ...words, '--data', node.data]);
    expect(exitCode, stderr).to.equal(0);
    expect(stdout).to.include(link);
    expect(JSON.parse(node.asked[0]?.body ?? '')).to.deep.equal({
      mail: 'ana@example.edu',
      name: 'Ana Silva',
      role: 'administrator',
    });
  });
});
