import * as robotsParser from 'robots-parser';

/** By this name a host's rules speak of us. */
const PRODUCT_TOKEN = 'ngr-node';
/** No address that is asked for is longer, so no longer rule speaks of one. */
const LONGEST_RULE = 2_000;
/** Characters of rules for us; what matching costs grows with them. */
const MOST_RULES = 100_000;

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
  let length = 0;
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
      if (!isRule || agents.size === 0 || value.length > LONGEST_RULE || length > MOST_RULES) continue;
      lines.push(`${field}: ${value}`);
      length += value.length;
    }
  }
  return lines.join('\n');
}
