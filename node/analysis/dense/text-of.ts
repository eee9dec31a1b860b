import { isTombstone, type Holding } from '../../../vocab/record.ts';

/** More than the most tokens of any model have room for. */
const MOST_CHARACTERS = 10_000;

/** What of a record the model reads: its title and abstract, each in the language that is told first. */
export function textOf(holding: Holding | undefined): string | undefined {
  if (holding === undefined || isTombstone(holding)) return undefined;
  const parts = [holding.titles[0]?.value, holding.abstracts[0]?.value].filter((part) => part !== undefined);
  const text = parts.join('\n').slice(0, MOST_CHARACTERS).trim();
  return text === '' ? undefined : text;
}
