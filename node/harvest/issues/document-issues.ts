import { type Section, WriteQueue } from '../../store/index.ts';
import { HostIssues, isAboutHost } from './host-issues.ts';
import { IssueLedger } from './issue-ledger.ts';
import { hashOf } from './issue-rows.ts';
import type { Problem } from './issue.ts';

/** A file of a record. */
export interface DocumentSubject {
  /** Name of the source. */
  source: string;
  oaiIdentifier: string;
  /** The file's address. */
  url: string;
}

/**
 * The issues of files. They are listed and counted with those of the harvest, and last until the file is looked at
 * again or its record goes: no harvest closes them. What is wrong with a host is told once for all of its files.
 */
export class DocumentIssues {
  readonly #section: Section;
  readonly #hosts: HostIssues;
  readonly #queue = new WriteQueue();

  constructor({ section }: { section: Section }) {
    this.#section = section;
    this.#hosts = new HostIssues(section);
  }

  /** A file was looked at: these are its problems now, and no others. */
  async replace(
    { source, oaiIdentifier, url }: DocumentSubject,
    problems: readonly Problem[],
    now: number,
  ): Promise<void> {
    const isHostless = problems.some(isAboutHost);
    const own = problems.filter((problem) => !isAboutHost(problem));
    const finding = {
      subject: `${recordStart(oaiIdentifier)}!${hashOf(url)}`,
      problems: own.map((problem) => ({ ...problem, oaiIdentifier })),
      url,
    };
    await this.#write(source, async (ledger) => {
      const file = { source, record: hashOf(oaiIdentifier), url };
      const hosts = await this.#hosts.looked(file, isHostless, now);
      await ledger.replace([finding, ...hosts.map((host) => host.finding)], now);
    });
  }

  /** The record is gone, or has no files any longer. */
  async forget({ source, oaiIdentifier }: Pick<DocumentSubject, 'source' | 'oaiIdentifier'>): Promise<void> {
    await this.#write(source, async (ledger) => {
      await ledger.close(recordStart(oaiIdentifier));
      for (const { finding, lastSeen } of await this.#hosts.forget(source, hashOf(oaiIdentifier)))
        await ledger.replace([finding], lastSeen);
    });
  }

  /** One after another, each with the counts as they are: a source's issues may go with the source meanwhile. */
  async #write(source: string, write: (ledger: IssueLedger) => Promise<void>): Promise<void> {
    await this.#queue.run(async () => write(await IssueLedger.open(this.#section, source, 'd')));
  }
}

const recordStart = (oaiIdentifier: string): string => `r${hashOf(oaiIdentifier)}`;
