import { readFile } from 'node:fs/promises';
import { totalmem } from 'node:os';
import { bytesText, count } from '../../print.ts';
import { ok, warning, type Finding } from '../finding.ts';
import type { Patient } from '../patient.ts';

/** The store keeps a thousand files open, and each node and reader is a socket. */
const LEAST_FILES = 4_096;
const LEAST_MEMORY = 512 * 1024 * 1024;

/** How many files the process of the node may open, and how much memory it may have. */
export async function limitsCheck({ running }: Patient): Promise<Finding[]> {
  const files = await openFiles(running?.pid ?? 'self');
  const memory = Math.min(totalmem(), await memoryOfGroup());
  const found: Finding[] = [];
  if (files !== undefined && files < LEAST_FILES)
    found.push(
      warning(
        `The node may open ${count(files)} files only.`,
        'Set LimitNOFILE=65536 in its systemd unit, or "ulimit -n 65536" before it is started.',
      ),
    );
  if (memory < LEAST_MEMORY)
    found.push(
      warning(
        `There are ${bytesText(memory)} of memory only.`,
        'Give the machine or the container 512 MB or more; a hundred thousand records want 1 GB.',
      ),
    );
  if (found.length > 0) return found;
  const most =
    files === undefined ? '' : `${Number.isFinite(files) ? count(files) : 'any number of'} open files, `;
  return [ok(`${most}${bytesText(memory)} of memory`)];
}

/** Of Linux; elsewhere it is not told. */
async function openFiles(pid: number | 'self'): Promise<number | undefined> {
  const text = await readFile(`/proc/${pid}/limits`, 'utf8').catch(() => '');
  const [, soft] = /^Max open files\s+(\d+|unlimited)/m.exec(text) ?? [];
  return soft === undefined ? undefined : soft === 'unlimited' ? Infinity : Number(soft);
}

/** What a container or a systemd unit is given (control groups, version 2). */
async function memoryOfGroup(): Promise<number> {
  const text = await readFile('/sys/fs/cgroup/memory.max', 'utf8').catch(() => 'max');
  return /^\d+\s*$/.test(text) ? Number(text) : Infinity;
}
