import { type Operation, type Section, writeBatch } from '../../store/index.ts';
import { issueKind } from './kinds/index.ts';
import type { Finding } from './issue-ledger.ts';
import { hashOf } from './issue-rows.ts';
import type { Problem } from './issue.ts';
import { hostCountKey, hostlessKey, hostlessRange } from '../layout.ts';

const CODE = 'FULLTEXT_UNKNOWN_HOST';

/** What is wrong with a host, and its files with it: one issue, whatever the number of files. */
export function isAboutHost({ code }: Problem): boolean {
  return code === CODE;
}

/** A host's issue, and when it was met last: milliseconds since 1970. */
export interface HostFinding {
  finding: Finding;
  lastSeen: number;
}

/** Counts the files whose host does not exist, by host. Calls come one after another. */
export class HostIssues {
  readonly #section: Section;

  constructor(section: Section) {
    this.#section = section;
  }

  /** A file was looked at. @param isHostless whether its host does not exist @returns the issues of hosts that changed */
  async looked(
    { source, record, url }: { source: string; record: string; url: string },
    isHostless: boolean,
    now: number,
  ): Promise<HostFinding[]> {
    const key = hostlessKey(source, record, hashOf(url));
    const before = textOf(await this.#section.get(key));
    const host = isHostless ? hostOf(url) : undefined;
    if (before === undefined && host === undefined) return [];
    const file: Operation =
      host === undefined ? { type: 'del', key } : { type: 'put', key, value: Buffer.from(host) };
    const changes = new Map<string, number>();
    if (before !== undefined) changes.set(before, -1);
    if (host !== undefined) changes.set(host, (changes.get(host) ?? 0) + 1);
    return await this.#count(source, changes, [file], now);
  }

  /** The record is gone. @returns the issues of hosts that changed */
  async forget(source: string, record: string): Promise<HostFinding[]> {
    const files: Operation[] = [];
    const changes = new Map<string, number>();
    for await (const [key, value] of this.#section.iterator(hostlessRange(source, record))) {
      const host = textOf(value) ?? '';
      changes.set(host, (changes.get(host) ?? 0) - 1);
      files.push({ type: 'del', key });
    }
    return await this.#count(source, changes, files);
  }

  /** @param now not given where nothing was looked at */
  async #count(
    source: string,
    changes: ReadonlyMap<string, number>,
    operations: Operation[],
    now?: number,
  ): Promise<HostFinding[]> {
    const findings: HostFinding[] = [];
    for (const [host, change] of changes) {
      const key = hostCountKey(source, host);
      const [files = 0, seen = 0] = (textOf(await this.#section.get(key)) ?? '').split(' ').map(Number);
      const count = files + change;
      const lastSeen = now ?? seen;
      operations.push(
        count > 0 ? { type: 'put', key, value: Buffer.from(`${count} ${lastSeen}`) } : { type: 'del', key },
      );
      const subject = `o${hashOf(host)}`;
      findings.push({ lastSeen, finding: { subject, problems: count > 0 ? [problemOf(host, count)] : [] } });
    }
    if (operations.length > 0) await writeBatch(this.#section, operations, NOT_SYNCED);
    return findings;
  }
}

/** The worst that a lost write does is a wrong number. */
const NOT_SYNCED = { durable: false };

function problemOf(host: string, files: number): Problem {
  const { severity = 'error', remedy = '' } = issueKind(CODE) ?? {};
  const which = files === 1 ? 'One file is' : `${files} files are`;
  const message = `The host ${host} does not exist. ${which} linked there.`;
  return { code: CODE, severity, message, remedy, about: host };
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : url.slice(0, 200);
}

function textOf(value: Uint8Array | undefined): string | undefined {
  return value === undefined ? undefined : Buffer.from(value).toString();
}
