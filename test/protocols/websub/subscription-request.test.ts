import { expect } from 'chai';
import fc from 'fast-check';
import {
  FORM_TYPE,
  readSubscriptionRequest,
  sameTopic,
  WebSubError,
} from '../../../protocols/websub/index.ts';

const TOPIC = 'https://node.example/resourcesync/change-notification.xml';
const CALLBACK = 'https://reader.example/calls/7f3?x=1&y=%20';

const form = (fields: Record<string, string> | [string, string][]): Uint8Array =>
  Buffer.from(new URLSearchParams(fields).toString());
const complete = { 'hub.mode': 'subscribe', 'hub.topic': TOPIC, 'hub.callback': CALLBACK };
const refusal = (body: Uint8Array, type: string | undefined = FORM_TYPE): WebSubError => {
  try {
    readSubscriptionRequest(body, type);
  } catch (error) {
    if (error instanceof WebSubError) return error;
    throw error;
  }
  throw new Error('the request was taken');
};

describe('a subscription request (WebSub, section 5.1)', () => {
  it('has a mode, a topic and a callback', () => {
    expect(readSubscriptionRequest(form(complete), FORM_TYPE)).to.deep.equal({
      mode: 'subscribe',
      topic: TOPIC,
      callback: CALLBACK,
    });
  });

  it('may have a lease and a secret, and parameters that nobody knows', () => {
    const body = form({ ...complete, 'hub.lease_seconds': '086400', 'hub.secret': 'schlüssel', 'x.y': '1' });
    expect(readSubscriptionRequest(body, `${FORM_TYPE}; charset=UTF-8`)).to.include({
      leaseSeconds: 86_400,
      secret: 'schlüssel',
    });
  });

  it('takes what is empty for not there', () => {
    const body = form({ ...complete, 'hub.lease_seconds': '', 'hub.secret': '' });
    expect(readSubscriptionRequest(body, FORM_TYPE)).to.have.all.keys('mode', 'topic', 'callback');
  });

  it('leaves lease and secret aside where a subscription is to end', () => {
    const body = form({
      ...complete,
      'hub.mode': 'unsubscribe',
      'hub.lease_seconds': 'x',
      'hub.secret': 'y',
    });
    expect(readSubscriptionRequest(body, FORM_TYPE)).to.deep.equal({
      mode: 'unsubscribe',
      topic: TOPIC,
      callback: CALLBACK,
    });
  });

  const wrong: readonly (readonly [string, string, string | undefined, RegExp])[] = [
    ['no mode', 'hub.mode', undefined, /missing/],
    ['an empty mode', 'hub.mode', '', /empty/],
    ['another mode', 'hub.mode', 'publish', /neither/],
    ['a mode in capitals', 'hub.mode', 'Subscribe', /neither/],
    ['no topic', 'hub.topic', undefined, /missing/],
    ['a topic that is no address', 'hub.topic', 'changes', /no http/],
    ['no callback', 'hub.callback', undefined, /missing/],
    ['a relative callback', 'hub.callback', '/calls', /no http/],
    ['a callback by another scheme', 'hub.callback', 'ftp://reader.example/', /no http/],
    ['a callback with a script', 'hub.callback', 'javascript:alert(1)', /no http/],
    ['a callback with a password', 'hub.callback', 'https://a:b@reader.example/', /password/],
    ['a callback with a fragment', 'hub.callback', 'https://reader.example/#', /fragment/],
    ['a callback with white space', 'hub.callback', 'https://reader.example/a b', /no http/],
    ['a callback with a line break', 'hub.callback', 'https://reader.example/\r\nX: y', /no http/],
    ['a callback without a host', 'hub.callback', 'https://', /no http/],
    ['a long callback', 'hub.callback', `https://reader.example/${'a'.repeat(2_000)}`, /longer/],
    ['a lease of nothing', 'hub.lease_seconds', '0', /positive/],
    ['a negative lease', 'hub.lease_seconds', '-1', /positive/],
    ['a lease in parts', 'hub.lease_seconds', '1.5', /positive/],
    ['a lease in words', 'hub.lease_seconds', 'forever', /positive/],
    ['a lease beyond all bounds', 'hub.lease_seconds', '9'.repeat(400), /positive/],
    ['a secret of 200 bytes', 'hub.secret', 'ü'.repeat(100), /200 bytes/],
  ];
  for (const [name, parameter, value, why] of wrong) {
    it(`is refused with ${name}`, () => {
      const fields: Record<string, string> = { ...complete };
      if (value === undefined) delete fields[parameter];
      else fields[parameter] = value;
      const error = refusal(form(fields));
      expect(error.code).to.equal('WEBSUB_BAD_PARAMETER');
      expect(error.message).to.match(why);
      expect(error.details).to.deep.equal({ parameter });
    });
  }

  it('is refused with a parameter twice', () => {
    const twice = form([...Object.entries(complete), ['hub.callback', 'https://other.example/']]);
    expect(refusal(twice).message).to.equal('hub.callback is there 2 times.');
  });

  it('is refused as anything but a form in UTF-8', () => {
    expect(refusal(form(complete), 'application/json').code).to.equal('WEBSUB_WRONG_TYPE');
    expect(refusal(form(complete), '').code).to.equal('WEBSUB_WRONG_TYPE');
    expect(refusal(Buffer.from([0x68, 0xff])).message).to.match(/UTF-8/);
    expect(refusal(Buffer.from('hub.mode=%ff')).message).to.match(/UTF-8/);
  });

  it('with a secret of 199 bytes is taken', () => {
    const body = form({ ...complete, 'hub.secret': 's'.repeat(199) });
    expect(readSubscriptionRequest(body, FORM_TYPE).secret).to.have.length(199);
  });

  it('is read or refused, whatever is posted', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (body) => {
        expect(refusal(body)).to.be.instanceOf(WebSubError);
      }),
      { seed: 4, numRuns: 300 },
    );
  });

  it('keeps callback and secret as they are', () => {
    fc.assert(
      fc.property(
        fc.webUrl({ withQueryParameters: true }),
        fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 }).filter((text) => text.isWellFormed()),
        (callback, secret) => {
          const body = form({ ...complete, 'hub.callback': callback, 'hub.secret': secret });
          expect(readSubscriptionRequest(body, FORM_TYPE)).to.include({ callback, secret });
        },
      ),
      { seed: 5, numRuns: 300 },
    );
  });
});

describe('topics', () => {
  it('are the same in all their spellings (section 5.1.1)', () => {
    const spellings = [
      TOPIC,
      TOPIC.replace('change', '%63hange'),
      TOPIC.replace('-', '%2D'),
      TOPIC.replace('https://node.example', 'HTTPS://NODE.example:443'),
    ];
    expect(new Set(spellings.map(sameTopic)).size).to.equal(1);
  });

  it('are others where an escape stands for something', () => {
    expect(sameTopic('https://node.example/a%2Fb')).not.to.equal(sameTopic('https://node.example/a/b'));
    expect(sameTopic('https://node.example/a%2fb')).to.equal(sameTopic('https://node.example/a%2Fb'));
    expect(sameTopic(`${TOPIC}?page=1`)).not.to.equal(sameTopic(TOPIC));
  });
});
