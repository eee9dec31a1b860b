import type { CriterionResult, Evidence } from '../../assessment/index.ts';
import type { Locale } from '../messages/index.ts';
import { toldAddress } from './told-address.ts';

/** Something that speaks for an outcome, in a reader's language, in the parts that a page shows each in its own way. */
interface ToldEvidence {
  text: string;
  /** As somebody else wrote it: of no language that is known. */
  quoted?: string;
  /** Where it can be seen: an address of the web or of mail. */
  address?: string;
}

export function toldEvidence(locale: Locale, evidence: Evidence): ToldEvidence {
  const { evidence: words } = locale.messages.planS;
  switch (evidence.kind) {
    case 'records': {
      const { passed, failed } = evidence;
      return { text: words.records(locale.number(passed), locale.number(passed + failed)) };
    }
    case 'formats': {
      const { name, standards, prefixes, address } = evidence;
      const offered = standards.length === 0 ? words.noStandard : standards.join(', ');
      return {
        text: `${words.formats(name, offered)}. ${words.prefixes}`,
        quoted: prefixes.join(', '),
        ...at(address, 'ListMetadataFormats'),
      };
    }
    case 'statement':
      return {
        text: words.statement(evidence.name),
        quoted: evidence.text,
        ...at(evidence.address, 'Identify'),
      };
    case 'uptime': {
      const { name, share, known, all, address } = evidence;
      const text = words.uptime(name, percent(locale, share), percent(locale, known / all));
      return { text, ...at(address) };
    }
    case 'answers': {
      const { name, isUp, address } = evidence;
      return { text: isUp ? words.answers(name) : words.silent(name), ...at(address) };
    }
    case 'address':
      return { text: words.address, address: evidence.address };
  }
}

/** A share in per cent, with one decimal at most; never up to what it does not reach. */
export function percent(locale: Locale, share: number): string {
  // What is a hair below a tenth by the way numbers are kept is that tenth.
  return locale.messages.planS.percent(locale.number(Math.floor(share * 1_000 + 1e-9) / 10));
}

/** From what share on a criterion is met, and who says so; undefined where it is about no share. */
export function toldThreshold(
  locale: Locale,
  { criterion: { id, threshold } }: Pick<CriterionResult, 'criterion'>,
): string | undefined {
  if (threshold === undefined) return undefined;
  const { threshold: words } = locale.messages.planS;
  return (id === 'uptime' ? words.planS : words.node)(percent(locale, threshold));
}

/** Where an endpoint is, for everybody; with one of its verbs. */
function at(endpoint: string, verb?: string): { address?: string } {
  const address = toldAddress(endpoint);
  if (address === undefined) return {};
  return { address: verb === undefined ? address : withVerb(address, verb) };
}

function withVerb(address: string, verb: string): string {
  const url = new URL(address);
  url.searchParams.set('verb', verb);
  return url.href;
}
