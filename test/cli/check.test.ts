import { expect } from 'chai';
import { aNodeDouble } from './node-double.ts';

describe('ngr check', () => {
  const { node, ngr } = aNodeDouble();

  const issue = (n: number, parts: object = {}): object => ({
    id: `i${n}`,
    source: 'r.example',
    code: 'OAI_RECORD_UNREADABLE',
    severity: 'error',
    title: 'A record cannot be read',
    message: `Record ${n} cannot be read.`,
    remedy: 'Mend its XML.',
    place: { page: 2, record: n },
    firstSeen: '2026-01-02T03:04:05.000Z',
    lastSeen: '2026-02-02T03:04:05.000Z',
    count: 3,
    ...parts,
  });
  const counts = { error: 2, warning: 0, info: 1 };

  it('lists issues page by page, and ends with 4 where there are errors', async () => {
    node.answers.set('GET /api/issues?severity=error&limit=500', {
      body: { issues: [issue(1)], counts, next: 'i1' },
    });
    node.answers.set('GET /api/issues?severity=error&limit=499&after=i1', {
      body: { issues: [issue(2)], counts },
    });
    const { exitCode, stdout } = await ngr('check', '--severity', 'error', '--limit', '500');
    expect(exitCode).to.equal(4);
    expect(stdout).to.include('error   Record 2 cannot be read. [OAI_RECORD_UNREADABLE]');
    expect(stdout)
      .to.include('r.example, page 2, record 1, met 3 times, since 2026-01-02')
      .and.to.include('Mend its XML.');
    expect(stdout).to.match(/2 errors, 0 warnings, 1 note\n$/);
  });

  it('shows what was put right', async () => {
    const repairs = ['a', 'b', 'c', 'd'].map((before) => ({ before, after: before.toUpperCase() }));
    node.answers.set('GET /api/issues?code=NAME_SPLIT&source=r&record=oai%3A1&limit=100', {
      body: {
        issues: [issue(1, { repairs, severity: 'info', count: 1 })],
        counts: { ...counts, error: 0 },
      },
    });
    const filter = ['--code', 'NAME_SPLIT', '--source', 'r', '--record', 'oai:1'];
    const { exitCode, stdout } = await ngr('check', ...filter);
    expect(exitCode).to.equal(0);
    expect(stdout).to.include('“a” → “A”').and.to.include('and 1 more').and.not.to.include('“D”');
    expect(stdout).not.to.include('times');
  });

  it('shows the place where a long value was put right, and what nobody sees', async () => {
    const head = 'A long title that goes on and on before anything is wrong with it at all, ';
    const repairs = [
      { before: `${head}caf\u00c3\u00a9 and more`, after: `${head}café and more` },
      { before: 'in\u00advisible', after: 'invisible' },
      { before: 'a  b\u00a0c\u001b[31m', after: 'a b c' },
    ];
    node.answers.set('GET /api/issues?limit=100', { body: { issues: [issue(1, { repairs })], counts } });
    const { stdout } = await ngr('check');
    expect(stdout)
      .to.include('cafÃ© and more” → “…')
      .and.to.include('café and more”')
      .and.to.include('“in\\u{AD}visible” → “invisible”')
      .and.to.include('“a  b\\u{A0}c\\u{1B}[31m” → “a b c”');
  });

  it('counts the kinds', async () => {
    const kind = { severity: 'error', code: 'A_B', title: 'What it is', count: 1_234 };
    const note = { severity: 'info', code: 'C_D', title: 'Another', count: 1 };
    node.answers.set('GET /api/issues/kinds?source=r', { body: { kinds: [kind, note] } });
    node.answers.set('GET /api/issues/kinds?severity=info&source=r&record=oai%3A1', {
      body: { kinds: [note] },
    });
    const all = await ngr('check', '--kinds', '--source', 'r');
    expect(all.exitCode).to.equal(4);
    expect(all.stdout).to.match(/1 +info +C_D +Another\n1,234 errors, 0 warnings, 1 note\n$/);
    const filter = ['--source', 'r', '--severity', 'info', '--record', 'oai:1'];
    const some = await ngr('check', '--kinds', ...filter);
    expect(some.exitCode).to.equal(0);
    expect(some.stdout).to.match(/1 +info +C_D +Another\n0 errors, 0 warnings, 1 note\n$/);
  });

  it('writes a table as it comes', async () => {
    node.answers.set('GET /api/issues?code=NAME_SPLIT', { text: '\ufeffseverity,code\r\ninfo,"ü"\r\n' });
    node.answers.set('GET /api/issues?code=NAME_SPLIT&limit=1', { body: { issues: [], counts } });
    const { exitCode, stdout } = await ngr('check', '--csv', '--code', 'NAME_SPLIT');
    expect(exitCode).to.equal(4);
    expect(stdout).to.equal('\ufeffseverity,code\r\ninfo,"ü"\r\n');
  });

  it('refuses two formats at a time', async () => {
    expect((await ngr('check', '--csv', '--json')).exitCode).to.equal(2);
    expect((await ngr('check', '--csv', '--kinds')).exitCode).to.equal(2);
  });
});
