import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { installation } from '../../node/config/index.ts';
import { typed } from './typed.ts';

const COMMANDS = [
  'init',
  'start',
  'status',
  'harvest',
  'check',
  'search',
  'related',
  'duplicates',
  'peers',
  'usage',
  'withdraw',
  'reinstate',
  'store',
];

describe('ngr', () => {
  it('without words prints its help: commands, a first session, exit codes', async () => {
    const { exitCode, stdout, stderr } = await typed([]);
    expect(exitCode).to.equal(0);
    expect(stderr).to.equal('');
    for (const command of COMMANDS) expect(stdout).to.match(new RegExp(`^  ${command}\\b`, 'm'));
    expect(stdout).to.include('$ ngr init').and.to.include('Exit codes:');
  });

  for (const command of COMMANDS) {
    it(`${command} --help teaches: what it does, the common flags, an example`, async () => {
      const { exitCode, stdout } = await typed([command, '--help']);
      expect(exitCode).to.equal(0);
      for (const flag of ['--json', '--data', '--config', '--verbose']) expect(stdout).to.include(flag);
      expect(stdout).to.match(new RegExp(`Examples:\\n  \\$ ngr ${command}\\b`));
    });
  }

  it('start --help names variables and defaults', async () => {
    const { stdout } = await typed(['start', '--help']);
    expect(stdout.replaceAll(/\s+/g, ' ')).to.include('(NGR_P2P_PORT; default: 4001)');
  });

  it('prints its version', async () => {
    expect((await typed(['--version'])).stdout).to.equal(`${installation().version}\n`);
  });

  describe('used wrongly', () => {
    const cases: readonly [words: string[], line: RegExp][] = [
      [['strat'], /^ngr: Unknown command 'strat'\. Did you mean start\? \[USAGE\]\n$/],
      [['start', '--prot', '1'], /^ngr: Unknown option '--prot'\. Did you mean --port\? \[USAGE\]\n$/],
      [['withdraw', 'x'], /^ngr: Required option '--reason <TEXT>' not specified\. .+ \[USAGE\]\n$/],
      [['related'], /^ngr: Missing required argument 'record'\. .+ \[USAGE\]\n$/],
      [['search', 'x', '--limit', '0'], /^ngr: .+ whole number from 1 to 100\. .+ \[USAGE\]\n$/],
      [['status', 'all'], /^ngr: Too many arguments.+ \[USAGE\]\n$/],
    ];
    for (const [words, line] of cases) {
      it(`says so on one line, with exit code 2: ngr ${words.join(' ')}`, async () => {
        const { exitCode, stdout, stderr } = await typed(words);
        expect(exitCode).to.equal(2);
        expect(stderr).to.match(line);
        expect(stdout).to.equal('');
      });
    }

    it('tells programs in JSON', async () => {
      const { stderr } = await typed(['start', '--port', 'x', '--json']);
      expect(JSON.parse(stderr)).to.deep.equal({
        error: {
          code: 'CONFIG_BAD_VALUE',
          message: '--port is "x".',
          remedy: 'It has to be a whole number from 0 to 65535.',
        },
      });
    });

    it('names the misspelt key of a configuration, the right one and the file', async () => {
      const cwd = await mkdtemp(join(tmpdir(), 'ngr-cli-'));
      await writeFile(join(cwd, 'ngr.config.json'), '{ "htpp": { "port": 1 } }');
      const { exitCode, stderr } = await typed(['status'], { cwd });
      await rm(cwd, { recursive: true });
      expect(exitCode).to.equal(2);
      expect(stderr).to.equal(
        'ngr: ngr.config.json: there is no setting "htpp". Did you mean "http"? [CONFIG_UNKNOWN_KEY]\n',
      );
    });
  });
});
