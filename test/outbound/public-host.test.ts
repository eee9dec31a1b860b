import { expect } from 'chai';
import { isPublicHost } from '../../node/outbound/index.ts';

describe('hosts that others know', () => {
  for (const host of ['repository.example.edu', 'local.example', 'a.b', '192.0.3.1', '[2606:4700::1]'])
    it(`include ${host}`, () => expect(isPublicHost(host)).to.equal(true));

  for (const host of [
    'localhost',
    'dspace',
    'dspace.local',
    'dspace.LOCAL.',
    'a.b.internal',
    'printer.home.arpa',
    '127.0.0.1',
    '10.1.2.3',
    '[::1]',
    '[fd00::1]',
    '[::ffff:10.0.0.1]',
  ])
    it(`do not include ${host}`, () => expect(isPublicHost(host)).to.equal(false));
});
