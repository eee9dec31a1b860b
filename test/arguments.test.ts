import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';

const commands = ['bench', 'demo', 'simulate', 'soak'];

describe('a command for developers', () => {
  for (const name of commands)
    it(`tells how it is used, and refuses a flag that there is not: ${name}`, async () => {
      const [told, refused] = await Promise.all([run(name, '--help'), run(name, '--nonsense')]);
      expect(told.exitCode).to.equal(0);
      expect(told.stdout).to.match(new RegExp(`^usage: npm run ${name}\\b`));
      expect(refused.exitCode).to.equal(2);
      expect(refused.stderr)
        .to.match(/^Unknown option '--nonsense'/)
        .and.include(told.stdout);
    });
});

/** Runs what `npm run build` made of it. */
function run(name: string, flag: string): Promise<{ exitCode: number; stdout: string; stderr: string }> {
  const script = fileURLToPath(new URL(`../dist/scripts/${name}/${name}.js`, import.meta.url));
  return new Promise((resolve) => {
    const child = execFile(process.execPath, [script, flag], (_, stdout, stderr) =>
      resolve({ exitCode: child.exitCode ?? -1, stdout, stderr }),
    );
  });
}
