import { createHmac } from 'node:crypto';
import { expect } from 'chai';
import fc from 'fast-check';
import {
  denySubscription,
  discoverHub,
  distribute,
  intentAddress,
  isSignedWith,
  SIGNATURE_METHODS,
  signatureOf,
  topicLinks,
  verifyIntent,
} from '../../../protocols/websub/index.ts';

const HUB = 'https://node.example/websub';
const TOPIC = 'https://node.example/resourcesync/change-notification.xml';
const CALLBACK = 'https://reader.example/calls';
const intent = { mode: 'subscribe', topic: TOPIC, challenge: 'c-h_4', leaseSeconds: 60 } as const;

type Asked = { address: string; init: RequestInit };

/** A fetch that answers all alike, and what it was asked. */
function answering(respond: () => Response): {
  asked: Asked[];
  options: { fetch: (address: string, init?: RequestInit) => Promise<Response>; within: number };
} {
  const asked: Asked[] = [];
  const fetch = (address: string, init: RequestInit = {}): Promise<Response> => {
    asked.push({ address, init });
    return Promise.resolve(respond());
  };
  return { asked, options: { fetch, within: 10_000 } };
}

describe('the question whether a subscriber meant it (WebSub, section 5.3)', () => {
  const cases: readonly (readonly [string, string])[] = [
    [CALLBACK, `${CALLBACK}?`],
    [`${CALLBACK}?`, `${CALLBACK}?`],
    [`${CALLBACK}?hub.mode=mine&a=%20b`, `${CALLBACK}?hub.mode=mine&a=%20b&`],
    [`${CALLBACK}?a&`, `${CALLBACK}?a&`],
  ];
  for (const [callback, start] of cases) {
    it(`is asked behind the query of ${callback}`, () => {
      const address = intentAddress(callback, intent);
      expect(address.startsWith(`${start}hub.mode=subscribe&`)).to.equal(true);
      const asked = new URLSearchParams(address.slice(start.length));
      expect(Object.fromEntries(asked)).to.deep.equal({
        'hub.mode': 'subscribe',
        'hub.topic': TOPIC,
        'hub.challenge': 'c-h_4',
        'hub.lease_seconds': '60',
      });
    });
  }

  const answers: readonly (readonly [string, () => Response, boolean])[] = [
    ['the challenge', () => new Response('c-h_4'), true],
    ['the challenge and 201', () => new Response('c-h_4', { status: 201 }), true],
    ['the challenge in a page', () => new Response('<p>c-h_4</p>'), false],
    ['the challenge and more', () => new Response('c-h_4\n'), false],
    ['a part of the challenge', () => new Response('c-h'), false],
    ['nothing', () => new Response(null, { status: 204 }), false],
    ['404', () => new Response('c-h_4', { status: 404 }), false],
    ['500', () => new Response('c-h_4', { status: 500 }), false],
    ['a redirect', () => new Response('c-h_4', { status: 302, headers: { location: CALLBACK } }), false],
  ];
  for (const [name, respond, confirmed] of answers) {
    it(`is ${confirmed ? 'confirmed' : 'not confirmed'} by ${name}`, async () => {
      const { asked, options } = answering(respond);
      expect((await verifyIntent(CALLBACK, intent, options)).confirmed).to.equal(confirmed);
      expect(asked).to.have.length(1);
      expect(asked[0]?.init.redirect).to.equal('manual');
    });
  }

  it('reads no more of the answer than a challenge has', async () => {
    let [pulled, cancelled] = [0, false];
    const { options } = answering(
      () =>
        new Response(
          new ReadableStream<Uint8Array>({
            pull: (controller) => {
              pulled += 1;
              controller.enqueue(new Uint8Array(64 * 1024));
            },
            cancel: () => {
              cancelled = true;
            },
          }),
        ),
    );
    expect((await verifyIntent(CALLBACK, intent, options)).confirmed).to.equal(false);
    expect(pulled).to.be.lessThan(4);
    expect(cancelled).to.equal(true);
  });
});

describe('a denial (WebSub, section 5.2)', () => {
  it('tells topic and reason', async () => {
    const { asked, options } = answering(() => new Response(null, { status: 500 }));
    await denySubscription(CALLBACK, { topic: TOPIC, reason: 'The hub is full.' }, options);
    const query = new URL(asked[0]?.address ?? '').searchParams;
    expect(Object.fromEntries(query)).to.deep.equal({
      'hub.mode': 'denied',
      'hub.topic': TOPIC,
      'hub.reason': 'The hub is full.',
    });
  });
});

