import { existsSync, rmSync } from 'node:fs';
import { chmod, mkdtemp, statfs, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';

/*
 * Temporary files of the tests, and of the programs that they start, lie in memory where there is room: a store waits for the
 * disk at each write, and all tests together did so for a third of their time. Mocha requires this file in its own process
 * first; the workers inherit the folder.
 */
const MEMORY = '/dev/shm';
const ROOM = 2 * 1024 ** 3;

if (process.env['TMPDIR'] === undefined && existsSync(MEMORY)) {
  const { bavail, bsize } = await statfs(MEMORY);
  if (bavail * bsize >= ROOM) {
    const folder = await mkdtemp(join(MEMORY, 'ngr-tests-'));
    // PostgreSQL runs under another user, and has to get through to a folder of its own.
    await chmod(folder, 0o711);
    // What tsx has compiled stays where it is for the next run.
    const compiled = join(tmpdir(), `tsx-${process.getuid?.() ?? ''}`);
    if (existsSync(compiled)) await symlink(compiled, join(folder, basename(compiled)));
    process.env['TMPDIR'] = folder;
    process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
    // Mocha sees to SIGINT itself.
    process.once('SIGTERM', () => process.exit(143));
  }
}
