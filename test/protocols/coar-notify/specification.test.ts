import { expect } from 'chai';
import {
  CoarNotifyError,
  patterns,
  readCoarNotify,
  writeCoarNotify,
  type CoarNotification,
  type Violation,
} from '../../../protocols/coar-notify/index.ts';
import { readNotification } from '../../../protocols/ldn/index.ts';
import { bytesOf } from '../../support/notifications.ts';
import { payloadFolder, specificationPayloads } from '../../support/specification-payloads.ts';

const names: Readonly<Record<string, string>> = {
  'Request Review': 'request-review',
  'Request Endorsement': 'request-endorsement',
  'Announce Review': 'announce-review',
  'Announce Endorsement': 'announce-endorsement',
  'Announce Relationship': 'announce-relationship',
  'Announce Service Result': 'announce-resource',
  Accept: 'accept',
  Reject: 'reject',
  'Tentatively Accept': 'tentative-accept',
  'Tentatively Reject': 'tentative-reject',
  'Undo Offer': 'undo-offer',
  'Unprocessable Notification': 'unprocessable',
};

async function read(document: unknown): Promise<CoarNotification | undefined> {
  return readCoarNotify(await readNotification(bytesOf(document), 'application/ld+json'));
}

async function violationsOf(document: unknown): Promise<string[]> {
  const error: unknown = await read(document).catch((error: unknown) => error);
  if (!(error instanceof CoarNotifyError)) throw new Error('the notification was taken');
  return (error.details['violations'] as Violation[]).map(({ property }) => property);
}

describe('the examples of COAR Notify 1.0.1', () => {
  const payloads = specificationPayloads();
  if (payloads.size === 0) {
    it.skip(`are not at hand: ${payloadFolder} is not there`);
    return;
  }

  it('are all twelve patterns', () => {
    expect([...payloads.keys()]).to.have.members(Object.values(names));
    for (const [title, name] of Object.entries(names)) {
      expect(patterns[name as keyof typeof patterns].title).to.equal(title);
    }
  });

  for (const [name, payload] of payloads) {
    it(`are read: ${name}`, async () => {
      const notification = await read(payload);
      expect(notification).to.include({ pattern: name, id: payload['id'] });
    });

    it(`say the same when they are written again: ${name}`, async () => {
      const notification = await read(payload);
      if (notification === undefined) throw new Error('it is not read');
      const written = await read(writeCoarNotify(notification));
      expect(written).to.deep.equal(notification);
    });

    const required = ['id', 'type', 'origin', 'target', 'object'];
    const ofPattern = Object.keys(payload).filter(
      (property) =>
        (property === 'context' && name.startsWith('announce')) ||
        (property === 'inReplyTo' && !name.startsWith('announce')) ||
        (property === 'summary' && name === 'unprocessable'),
    );
    for (const property of [...required, ...ofPattern]) {
      it(`are refused without ${property}: ${name}`, async () => {
        const { [property]: _, ...less } = payload;
        expect(await violationsOf(less)).to.include(property);
      });
    }
    for (const property of [...required.slice(2), ...ofPattern].filter((one) => one !== 'summary')) {
      it(`are refused with ${property} twice: ${name}`, async () => {
        const twice = { ...payload, [property]: [payload[property], 'https://second.example/'] };
        expect(await violationsOf(twice)).to.include(property);
      });
      it(`are refused where ${property} is a number: ${name}`, async () => {
        expect(await violationsOf({ ...payload, [property]: 7 })).to.satisfy((found: string[]) =>
          found.some((one) => one.startsWith(property)),
        );
      });
    }
  }
});
