import { expect } from 'chai';
import { aPut } from '../../support/builders.ts';
import { anEvent, aTracker, codeOf, type TestTracker } from './a-tracker.ts';

describe('the item of a usage event', () => {
  let tracker: TestTracker;
  let key: string;
  before(async () => {
    tracker = await aTracker();
    [key = ''] = await tracker.site.put(
      aPut(1, {
        oaiIdentifier: 'oai:repository.example:1826/936',
        identifiers: [
          { scheme: 'doi', value: '10.1000/1' },
          { scheme: 'handle', value: '1826/936' },
          { scheme: 'url', value: 'https://repository.example/936/' },
          { scheme: 'url', value: 'https://repository.example/files/thesis.pdf' },
        ],
        files: [
          { url: 'https://repository.example/bitstream/handle/1826/936/a.pdf', access: 'open' },
          {
            url: 'https://repository.example/bitstreams/8c3a1b52-6f0e-4d7c-9a41-0b5d2e7f6a90/download',
            access: 'open',
          },
        ],
      }),
    );
  });
  after(() => tracker.close());

  const found: Record<string, Record<string, string>> = {
    'its OAI identifier': { 'rft.artnum': 'oai:repository.example:1826/936' },
    'an OAI identifier with another prefix and its handle': { 'rft.artnum': 'oai:repo.old.example:1826/936' },
    'a DOI in its place': { 'rft.artnum': '10.1000/1' },
    'a DOI as OpenURL has it': { 'rft.artnum': '', rft_id: 'info:doi/10.1000/1' },
    'a handle in its place': { 'rft.artnum': '1826/936' },
    'the address of its handle': { 'rft.artnum': 'http://hdl.handle.net/1826/936' },
    'a handle as OpenURL has it': { 'rft.artnum': 'oai:unknown:1', rft_id: 'info:hdl/1826/936' },
    'the address of its page': { 'rft.artnum': '', svc_dat: 'https://repository.example/936/' },
    'the address of its file, where the record names it': {
      'rft.artnum': '',
      svc_dat: 'https://repository.example/files/thesis.pdf',
    },
    'the address of a file that it has, with what a repository adds to it': {
      'rft.artnum': '',
      svc_dat: 'https://repository.example/bitstream/handle/1826/936/a.pdf?sequence=1&isAllowed=y',
    },
    'a file of DSpace 7, whatever the host': {
      'rft.artnum': '',
      svc_dat:
        'https://api.repository.example/server/bitstreams/8c3a1b52-6f0e-4d7c-9a41-0b5d2e7f6a90/content',
    },
  };
  for (const [name, changes] of Object.entries(found)) {
    it(`is found by ${name}`, async () => {
      tracker.events.length = 0;
      const response = await tracker.ask(anEvent(changes));
      expect(response.status, await response.text()).to.equal(200);
      expect(tracker.events.map((event) => event.key)).to.deep.equal([key]);
    });
  }

  it('is not found by what only looks like it', async () => {
    for (const svc_dat of [
      'https://other.example/936/1/a.pdf',
      'https://repository.example/937/1/a.pdf',
      'https://repository.example/bitstream/1826/937/4/a.pdf',
    ]) {
      const response = await tracker.ask(anEvent({ 'rft.artnum': '', svc_dat }));
      expect(response.status, svc_dat).to.equal(404);
      expect(await codeOf(response)).to.equal('USAGE_UNKNOWN_ITEM');
    }
  });

  it('is refused where it is withdrawn', async () => {
    await tracker.site.put(aPut(2));
    await tracker.site.catalogue.put([
      { type: 'withdraw', oaiIdentifier: 'oai:repository.example:2', reason: 'Retracted' },
    ]);
    const response = await tracker.ask(anEvent({ 'rft.artnum': 'oai:repository.example:2' }));
    expect(response.status).to.equal(410);
    expect(await codeOf(response)).to.equal('USAGE_WITHDRAWN_ITEM');
  });

  it('is refused where it is another node’s, which counts its own', async () => {
    const peer = await tracker.site.peer('Elsewhere', 'https://elsewhere.example');
    await tracker.site.follow(peer, aPut(3, { identifiers: [{ scheme: 'doi', value: '10.1000/3' }] }));
    const response = await tracker.ask(anEvent({ 'rft.artnum': '10.1000/3', svc_dat: '' }));
    expect(response.status).to.equal(422);
    expect(await codeOf(response)).to.equal('USAGE_NOT_OWN');
  });
});
