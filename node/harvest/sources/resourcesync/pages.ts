import type { ResourceSyncError } from '../../../../protocols/resourcesync/index.ts';
import type { Problem } from '../../issues/issue.ts';
import type { SourceItem, SourcePage } from '../source.ts';
import { inOrder } from './in-order.ts';
import type { Look } from './look.ts';
import { type Position, writePosition } from './position.ts';
import { resourceMissing } from './problems.ts';
import type { Event } from './event.ts';
import type { Step } from './steps.ts';

/** Resources a page; they are acknowledged and their place is written together. */
const PAGE = 200;
/** Requests under way at once: enough to hide the way there and back, and no burden to a source. */
const AHEAD = 4;
/** Resources in a row that the source could not be reached for, until the harvest is broken off. */
const MOST_FAILURES = 3;

export interface PageOptions {
  time: string;
  look: (step: Step) => Promise<Look>;
  /** Problems that are told of at the end, and how many records there are, as far as that is known. */
  atEnd: (others: ReadonlyMap<string, number>) => Problem[];
  total: () => number | undefined;
}

/**
 * Looks at the resources of a source, some at once, and gives the records page by page. Where that fails, what was read
 * before it is given first; a source that cannot be reached any more is such a failure, from the first resource on for
 * which that was so.
 */
export async function* pagesOf(
  events: AsyncIterable<Event>,
  options: PageOptions,
): AsyncGenerator<SourcePage> {
  const others = new Map<string, number>();
  let page = new Page();
  try {
    for await (const one of inReach(lookedAt(events, options))) {
      if ('other' in one) others.set(one.other, (others.get(one.other) ?? 0) + 1);
      page.add(one);
      if (page.size < PAGE || page.position === undefined) continue;
      yield page.build(options, page.position);
      page = new Page();
    }
  } catch (error) {
    if (page.position !== undefined) yield page.build(options, page.position);
    throw error;
  }
  for (const problem of options.atEnd(others)) page.add({ problem });
  yield page.build(options);
}

type Seen = Exclude<Look, { failure: ResourceSyncError }> & { position?: Position };

function lookedAt(
  events: AsyncIterable<Event>,
  { look }: PageOptions,
): AsyncGenerator<Look & { position?: Position }> {
  return inOrder(events, AHEAD, async (event) =>
    'step' in event ? { ...(await look(event.step)), position: event.step.position } : event,
  );
}

/** Resources that could not be reached are problems of their own, as long as others can be. */
async function* inReach(seen: AsyncIterable<Look & { position?: Position }>): AsyncGenerator<Seen> {
  let failures: { failure: ResourceSyncError; loc: string }[] = [];
  const alone = (): Seen[] =>
    failures.splice(0).map(({ failure, loc }) => ({ problem: resourceMissing(loc, failure), isLost: true }));
  for await (const one of seen) {
    if ('failure' in one) {
      failures.push(one);
      if (failures.length === MOST_FAILURES) throw one.failure;
      continue;
    }
    yield* alone();
    yield one;
  }
  yield* alone();
}

class Page {
  /** By identifier: of two in one page, the later one counts. */
  readonly #items = new Map<string, SourceItem>();
  readonly #problems: Problem[] = [];
  readonly #ofSource: Problem[] = [];
  #lost = 0;
  size = 0;
  /** Behind the last resource. */
  position: Position | undefined;

  add(one: Partial<{ item: SourceItem; problem: Problem; isLost: boolean; position: Position }>): void {
    const { item, problem, isLost = false, position } = one;
    if (position !== undefined) {
      this.position = position;
      this.size += 1;
    }
    if (item !== undefined) {
      this.#items.delete(item.oaiIdentifier);
      this.#items.set(item.oaiIdentifier, item);
    }
    // What is told of no resource is about the lists.
    if (problem !== undefined)
      (problem.oaiIdentifier === undefined ? this.#ofSource : this.#problems).push(problem);
    if (isLost) this.#lost += 1;
  }

  build({ time, total }: Pick<PageOptions, 'time' | 'total'>, next?: Position): SourcePage {
    const all = total();
    return {
      items: [...this.#items.values()],
      problems: this.#problems,
      ofSource: this.#ofSource,
      lost: this.#lost,
      time,
      ...(next !== undefined && { next: writePosition(next) }),
      ...(all !== undefined && { total: all }),
    };
  }
}
