import { LRUCache } from 'lru-cache';
import { z } from 'zod';
import { request, textOf } from '../../protocols/http/index.ts';
import type { Clock } from '../clock.ts';
import type { Fetch } from '../outbound/index.ts';
import { type Section, writeBatch } from '../store/index.ts';
import { UsageLogError } from './errors.ts';
import { answerKey, readStored, stored, type StoredAnswer } from './layout.ts';

const LONGEST_ANSWER = 1024 * 1024;
const ANSWER_WITHIN_MS = 15_000;
/** Requests to the repository at one time. */
const AT_ONCE = 4;
/** An item that is not known today may be public tomorrow. */
const ASK_AGAIN_AFTER_MS = 86_400_000;
/** Of so many it is remembered: of what there is not, there is no end, and anybody may ask a web server for it. */
const MOST_UNKNOWN = 50_000;
/** After a repository gave no answer, it is left in peace. */
const SILENCE_MS = 60_000;
/** Content lies in this bundle; thumbnails, licences and extracted texts in others. */
const CONTENT = 'ORIGINAL';

const handle = z.string().min(3).max(300).nullish();
const item = z.looseObject({ handle });
const bundle = z.looseObject({
  name: z.string().nullish(),
  _embedded: z.looseObject({ item: item.nullish() }).nullish(),
});
/** DSpace 7 to 9 embed the bundle with its item; 6 gives the parent. */
const answerSchema = z.looseObject({
  handle,
  bundleName: z.string().nullish(),
  parentObject: item.nullish(),
  _embedded: z.looseObject({ bundle: bundle.nullish() }).nullish(),
});
type Answer = z.output<typeof answerSchema>;

interface DspaceItemsOptions {
  section: Section;
  fetch: Fetch;
  clock: Pick<Clock, 'now'>;
}

/**
 * Which handle an item or a file of a DSpace has. Its logs name both by UUIDs only, which no metadata hold, so the repository
 * itself is asked by its public REST API, once for each. The handles that it gives are kept.
 */
export class DspaceItems {
  readonly #section: Section;
  readonly #fetch: Fetch;
  readonly #clock: Pick<Clock, 'now'>;
  /** When was asked for what there is not, or not as content; milliseconds since 1970. */
  readonly #unknown = new LRUCache<string, number>({ max: MOST_UNKNOWN });
  readonly #silentUntil = new Map<string, number>();

  constructor({ section, fetch, clock }: DspaceItemsOptions) {
    this.#section = section;
    this.#fetch = fetch;
    this.#clock = clock;
  }

  /**
   * The handles of objects, in their order; undefined of those that the repository does not know, or that are no content.
   *
   * @param objects `item <id>` or `file <id>`, the id a UUID or a number
   * @throws UsageLogError `USAGE_SITE_SILENT` where the repository gives no answer
   */
  async handles(site: string, objects: readonly string[]): Promise<(string | undefined)[]> {
    const now = this.#clock.now();
    const keys = objects.map((object) => answerKey(site, object));
    const rows = await this.#section.getMany(keys);
    const handles = rows.map((row) => (row === undefined ? undefined : readStored<StoredAnswer>(row).handle));
    const open = keys.flatMap((key, i) => {
      const askedAt = this.#unknown.get(key) ?? -Infinity;
      return handles[i] !== undefined || now - askedAt < ASK_AGAIN_AFTER_MS ? [] : [i];
    });
    if (open.length > 0 && now < (this.#silentUntil.get(site) ?? 0)) throw silent(site);
    const queue = open.values();
    const ask = async (): Promise<void> => {
      for (const i of queue) {
        const key = keys[i] ?? '';
        const handle = await this.#ask(site, objects[i] ?? '');
        handles[i] = handle;
        if (handle === undefined) this.#unknown.set(key, now);
        else await this.#keep(key, { handle });
      }
    };
    await Promise.all(Array.from({ length: Math.min(AT_ONCE, open.length) }, ask));
    return handles;
  }

  async #keep(key: string, answer: StoredAnswer): Promise<void> {
    await writeBatch(this.#section, [{ type: 'put', key, value: stored(answer) }], { durable: false });
  }

  async #ask(site: string, object: string): Promise<string | undefined> {
    const [kind, id = ''] = object.split(' ', 2);
    const isFile = kind === 'file';
    // DSpace 7 to 9 know UUIDs only; 6 both, before it there were numbers.
    const modern = `${site}/server/api/core/${isFile ? 'bitstreams' : 'items'}/${id}${isFile ? '?embed=bundle/item' : ''}`;
    const former = `${site}/rest/${isFile ? 'bitstreams' : 'items'}/${id}${isFile ? '?expand=parent' : ''}`;
    for (const address of id.includes('-') ? [modern, former] : [former]) {
      const answer = await this.#get(site, address);
      if (answer !== undefined) return isFile ? handleOfFile(answer) : (answer.handle ?? undefined);
    }
    return undefined;
  }

  /** @returns undefined where there is no such thing, or it is not public */
  async #get(site: string, address: string): Promise<Answer | undefined> {
    const headers = { accept: 'application/json' };
    try {
      return await request(
        address,
        { headers },
        { fetch: this.#fetch, within: ANSWER_WITHIN_MS },
        async (response) => {
          if (response.status >= 500 || response.status === 429) throw new Error(`status ${response.status}`);
          if (response.status !== 200) return undefined;
          const text = await textOf(response, LONGEST_ANSWER);
          return /^\s*\{/.test(text) ? answerSchema.safeParse(JSON.parse(text)).data : undefined;
        },
      );
    } catch (cause) {
      if (cause instanceof SyntaxError) return undefined;
      this.#silentUntil.set(site, this.#clock.now() + SILENCE_MS);
      throw silent(site, cause);
    }
  }
}

function handleOfFile({ bundleName, parentObject, _embedded: embedded }: Answer): string | undefined {
  const inBundle = embedded?.bundle;
  const name = inBundle?.name ?? bundleName;
  if (name !== undefined && name !== null && name !== CONTENT) return undefined;
  return inBundle?._embedded?.item?.handle ?? parentObject?.handle ?? undefined;
}

function silent(site: string, cause?: unknown): UsageLogError {
  return new UsageLogError('USAGE_SITE_SILENT', `${site} does not say which items its log names.`, {
    remedy: 'Look whether its REST API can be reached from here; the log is read on when it answers.',
    cause,
  });
}
