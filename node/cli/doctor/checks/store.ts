import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { FORMAT, inspectStore } from '../../../store/index.ts';
import { bytesText } from '../../print.ts';
import { failed, ok, warning, type Finding } from '../finding.ts';
import type { Patient } from '../patient.ts';

/** Whether the data can be opened, of which format they are, and how large. They are left as they are, for whoever else writes there. */
export async function storeCheck({ config, running, clock }: Patient): Promise<Finding[]> {
  const size =
    config.store === undefined ? bytesText(await sizeOf(join(config.data, 'store'))) : 'in PostgreSQL';
  if (running !== undefined) {
    const bad = running.ready.checks.filter((check) => !check.ok);
    return bad.length === 0
      ? [ok(`open, ${size}; the node is ready`)]
      : bad.map(({ name, detail }) => failed(`${name} ${detail}.`, 'The log of the node tells more.'));
  }
  const format = await inspectStore(config.store ?? config.data, clock);
  if (format === undefined) return [ok('none yet: the first start makes it')];
  if (format > FORMAT)
    return [
      failed(
        `The data have format ${format}, and this version knows ${FORMAT}.`,
        'Start the version of NGR Node that wrote them, or a later one.',
      ),
    ];
  if (format < FORMAT)
    return [
      warning(
        `The data have format ${format}: the next start brings them to ${FORMAT}, and there is no way back.`,
        'Back up with the former version first (docs/upgrading.md).',
      ),
    ];
  return [ok(`can be opened, format ${format}, ${size}`)];
}

/** Bytes of the files in a folder; 0 where it is not there. */
async function sizeOf(folder: string): Promise<number> {
  const names = await readdir(folder).catch(() => []);
  let bytes = 0;
  for (const name of names) {
    bytes += await stat(join(folder, name)).then(
      ({ size }) => size,
      () => 0,
    );
  }
  return bytes;
}
