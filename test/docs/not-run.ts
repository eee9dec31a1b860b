import type { WrittenCommand } from './support/written-commands.ts';

/**
 * The commands of the pages that test/slow/written-commands.test.ts does not run, each with the reason. What they name (scripts,
 * subcommands, flags, files, packages) is checked all the same. Everything else that a page tells people to type is run.
 */
export const notRun: readonly { what: RegExp; why: string }[] = [
  {
    what: /^npm (?:ci|test|start|run [\w:]+)( |$)/,
    why: 'works on this checkout: .ci/run runs them, the benches by hand',
  },
  {
    what: /^npm install --global ngr-node$/,
    why: 'asks the registry; test/slow/package.test.ts installs what would be published',
  },
  { what: /^npx (?:mocha|tsx) /, why: 'runs other tests, which run by themselves' },
  { what: /^\.ci\/run$/, why: 'runs this test' },
  { what: /^apt-get install /, why: 'needs root; .ci/run installs the same' },
  {
    what: /^(?:NGR_\w+=\S+ )*docker /,
    why: 'there is no Docker where the tests run; .ci/run takes the steps of the Dockerfile, test/docs/deploy.test.ts reads the files for Compose',
  },
  {
    what: /^sudo -u postgres /,
    why: 'needs a PostgreSQL of the machine; test/slow/e2e/postgres.test.ts makes one of its own',
  },
  {
    what: /^(?:mkdir \/etc\/ngr-node|cp "\$\(npm root|systemctl )/,
    why: 'needs root and systemd; test/docs/deploy.test.ts has systemd check the unit',
  },
  { what: /^journalctl /, why: 'reads the log of a service that systemd runs' },
  {
    what: /^ngr start --role http /,
    why: 'needs a PostgreSQL, and does not end; test/slow/e2e/roles.test.ts starts two of them',
  },
  { what: /^ngr start$/, why: 'does not end: it is the node that all others ask here' },
  {
    what: /\/api\/account/,
    why: 'asks with the token of a person, whom nobody has invited here; test/http/openapi/answers.test.ts',
  },
  {
    what: /^ngr notifications resend ID$/,
    why: 'takes one that was given up after days; test/cli/notifications.test.ts',
  },
];

/** Pages whose commands have a test of their own. */
const pagesWithOwnTests: ReadonlyMap<string, string> = new Map([
  ['docs/import.md', 'test/docs/import.test.ts'],
]);

export function isRun({ page, text }: WrittenCommand): boolean {
  return !pagesWithOwnTests.has(page) && notRun.every(({ what }) => !what.test(text));
}
