import { expect } from 'chai';
import { ConfigError, overrides, resolveConfig, type ConfigInput } from '../../node/config/index.ts';

const PEER = '/ip4/192.0.2.1/tcp/4001/p2p/12D3KooWQYhTNQdmr3ArTeUHRYzFg94BKyTkoWBDWez9kSCVe2Xo';

/** The configuration of a file with this content, in /etc/ngr, for a process in /home/node. */
function configured(content: unknown, input: Partial<ConfigInput> = {}): ReturnType<typeof resolveConfig> {
  const text = typeof content === 'string' ? content : JSON.stringify(content);
  return resolveConfig({
    file: { path: '/etc/ngr/ngr.config.json', text },
    env: {},
    flags: {},
    cwd: '/home/node',
    ...input,
  });
}

function refused(content: unknown, input: Partial<ConfigInput> = {}): ConfigError {
  try {
    configured(content, input);
  } catch (error) {
    if (error instanceof ConfigError) return error;
    throw error;
  }
  throw new Error('it was accepted');
}

describe('the configuration', () => {
  it('is complete without a file, variables and flags: a sample on the usual ports', () => {
    const config = resolveConfig({ env: {}, flags: {}, cwd: '/home/node' });
    expect(config).to.deep.equal({
      name: 'NGR Node',
      role: 'node',
      data: '/home/node/ngr-data',
      networks: ['default'],
      sources: [],
      sample: 'wyreford',
      http: { host: '0.0.0.0', port: 8080, trustProxy: false, requestsPerSecond: 50 },
      p2p: {
        host: '0.0.0.0',
        port: 4001,
        bootstrap: [],
        mdns: true,
        colocationLimit: 10,
        announce: [],
        webSocket: false,
        relay: 'off',
      },
      follow: {
        mode: 'network',
        proof: 'required',
        allow: [],
        deny: [],
        replacedAfterHours: 24,
        quota: { records: 5_000_000, megabytes: 50_000, entriesPerSecond: 20_000 },
      },
      harvest: { intervalMinutes: 60, fullText: 'index' },
      inbox: { accept: 'anyone', services: [] },
      login: { passwords: true, providers: [] },
      probes: { enabled: true, pages: [] },
      related: {},
      usage: { internal: [], logs: [], publishCountries: false, requestors: [], sites: [], windowDays: 3 },
      websub: { enabled: true, maxLeaseSeconds: 864_000, privateCallbacks: [] },
      backup: { warnAfterHours: 48 },
      telemetry: {},
      log: {},
    });
  });

  it('takes the file, over it the variables, over them the flags', () => {
    const config = configured(
      { name: 'of the file', networks: ['file'], http: { port: 1, trustProxy: true } },
      { env: { NGR_PORT: '2', NGR_NETWORK: 'variable' }, flags: { port: '3' } },
    );
    expect(config).to.deep.include({ name: 'of the file', networks: ['variable'] });
    expect(config.http).to.deep.equal({ host: '0.0.0.0', port: 3, trustProxy: true, requestsPerSecond: 50 });
  });

  it('counts paths in the file from its folder, others from where the command runs', () => {
    expect(configured({ data: 'data' }).data).to.equal('/etc/ngr/data');
    expect(configured({}).data).to.equal('/home/node/ngr-data');
    expect(configured({ data: 'data' }, { flags: { data: 'other' } }).data).to.equal('/home/node/other');
    expect(configured({ data: '/var/ngr' }).data).to.equal('/var/ngr');
    const p2p = { privateNetworkKey: 'swarm.key' };
    expect(configured({ p2p }).p2p.privateNetworkKey).to.equal('/etc/ngr/swarm.key');
  });

  it('has no sample where there are sources, or where it is switched off', () => {
    expect(configured({ sources: [{ url: 'https://a.example/oai' }] })).not.to.have.property('sample');
    expect(configured({}, { flags: { sample: false } })).not.to.have.property('sample');
    expect(configured({}, { env: { NGR_SAMPLE: 'andina' } }).sample).to.equal('andina');
  });

  it('names a source by its host unless it has a name', () => {
    const { sources } = configured({
      sources: [
        { url: 'https://a.example/oai' },
        { url: 'https://b.example/oai', name: 'theses', sets: ['a:b'] },
        { url: 'https://c.example/', type: 'resourcesync' },
        { path: 'exports', type: 'files' },
      ],
    });
    expect(sources).to.deep.equal([
      { name: 'a.example', type: 'oai-pmh', url: 'https://a.example/oai', sets: [] },
      { name: 'theses', type: 'oai-pmh', url: 'https://b.example/oai', sets: ['a:b'] },
      { name: 'c.example', type: 'resourcesync', url: 'https://c.example/' },
      { name: 'exports', type: 'files', path: '/etc/ngr/exports' },
    ]);
  });

  it('takes one address by variable or flag in place of the sources of the file', () => {
    const file = { sources: [{ url: 'https://a.example/oai' }, { url: 'https://b.example/oai' }] };
    const { sources } = configured(file, { env: { NGR_OAI: 'https://c.example/oai' } });
    expect(sources).to.have.length(1);
    expect(sources[0]).to.include({ url: 'https://c.example/oai' });
  });

  it('reads lists from a variable with commas and from a repeated flag', () => {
    expect(configured({}, { env: { NGR_BOOTSTRAP: `${PEER}, ${PEER}` } }).p2p.bootstrap).to.have.length(2);
    expect(configured({}, { flags: { bootstrap: [PEER] } }).p2p.bootstrap).to.deep.equal([PEER]);
  });

  it('takes the slash from the end of the base URL', () => {
    expect(configured({ baseUrl: 'https://a.example/ngr/' }).baseUrl).to.equal('https://a.example/ngr');
  });

  it('passes over empty variables, and over those that a container platform sets', () => {
    const env = { NGR_DATA: '', NGR_SERVICE_HOST: '10.0.0.1', NGR_PORT_8080_TCP: 'tcp://10.0.0.1:8080' };
    expect(configured({}, { env }).data).to.equal('/home/node/ngr-data');
  });

  describe('with a slip in it', () => {
    it('names the misspelt key, the nearest right one and the file', () => {
      const error = refused({ sorces: [] });
      expect(error.code).to.equal('CONFIG_UNKNOWN_KEY');
      expect(error.message).to.equal('/etc/ngr/ngr.config.json: there is no setting "sorces".');
      expect(error.remedy).to.equal('Did you mean "sources"?');
      expect(refused({ http: { prot: 1 } }).remedy).to.equal('Did you mean "http.port"?');
      expect(refused({ sources: [{ ulr: 'https://a.example' }] }).message).to.include('"sources[0].ulr"');
    });

    it('finds a key that stands in the wrong place', () => {
      expect(refused({ intervalMinutes: 5 }).remedy).to.equal('Did you mean "harvest.intervalMinutes"?');
    });

    it('lists the settings where none is near', () => {
      expect(refused({ http: { zzzzzz: 1 } }).remedy).to.include('host, port, trustProxy, requestsPerSecond');
    });

    it('does not take a prototype for a setting', () => {
      expect(refused('{"__proto__": {"port": 1}}').code).to.equal('CONFIG_UNKNOWN_KEY');
    });

    it('names a misspelt variable', () => {
      const error = refused({}, { env: { NGR_PROT: '1' } });
      expect(error.code).to.equal('CONFIG_UNKNOWN_VARIABLE');
      expect(error.remedy).to.include('NGR_PORT');
    });

    const badValues: readonly [content: object, where: string, allowed: string][] = [
      [{ http: { port: 70_000 } }, '"http.port" is 70000', 'a whole number from 0 to 65535'],
      [{ http: 4 }, '"http" is 4', 'an object with host, port, trustProxy, requestsPerSecond'],
      [{ sources: [3] }, '"sources[0]" is 3', 'an object with name, type, url'],
      [{ sources: [{}] }, '"sources[0].url" is missing', 'http:// or https://'],
      [{ sources: [{ type: 'files' }] }, '"sources[0].path" is missing', 'a file or a folder'],
      [{ harvest: { fullText: true } }, '"harvest.fullText" is true', '"off", "index", "keep"'],
      [
        { sources: [{ url: 'ftp://a.example' }] },
        '"sources[0].url" is "ftp://a.example"',
        'http:// or https://',
      ],
      [{ contact: 'nobody' }, '"contact" is "nobody"', 'an e-mail address'],
      [{ baseUrl: 'https://a.example/?x' }, '"baseUrl" is', 'without ? and #'],
      [{ follow: { mode: 'all' } }, '"follow.mode" is "all"', '"network", "listed"'],
      [{ follow: { deny: ['12D3Koo'] } }, '"follow.deny[0]" is "12D3Koo"', "a node's id"],
      [{ p2p: { bootstrap: ['/ip4/192.0.2.1/tcp/4001'] } }, '"p2p.bootstrap[0]" is', 'a libp2p address'],
      [{ networks: ['Big Network'] }, '"networks[0]" is "Big Network"', 'a name of letters, digits'],
      [{ sample: 3 }, '"sample" is 3', 'the name of a bundled sample repository'],
    ];
    for (const [content, where, allowed] of badValues) {
      it(`says of ${JSON.stringify(content)} where it is and what is allowed`, () => {
        const error = refused(content);
        expect(error.code).to.equal('CONFIG_BAD_VALUE');
        expect(error.message).to.include(`/etc/ngr/ngr.config.json: ${where}`);
        expect(error.remedy).to.include(allowed);
      });
    }

    it('names the variable or flag that a bad value came by', () => {
      expect(refused({}, { env: { NGR_PORT: 'tcp://10.0.0.1:80' } }).message).to.equal(
        'NGR_PORT is "tcp://10.0.0.1:80".',
      );
      expect(refused({}, { flags: { oai: 'repository' } }).message).to.equal('--oai is "repository".');
      expect(refused({}, { flags: { bootstrap: [PEER, 'x'] } }).message).to.equal('--bootstrap is "x".');
    });

    it('refuses two sources of one name', () => {
      const error = refused({ sources: [{ url: 'https://a.example/1' }, { url: 'https://a.example/2' }] });
      expect(error.message).to.include('two of the sources have the name "a.example"');
    });

    it('refuses two services of one name, and services that cannot be one', () => {
      const service = { name: 'Reviews', id: 'https://review.example' };
      const withServices = (...services: object[]): object => ({ inbox: { services } });
      expect(configured(withServices(service)).inbox.services).to.deep.equal([{ ...service, trust: 'ask' }]);
      expect(refused(withServices(service, service)).message).to.include(
        'two of the services have the name "Reviews"',
      );
      for (const wrong of [
        { ...service, id: 'review.example' },
        { ...service, inbox: 'urn:x' },
        { ...service, trust: 'always' },
        { ...service, addresses: ['review.example'] },
        { name: 'Reviews' },
      ]) {
        expect(refused(withServices(wrong)).code).to.equal('CONFIG_BAD_VALUE');
      }
      const addresses = ['192.0.2.7', '2001:db8::/32'];
      expect(configured(withServices({ ...service, addresses })).inbox.services[0]).to.deep.include({
        addresses,
      });
    });

    it('tells line and column where the file is not JSON', () => {
      const error = refused('{\n  "name": "x",\n}');
      expect(error.code).to.equal('CONFIG_NOT_JSON');
      expect(error.message).to.include('line 3').and.not.include('\n');
      expect(refused('[]').code).to.equal('CONFIG_NOT_JSON');
    });
  });
});

describe('the names of a setting', () => {
  it('are spelt as the design says', () => {
    const row = overrides.find(({ setting }) => setting === 'p2p.port');
    expect(row).to.include({ variable: 'NGR_P2P_PORT', flag: '--p2p-port', option: 'p2pPort' });
    expect(overrides.map(({ variable }) => variable)).to.include.members([
      'NGR_DATA',
      'NGR_PORT',
      'NGR_P2P_PORT',
      'NGR_OAI',
      'NGR_NETWORK',
      'NGR_BASE_URL',
      'NGR_NAME',
      'NGR_BOOTSTRAP',
      'NGR_HOST',
      'NGR_LOG_LEVEL',
    ]);
  });
});
