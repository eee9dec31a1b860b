import type { Metrics, UsageEvent } from '../../../node/analysis/usage/index.ts';

/*
 * COUNTER's rules in the plainest way: every event is held against every other one. It knows nothing of ledgers and hashes.
 */

export interface Thresholds {
  itemsAnHour: number;
  itemsADay: number;
  usesOfOneItem: number;
}

export interface Reference {
  /** People's metrics, by `<month> <item>`. */
  human: Record<string, Metrics>;
  /** Machines' metrics, by month. */
  machine: Record<string, Metrics>;
  /** Uses of internal addresses, by month. */
  internal: Record<string, number>;
}

export function referenceCounts(
  events: readonly UsageEvent[],
  rules: Thresholds & { isRobot: (userAgent: string) => boolean; isInternal: (address: string) => boolean },
): Reference {
  const second = ({ time }: UsageEvent): number => Math.floor(time / 1_000);
  const userOf = ({ address, userAgent }: UsageEvent): string => `${address} ${userAgent}`;
  const linkOf = (event: UsageEvent): string => `${userOf(event)} ${event.key} ${event.kind}`;
  const dayOf = ({ time }: UsageEvent): string => new Date(time).toISOString().slice(0, 10);
  const hourOf = ({ time }: UsageEvent): string => new Date(time).toISOString().slice(0, 13);
  const monthOf = ({ time }: UsageEvent): string => new Date(time).toISOString().slice(0, 7);

  // The same event twice is one event; times are told in seconds.
  const once = events.filter(
    (event, i) =>
      events.findIndex((other) => linkOf(other) === linkOf(event) && second(other) === second(event)) === i,
  );
  // 7.2: of two clicks on one link within 30 seconds, the first is removed.
  const actions = once.filter(
    (event) =>
      !once.some(
        (later) =>
          linkOf(later) === linkOf(event) &&
          second(later) > second(event) &&
          second(later) - second(event) <= 30,
      ),
  );

  const isMachine = (event: UsageEvent): boolean => {
    const sameDay = actions.filter(
      (other) => userOf(other) === userOf(event) && dayOf(other) === dayOf(event),
    );
    const itemsIn = (some: readonly UsageEvent[]): number => new Set(some.map(({ key }) => key)).size;
    const hours = [...new Set(sameDay.map(hourOf))];
    const busiest = Math.max(...hours.map((hour) => itemsIn(sameDay.filter((one) => hourOf(one) === hour))));
    const mostOfOne = Math.max(
      ...sameDay.map(({ key }) => sameDay.filter((other) => other.key === key).length),
    );
    return (
      rules.isRobot(event.userAgent) ||
      busiest > rules.itemsAnHour ||
      itemsIn(sameDay) > rules.itemsADay ||
      mostOfOne > rules.usesOfOneItem
    );
  };

  const reference: Reference = { human: {}, machine: {}, internal: {} };
  const groups = new Map<string, UsageEvent[]>();
  const add = (name: string, event: UsageEvent): void =>
    void groups.set(name, [...(groups.get(name) ?? []), event]);
  for (const event of actions) {
    const month = monthOf(event);
    if (rules.isInternal(event.address)) reference.internal[month] = (reference.internal[month] ?? 0) + 1;
    else add(isMachine(event) ? `machine ${month}` : `human ${month} ${event.key}`, event);
  }
  // 7.3: a session is a user within one hour of the clock.
  const sessions = (some: readonly UsageEvent[]): number =>
    new Set(some.map((event) => `${userOf(event)} ${hourOf(event)} ${event.key}`)).size;
  for (const [name, group] of groups) {
    const requests = group.filter(({ kind }) => kind === 'request');
    const metrics = {
      totalInvestigations: group.length,
      uniqueInvestigations: sessions(group),
      totalRequests: requests.length,
      uniqueRequests: sessions(requests),
    };
    const [kind, ...rest] = name.split(' ');
    reference[kind === 'human' ? 'human' : 'machine'][rest.join(' ')] = metrics;
  }
  return reference;
}