describe('the distribution of content (WebSub, section 7)', () => {
  const content = { topic: TOPIC, hub: HUB, contentType: 'application/xml', body: Buffer.from('<news/>') };

  it('posts it with its type, its links, and the signature that the secret makes', async () => {
    const { asked, options } = answering(() => new Response('ignored', { status: 202 }));
    const answer = await distribute(`${CALLBACK}?a=1`, content, { ...options, secret: 'key' });
    expect(answer).to.deep.equal({ status: 202 });
    const [{ address, init } = { address: '', init: {} }] = asked;
    expect(address).to.equal(`${CALLBACK}?a=1`);
    expect(init).to.include({ method: 'POST', redirect: 'manual' });
    expect(init.body).to.deep.equal(Buffer.from('<news/>'));
    expect(init.headers).to.deep.equal({
      'content-type': 'application/xml',
      link: `<${HUB}>; rel="hub", <${TOPIC}>; rel="self"`,
      'x-hub-signature': `sha256=${createHmac('sha256', 'key').update('<news/>').digest('hex')}`,
    });
  });

  it('has no signature where there is no secret', async () => {
    const { asked, options } = answering(
      () => new Response(null, { status: 503, headers: { 'retry-after': '120' } }),
    );
    expect(await distribute(CALLBACK, content, options)).to.deep.equal({ status: 503, retryAfter: '120' });
    expect(asked[0]?.init.headers).to.have.all.keys('content-type', 'link');
  });
});

describe('a signature (WebSub, section 7.1)', () => {
  it('is that of RFC 4231, test case 2', () => {
    expect(signatureOf(Buffer.from('what do ya want for nothing?'), 'Jefe')).to.equal(
      'sha256=5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843',
    );
  });

  it('is believed of the same body and secret only', () => {
    const strong = SIGNATURE_METHODS.filter((method) => method !== 'sha1');
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 1 }),
        fc.string({ minLength: 1 }),
        fc.constantFrom(...strong),
        (body, secret, method) => {
          const signature = signatureOf(body, secret, method);
          const changed = Uint8Array.from(body, (byte, i) => (i === 0 ? byte ^ 1 : byte));
          expect(isSignedWith(signature, body, secret)).to.equal(true);
          expect(isSignedWith(signature.toUpperCase().replace('SHA', 'sha'), body, secret)).to.equal(true);
          expect(isSignedWith(signature, changed, secret)).to.equal(false);
          expect(isSignedWith(signature, body, `${secret}.`)).to.equal(false);
          expect(isSignedWith(signature.slice(0, -2), body, secret)).to.equal(false);
        },
      ),
      { seed: 6, numRuns: 200 },
    );
  });

  const body = Buffer.from('x');
  for (const header of [undefined, null, '', 'sha256=', 'sha256', 'md5=00', 'sha256=zz', '=ab', 'sha1=ab']) {
    it(`is not believed as ${String(header)}`, () => {
      expect(isSignedWith(header, body, 'key')).to.equal(false);
    });
  }

  it('by SHA-1 is believed only by who wants it so', () => {
    const signature = signatureOf(body, 'key', 'sha1');
    expect(isSignedWith(signature, body, 'key')).to.equal(false);
    expect(isSignedWith(signature, body, 'key', 'sha1')).to.equal(true);
  });
});

describe('discovery (WebSub, section 4)', () => {
  it('finds what a topic tells', () => {
    expect(discoverHub(topicLinks({ hub: HUB, topic: TOPIC }), TOPIC)).to.deep.equal({
      hubs: [HUB],
      topic: TOPIC,
    });
  });

  const cases: readonly (readonly [string, string | null, object | undefined])[] = [
    ['no header', null, undefined],
    ['no hub', `<${TOPIC}>; rel=self`, undefined],
    ['no self', `<${HUB}>; rel=hub`, undefined],
    ['two of self', `<${HUB}>; rel=hub, <a>; rel=self, <b>; rel=self`, undefined],
    [
      'relative links',
      '</websub>; rel=hub, <x.xml>; rel=self',
      { hubs: [HUB], topic: TOPIC.replace('change-notification', 'x') },
    ],
    [
      'several hubs',
      `<${HUB}>; rel=hub, <https://b.example/>; rel=hub, <${TOPIC}>; rel=self`,
      { hubs: [HUB, 'https://b.example/'], topic: TOPIC },
    ],
  ];
  for (const [name, header, found] of cases) {
    it(`with ${name}`, () => {
      expect(discoverHub(header, TOPIC)).to.deep.equal(found);
    });
  }
});
