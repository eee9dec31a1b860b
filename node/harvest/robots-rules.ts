import * as robotsParser from 'robots-parser';

/** By this name a host's rules speak of us. */
const PRODUCT_TOKEN = 'ngr-node';
/** No address that is asked for is longer, so no longer rule speaks of one. */
const LONGEST_RULE = 2_000;
/** Rules for us, and their characters: what reading and matching cost grows with them. */
const MOST_RULES = 2_000;
const MOST_CHARACTERS = 50_000;
/** Of those with wildcards, each of which is tried at every place of an address. */
const MOST_OF_PATTERNS = 5_000;

/** The library's types describe another export than it has. */
const parse = robotsParser.default as unknown as (address: string, text: string) => Parsed;
interface Parsed {
  isAllowed(url: string, agent: string): boolean | undefined;
  getCrawlDelay(agent: string): number | undefined;
}

/** What a robots.txt says to this node (RFC 9309, section 2.2). */
export class RobotsRules {
  readonly #parsed: Parsed;
  /** Roughly, in memory. */
  readonly size: number;

  /** @param address of the robots.txt on the host itself */
  constructor(address: string, text: string) {
    const ours = groupsForUs(text);
    this.#parsed = parse(address, ours);
    this.size = 1_000 + ours.length * 4;
  }

  allows(url: string): boolean {
    return this.#parsed.isAllowed(url, PRODUCT_TOKEN) !== false;
  }

  /** Milliseconds between two requests, where it says so. No part of the RFC, but of many a robots.txt. */
  get crawlDelay(): number | undefined {
    const seconds = this.#parsed.getCrawlDelay(PRODUCT_TOKEN);
    return seconds === undefined || !(seconds >= 0) ? undefined : seconds * 1_000;
  }
}

/**
 * The groups that speak to us or to everybody. The library keeps each rule once for each robot that a group names: half a
 * megabyte of names and rules would fill all memory.
 */
function groupsForUs(text: string): string {
  const lines: string[] = [];
  let rules = 0;
  let length = 0;
  let ofPatterns = 0;
  let agents = new Set<string>();
  let inRules = true;
  for (const line of text.split(/\r\n|\r|\n/)) {
    const [, name = '', value = ''] = /^[\s\ufeff]*([a-z-]{1,40})\s*:\s*([^#]*)/i.exec(line) ?? [];
    const field = name.toLowerCase();
    if (field === 'user-agent') {
      if (inRules) agents = new Set();
      inRules = false;
      const agent = value.replace(/\/.*/, '').trim().toLowerCase();
      if ((agent === '*' || agent === PRODUCT_TOKEN) && !agents.has(agent)) {
        lines.push(`user-agent: ${agent}`);
        agents.add(agent);
      }
    } else if (field !== '') {
      inRules = true;
      const isRule = field === 'allow' || field === 'disallow' || field === 'crawl-delay';
      if (!isRule || agents.size === 0 || value.length > LONGEST_RULE) continue;
      const isPattern = value.includes('*');
      if (rules === MOST_RULES || length > MOST_CHARACTERS || (isPattern && ofPatterns > MOST_OF_PATTERNS))
        continue;
      lines.push(`${field}: ${value}`);
      rules += 1;
      length += value.length;
      if (isPattern) ofPatterns += value.length;
    }
  }
  return lines.join('\n');
}
