import { eld } from 'eld/small';
import type { DetectedLanguage } from '../../../vocab/record.ts';
import { ofAlike } from './alike.ts';

/** Shorter texts have too little of a language in them; in bytes, as a Chinese character says more than a letter. */
const SHORTEST = 45;
/** What is looked at at one place. The library reads some 350 bytes of it; more than these hardly make it surer. */
const WINDOW = 180;
/** One place is looked at in as many characters of a text. */
const STRIDE = 1_400;
const MOST_WINDOWS = 4;
/** Below this the language that fits best is hardly ahead of the next one. */
const LEAST_LEAD = 0.05;

/**
 * The language that a text is written in, and how sure that is in whole per cent; `undefined` where the text is too short
 * or it cannot be told. Of a long text some places are looked at, evenly spread; some 60 µs each.
 *
 * It knows 60 languages, and takes a text in another one for the nearest of them: `knowsLanguage` tells.
 */
export function detectLanguage(text: string): DetectedLanguage | undefined {
  const scores = new Map<string, number>();
  for (const window of windowsOf(text)) {
    for (const [language, score] of Object.entries(eld.detect(window).getScores())) {
      // The library squeezes its scores into 0 to 1; what it squeezed adds up.
      scores.set(language, (scores.get(language) ?? 0) + score / (1 - score));
    }
  }
  const [best, next] = twoBest(scores);
  if (best === undefined) return undefined;
  const lead = 1 - (next?.score ?? 0) / best.score;
  const language = lead < LEAST_LEAD ? undefined : ofAlike(best.language, text);
  return language === undefined ? undefined : { language, confidence: Math.round(100 * sureness(lead)) };
}

/**
 * How often the best language was the right one at a lead over the next one, in 29,000 pieces of the Universal
 * Declaration of Human Rights of 50 to 1,400 characters in 57 languages: at 0.1 it was in 9 of 10, at 0.3 in 99 of 100.
 */
function sureness(lead: number): number {
  return 1 - 0.3 * Math.exp(-11 * lead);
}

interface Scored {
  language: string;
  score: number;
}

function twoBest(scores: ReadonlyMap<string, number>): [Scored | undefined, Scored | undefined] {
  let best: Scored | undefined;
  let next: Scored | undefined;
  for (const [language, score] of scores) {
    if (best === undefined || score > best.score) [best, next] = [{ language, score }, best];
    else if (next === undefined || score > next.score) next = { language, score };
  }
  return [best, next];
}

function windowsOf(text: string): string[] {
  const length = text.length;
  if (length < SHORTEST && Buffer.byteLength(text) < SHORTEST) return [];
  const many = Math.min(MOST_WINDOWS, Math.ceil(length / STRIDE));
  return Array.from({ length: many }, (_, i) => {
    const start = Math.floor((length * i) / many);
    return text.slice(start, start + WINDOW);
  });
}
