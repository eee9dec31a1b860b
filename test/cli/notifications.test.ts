import { expect } from 'chai';
import { aNodeDouble } from './node-double.ts';
import { typed, type Typed } from './typed.ts';

const review = {
  id: 'b5y7aaaaaaaaaaaaaaaaaaaaaa',
  direction: 'received',
  at: '2026-11-21T07:48:12.000Z',
  pattern: 'announce-review',
  state: 'waiting',
  why: 'asks-first',
  reason: 'Its sender is configured with the trust “ask”.',
  party: { id: 'https://review.example', name: 'Reviews\u001B[31m' },
  records: [],
  about: 'https://review.example/review/21',
};

describe('ngr notifications', () => {
  const { node } = aNodeDouble();

  const ngr = (...words: string[]): Promise<Typed> => typed(['notifications', ...words, '--data', node.data]);
  const asked = (): unknown[] =>
    node.asked.map(({ method, path, body }) => [
      method,
      path,
      body === '' ? undefined : (JSON.parse(body) as unknown),
    ]);

  it('lists what waits, page by page', async () => {
    node.answers.set('GET /api/notifications?list=waiting&limit=500', {
      body: { notifications: [review], next: 'b5y7' },
    });
    node.answers.set('GET /api/notifications?list=waiting&limit=500&before=b5y7', {
      body: { notifications: [{ ...review, direction: 'sent', party: undefined, pattern: undefined }] },
    });
    const { exitCode, stdout } = await ngr();
    expect(exitCode).to.equal(0);
    expect(stdout.split('\n').map((line) => line.split(/ {2,}/))).to.deep.equal([
      ['Id', 'When', 'What', 'From or to', 'State', 'About'],
      [review.id, '2026-11-21 07:48 UTC', 'announce-review', '← Reviews [31m', 'waiting', review.about],
      [review.id, '2026-11-21 07:48 UTC', 'other', '→ ?', 'waiting', review.about],
      [''],
    ]);
  });

  it('says so where nothing waits', async () => {
    node.answers.set('GET /api/notifications?list=waiting&limit=500', { body: { notifications: [] } });
    expect((await ngr()).stdout).to.equal('Nothing waits for you.\n');
  });

  it('shows one, with its conversation and what it says', async () => {
    node.answers.set(`GET /api/notifications/${review.id}`, {
      body: {
        notification: { ...review, summary: 'Well done.' },
        payload: { summary: 'Well\u001B[31m done.' },
        conversation: {
          state: 'announced',
          moves: [{ pattern: 'request-review', by: 'offerer', at: '2026-11-20T10:00:00.000Z' }],
        },
      },
    });
    const { stdout } = await ngr('show', review.id);
    expect(stdout.split('\n')).to.deep.equal([
      `${review.id} (announce-review, Reviews [31m) is waiting. ${review.reason}`,
      'It says: Well done.',
      '  2026-11-20 10:00 UTC  request-review (by the offerer)',
      '{',
      '  "summary": "Well\\u001b[31m done."',
      '}',
      '',
    ]);
  });

  const decisions: readonly (readonly [words: string[], path: string, body: object])[] = [
    [['accept', 'b5y7'], '/api/notifications/b5y7/accept', {}],
    [
      ['accept', 'b5y7', '--tentatively', '--note', 'Likely.', '--record', 'oai:x:1'],
      '/api/notifications/b5y7/accept',
      { tentatively: true, note: 'Likely.', record: 'oai:x:1' },
    ],
    [['reject', 'b5y7', '--reason', 'No.'], '/api/notifications/b5y7/reject', { note: 'No.' }],
    [['undo', 'b5y7', '--note', 'Sorry.'], '/api/notifications/b5y7/undo', { note: 'Sorry.' }],
    [['resend', 'b5y7'], '/api/notifications/b5y7/resend', {}],
    [
      ['send', 'request-review', 'oai:x:1', '--to', 'Reviews'],
      '/api/notifications',
      { pattern: 'request-review', record: 'oai:x:1', service: 'Reviews' },
    ],
    [
      [
        'send',
        'announce-relationship',
        'oai:x:1',
        '--relationship',
        'urn:r',
        '--object',
        'https://o.example',
      ],
      '/api/notifications',
      {
        pattern: 'announce-relationship',
        record: 'oai:x:1',
        relationship: 'urn:r',
        object: 'https://o.example',
      },
    ],
  ];
  for (const [words, path, body] of decisions) {
    it(`does what is meant by ${words.join(' ')}`, async () => {
      node.answers.set(`POST ${path}`, {
        body: { ...review, state: 'accepted', reason: 'Decided by the manager.' },
      });
      const { exitCode, stdout } = await ngr(...words, '--json');
      expect(exitCode).to.equal(0);
      expect(JSON.parse(stdout)).to.include({ state: 'accepted' });
      expect(asked()).to.deep.equal([['POST', path, body]]);
    });
  }

  it('tells how a delivery stands', async () => {
    node.answers.set('POST /api/notifications/b5y7/resend', {
      body: {
        ...review,
        state: 'failed',
        complaint: 'The file cannot be read.',
        delivery: {
          attempts: 15,
          error: { code: 'HTTP_503', message: 'The inbox answered with HTTP status 503.' },
        },
      },
    });
    expect((await ngr('resend', 'b5y7')).stdout.split('\n').slice(1)).to.deep.equal([
      'The receiver could not process it: The file cannot be read.',
      'After 15 attempts: The inbox answered with HTTP status 503.',
      '',
    ]);
  });

  it('tells what the node says where it cannot be done', async () => {
    node.answers.set('POST /api/notifications/b5y7/accept', {
      status: 409,
      body: {
        code: 'NOTIFICATION_SETTLED',
        title: 'No',
        detail: 'It is accepted already.',
        remedy: 'Look at it.',
      },
    });
    const { exitCode, stderr } = await ngr('accept', 'b5y7');
    expect(exitCode).to.equal(1);
    expect(stderr).to.equal('ngr: It is accepted already. Look at it. [NOTIFICATION_SETTLED]\n');
  });

  for (const words of [
    ['accept'],
    ['reject', 'b5y7'],
    ['send', 'request-review'],
    ['--list', 'new'],
    ['look'],
  ]) {
    it(`is told wrong use by ${words.join(' ')}`, async () => {
      const { exitCode, stderr } = await ngr(...words);
      expect(exitCode).to.equal(2);
      expect(stderr).to.match(/^ngr: .* \[USAGE\]\n$/);
      expect(node.asked).to.deep.equal([]);
    });
  }
});
