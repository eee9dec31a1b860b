import { HeldRegion, HeldUse, someUse } from '../support/held-use.ts';

const SHARES = { c_6501: 0.6, c_db06: 0.3, c_unknown: 0.1 };
const LANGUAGES = { es: 0.7, en: 0.25, und: 0.05 };
const COUNTRIES = { PE: 0.5, EC: 0.3, BO: 0.15, ZZ: 0.05 };

/** The use of some records in some months, of which the last is still open. */
export function someOwnUse(keys: readonly string[], months: readonly string[]): HeldUse {
  const own = new HeldUse();
  for (const [at, month] of months.entries()) {
    for (const [i, key] of keys.entries()) own.note(key, month, someUse((at + 1) * 10 * (i + 1)));
    own.machine.set(month, someUse(1_000 + at));
    own.userCountries.set(month, new Map(Object.entries(shared(COUNTRIES, 50 * (at + 1)))));
  }
  const last = months.at(-1);
  if (last !== undefined) own.open.add(last);
  return own;
}

/** A region of this node and some others, each with something of everything. */
export async function someRegion(
  self: { node: string; name: string },
  own: HeldUse,
  others: readonly {
    node: string;
    name: string;
    country: string;
    months: readonly string[];
    requests: number;
  }[],
): Promise<HeldRegion> {
  const region = new HeldRegion();
  for (const { month, metrics } of await own.months()) {
    const isFinal = !own.open.has(month);
    region.told.push({ ...self, country: 'GB', month, metrics, isFinal, ...told(metrics.totalRequests) });
  }
  for (const { months, requests, ...node } of others)
    for (const [at, month] of months.entries())
      region.told.push({
        ...node,
        month,
        metrics: someUse(requests + at * 100),
        ...told(requests + at * 100),
      });
  return region;
}

function told(requests: number): Record<'types' | 'languages' | 'userCountries', ReturnType<typeof shared>> {
  return {
    types: shared(SHARES, requests),
    languages: shared(LANGUAGES, requests),
    userCountries: shared(COUNTRIES, requests),
  };
}

function shared(
  shares: Readonly<Record<string, number>>,
  requests: number,
): Record<string, ReturnType<typeof someUse>> {
  return Object.fromEntries(
    Object.entries(shares).map(([value, share]) => [value, someUse(Math.round(requests * share))]),
  );
}
