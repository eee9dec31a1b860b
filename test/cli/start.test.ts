import { expect } from 'chai';
import type { Config } from '../../node/config/index.ts';
import { CliError } from '../../node/cli/errors.ts';
import type { StartNode, Surroundings } from '../../node/cli/surroundings.ts';
import { TestClock } from '../support/test-clock.ts';
import { typed, type Typed } from './typed.ts';

const ID = '12D3KooWQYhTNQdmr3ArTeUHRYzFg94BKyTkoWBDWez9kSCVe2Xo';

/** Runs `ngr start` with a node that is there at once, and asks it to stop as soon as it has started. */
async function started(
  words: readonly string[],
  given: Partial<Surroundings> & { stop?: () => Promise<void> } = {},
): Promise<Typed & { config: Config | undefined }> {
  const stopping = new AbortController();
  let config: Config | undefined;
  const startNode: StartNode = (asked) => {
    config = asked;
    // After the command has printed what it has to say.
    setImmediate(() => stopping.abort(new CliError('STOPPED', 'Stopped.')));
    return Promise.resolve({
      url: 'http://127.0.0.1:8080',
      multiaddrs: [`/ip4/192.0.2.7/tcp/4001/p2p/${ID}`, `/ip4/127.0.0.1/tcp/4001/p2p/${ID}`],
      stop: given.stop ?? (() => Promise.resolve()),
    });
  };
  const { stop: _, ...surroundings } = given;
  const result = await typed(['start', ...words], { ...surroundings, startNode, stopping: stopping.signal });
  return { ...result, config };
}

describe('ngr start', () => {
  it('prints addresses and the next step, and one line when ready', async () => {
    const { exitCode, stdout } = await started([]);
    expect(exitCode).to.equal(0);
    const ready = stdout.split('\n').filter((line) => line.startsWith('ready '));
    expect(ready).to.deep.equal([`ready http://127.0.0.1:8080 /ip4/127.0.0.1/tcp/4001/p2p/${ID}`]);
    expect(stdout).to.include('ngr start --oai https://').and.to.include('  ngr init');
    expect(stdout)
      .to.include('http://127.0.0.1:8080/search')
      .and.to.include('http://127.0.0.1:8080/oai\n')
      .and.to.include('/ip4/192.0.2.7/');
  });

  it('names the next step as it is typed in a checkout', async () => {
    const env = { npm_lifecycle_event: 'start' };
    const { stdout } = await started([], { env });
    expect(stdout).to.include('npm start -- --oai https://').and.to.include('npx ngr init');
    const harvesting = await started(['--oai', 'https://r.example/oai'], { env });
    expect(harvesting.stdout).to.include('"npx ngr status" tells');
  });

  it('takes the flags that scripts rely on', async () => {
    const flags = `--data d --port 0 --p2p-port 0 --base-url https://n.example --host 127.0.0.1
      --oai https://r.example/oai --network n --no-sample --no-mdns --name N
      --bootstrap /ip4/192.0.2.1/tcp/1/p2p/${ID} --bootstrap /ip4/192.0.2.2/tcp/1/p2p/${ID}`;
    const { config } = await started(flags.split(/\s+/));
    expect(config).to.deep.include({ data: '/d', baseUrl: 'https://n.example', networks: ['n'], name: 'N' });
    expect(config?.http).to.include({ host: '127.0.0.1', port: 0 });
    expect(config?.p2p).to.include({ port: 0, mdns: false });
    expect(config?.p2p.bootstrap).to.have.length(2);
    expect(config?.sources).to.have.length(1);
    expect(config?.sources[0]).to.include({ url: 'https://r.example/oai' });
    expect(config).not.to.have.property('sample');
  });

  it('does not take the presets of flags for what was typed', async () => {
    const { config } = await started([], { env: { NGR_MDNS: 'false', NGR_SAMPLE: 'andina' } });
    expect(config?.p2p.mdns).to.equal(false);
    expect(config?.sample).to.equal('andina');
  });

  it('says which repository it harvests, where there is one', async () => {
    const { stdout } = await started(['--oai', 'https://r.example/oai']);
    expect(stdout)
      .to.include('Harvesting https://r.example/oai. "ngr status"')
      .and.not.to.include('ngr init');
  });

  it('prints one line of JSON with --json', async () => {
    const { stdout } = await started(['--json']);
    expect(JSON.parse(stdout)).to.have.nested.property('ready.url', 'http://127.0.0.1:8080');
  });

  it('ends a node whose store another process writes to now', async () => {
    let stopped = 0;
    const { exitCode, stderr } = await typed(['start'], {
      startNode: (_, { onLost }) => {
        setImmediate(() => onLost?.(new CliError('STORE_LEASE_LOST', 'Another process writes now.')));
        return Promise.resolve({
          url: 'http://127.0.0.1:8080',
          multiaddrs: [],
          stop: () => {
            stopped += 1;
            return Promise.resolve();
          },
        });
      },
    });
    expect([exitCode, stopped]).to.deep.equal([1, 1]);
    expect(stderr).to.include('STORE_LEASE_LOST');
  });

  it('gives up a node that does not stop in time', async () => {
    const clock = new TestClock();
    const stop = (): Promise<void> => {
      setImmediate(() => clock.advance(5_000));
      return new Promise(() => undefined);
    };
    const { exitCode, stderr } = await started([], { clock, stop });
    expect(exitCode).to.equal(1);
    expect(stderr).to.include('[STOP_TOO_SLOW]');
  });
});
