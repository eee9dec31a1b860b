import {
  features,
  judge,
  levelsIn,
  NEEDED_BITS,
  weighedLevels,
  type Feature,
  type Judgement,
  type WorkProfile,
} from '../../../vocab/same-work/index.ts';

/**
 * What speaks for two records being of one work, in words, what tells most first; undefined where they are not. It is
 * decided as among the records that are held, by the weights that stand before a node has its own.
 */
export function sharedWork(a: WorkProfile, b: WorkProfile): string[] | undefined {
  const judgement = judge(a, b);
  if (judgement.vetoes.length > 0 || judgement.bits < NEEDED_BITS) return undefined;
  return [...levelsIn(judgement.pattern).entries()]
    .map(([i, level]) => ({ feature: features[i], bits: weighedLevels[i]?.[level]?.bits ?? 0 }))
    .filter(({ bits }) => bits > 0)
    .sort((one, other) => other.bits - one.bits)
    .flatMap(({ feature }) => (feature === undefined ? [] : [inWords(feature, judgement)]));
}

const MOST_LETTERS = 200;

function inWords(feature: Feature, { comparison: { levels, identifiers, titles } }: Judgement): string {
  if (feature === 'identifiers' && identifiers !== undefined) return identifiers.of[0];
  if (feature === 'title' && titles !== undefined)
    return `title: ${titles.titles[0].words.slice(0, MOST_LETTERS)}`;
  return `${feature}: ${levels[feature]}`;
}
