import {
  type ListRecordsOptions,
  OaiError,
  type OaiPage,
  type OaiPmhClient,
  OaiProtocolError,
  utcSeconds,
} from '../../../../protocols/oai-pmh/index.ts';
import { refusesDates } from './failures.ts';
import type { Habits } from './habits.ts';
import { type FetchedAlone, oneByOne } from './one-by-one.ts';
import type { Reach } from './reach.ts';
import { DAY, SECOND, type Window } from './windows.ts';

/** What is listed: a set, or everything, in one metadata format. */
export interface Listed {
  prefix: string;
  set?: string | undefined;
}

/** How patiently it is asked. */
export type Patience = 'patient' | 'brisk';
/** Brisk is enough for what is asked for again in smaller pieces. */
const attempts: Readonly<Record<Patience, number>> = { patient: 5, brisk: 2 };

/** Lists of a repository by spans of time, whatever dates it understands. */
export class Lists {
  readonly #client: (options: { attempts: number }) => OaiPmhClient;
  readonly habits: Habits;

  constructor(parts: { client: (options: { attempts: number }) => OaiPmhClient; habits: Habits }) {
    this.#client = parts.client;
    this.habits = parts.habits;
  }

  /** Of its dates, in milliseconds. */
  get unit(): number {
    return this.habits.countsDays ? DAY : SECOND;
  }

  /** @throws what says that the repository as a whole is out of order */
  async check(): Promise<void> {
    await this.#client({ attempts: attempts.patient }).identify();
  }

  /** @param from a token to go on with, or a span of time */
  async *records(
    listed: Listed,
    from: { token: string } | Window,
    patience: Patience,
  ): AsyncGenerator<OaiPage, void, undefined> {
    const client = this.#client({ attempts: attempts[patience] });
    if ('token' in from) {
      yield* client.listRecords({ resumptionToken: from.token });
      return;
    }
    const hasDates = from.from !== undefined || from.until !== undefined;
    try {
      yield* client.listRecords(this.#arguments(listed, from));
    } catch (error) {
      if (!hasDates || this.habits.countsDays || !refusesDates(error)) throw error;
      this.habits.refusedSeconds();
      yield* client.listRecords(this.#arguments(listed, from));
    }
  }

  recordsOneByOne(listed: Listed, span: Window): AsyncGenerator<FetchedAlone, void, undefined> {
    return oneByOne(this.#client({ attempts: attempts.brisk }), this.#arguments(listed, span));
  }

  /**
   * Whether a list comes in order of datestamps, so that nothing but what is dated at its reach or later is still to come:
   * that is so if as many records as have not been read are dated there.
   */
  async isInOrder(listed: Listed, reach: Reach, span: Window): Promise<boolean> {
    const { high, below, size, records } = reach;
    if (below === undefined || size === undefined || size < records) return false;
    const list = this.#arguments(listed, { ...span, from: high });
    try {
      for await (const page of this.#client({ attempts: attempts.brisk }).listIdentifiers(list)) {
        const here = page.records.length;
        const left = page.completeListSize ?? (page.token === undefined ? here : Infinity);
        return left >= here && size - left <= below;
      }
    } catch (error) {
      if (!(error instanceof OaiError || error instanceof OaiProtocolError)) throw error;
    }
    return false;
  }

  #arguments(
    { prefix, set }: Listed,
    { from, until }: Window,
  ): ListRecordsOptions & { metadataPrefix: string } {
    return {
      metadataPrefix: prefix,
      ...(set !== undefined && { set }),
      ...(from !== undefined && { from: this.#date(from) }),
      ...(until !== undefined && { until: this.#date(until) }),
    };
  }

  #date(time: number): string {
    return utcSeconds(time).slice(0, this.unit === DAY ? 10 : undefined);
  }
}
