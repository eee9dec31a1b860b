import {
  type Entry,
  fetchedTogether,
  type ResourceSyncClient,
} from '../../../../protocols/resourcesync/index.ts';
import type { Event } from './event.ts';
import { onDemandRefused } from './problems.ts';

/**
 * Has the resources that lists tell of sent together, where the source offers that: after CORE's experience, one request
 * for each is what makes ResourceSync slow.
 */
export async function* inBulk(
  events: AsyncIterable<Event>,
  { client, url }: { client: ResourceSyncClient; url: string },
): AsyncGenerator<Event> {
  const met: Event[] = [];
  const together = fetchedTogether(events, {
    client,
    url,
    wanted,
    onRefused: (error) => met.push({ problem: onDemandRefused(error), isLost: false }),
  });
  for await (const { item, read } of together) {
    yield* met.splice(0);
    yield 'step' in item && read !== undefined ? { step: { ...item.step, read } } : item;
  }
}

function wanted(event: Event): Entry | undefined {
  if (!('step' in event)) return undefined;
  const { entry, kind, isDeleted } = event.step;
  return kind === 'maybe metadata' && !isDeleted && /^https?:/i.test(entry.loc) ? entry : undefined;
}
