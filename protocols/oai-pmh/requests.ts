import { granularityOf } from './datestamps.ts';
import type { OaiFault } from './errors.ts';
import { type Granularity, type OaiVerb, oaiVerbs } from './model.ts';

/** A legal request: the verb and its arguments, by the protocol's own names. */
export interface OaiRequest {
  verb: OaiVerb;
  identifier?: string;
  metadataPrefix?: string;
  from?: string;
  until?: string;
  set?: string;
  resumptionToken?: string;
}

export type OaiArgument = Exclude<keyof OaiRequest, 'verb'>;

type Use = 'required' | 'optional' | 'exclusive';

const selective: Partial<Record<OaiArgument, Use>> = {
  metadataPrefix: 'required',
  from: 'optional',
  until: 'optional',
  set: 'optional',
  resumptionToken: 'exclusive',
};

/** Which arguments a verb takes, and how: OAI-PMH 2.0, sections 4.1 to 4.6. */
const oaiArguments: Readonly<Record<OaiVerb, Partial<Record<OaiArgument, Use>>>> = {
  GetRecord: { identifier: 'required', metadataPrefix: 'required' },
  Identify: {},
  ListIdentifiers: selective,
  ListMetadataFormats: { identifier: 'optional' },
  ListRecords: selective,
  ListSets: { resumptionToken: 'exclusive' },
};

/** The forms that arguments must have: the types of OAI-PMH.xsd (metadataPrefixType, setSpecType). */
export const prefixForm = /^[A-Za-z0-9\-_.!~*'()]+$/;
export const setForm = /^[A-Za-z0-9\-_.!~*'()]+(?::[A-Za-z0-9\-_.!~*'()]+)*$/;

/** Longer than any argument that we give out. */
const longestArgument = 2000;

export type ParsedOaiRequest =
  | { request: OaiRequest; faults?: undefined }
  | { request?: undefined; faults: OaiFault[] };

/**
 * Checks the parameters of a request, from a query or a form (section 3.1.1), and gives it typed, or every fault in it.
 * Whether a prefix, set, identifier or token exists is for the provider to say.
 *
 * @param parameters as they came, repeated ones repeated: a `URLSearchParams` will do
 * @param granularity the finest that the provider supports, as its Identify says
 */
export function parseOaiRequest(
  parameters: Iterable<readonly [string, string]>,
  granularity: Granularity = 'YYYY-MM-DDThh:mm:ssZ',
): ParsedOaiRequest {
  const verbs: string[] = [];
  const given = new Map<string, string[]>();
  for (const [name, value] of parameters) {
    const values = name === 'verb' ? verbs : given.get(name);
    if (values === undefined) given.set(name, [value]);
    else values.push(value);
  }
  const verb = oaiVerbs.find((known) => known === verbs[0]);
  if (verb === undefined || verbs.length !== 1)
    return { faults: [{ condition: 'badVerb', message: badVerb(verbs) }] };

  const complaints = [...unsuitable(verb, given), ...malformed(given, granularity)];
  if (complaints.length > 0) {
    return { faults: complaints.map((message) => ({ condition: 'badArgument', message })) };
  }
  const request: OaiRequest = { verb };
  for (const [name, [value]] of given) request[name as OaiArgument] = value!;
  return { request };
}

function badVerb(verbs: readonly string[]): string {
  if (verbs.length === 0) return 'The verb argument is missing.';
  if (verbs.length > 1) return 'The verb argument is repeated.';
  return `${shown(verbs[0]!)} is no verb of OAI-PMH.`;
}

/** Arguments that the verb does not take, takes once or alone, or cannot do without. */
function unsuitable(verb: OaiVerb, given: ReadonlyMap<string, string[]>): string[] {
  const complaints: string[] = [];
  const uses: Readonly<Record<string, Use | undefined>> = oaiArguments[verb];
  for (const [name, values] of given) {
    if (!Object.hasOwn(uses, name)) complaints.push(`${verb} takes no argument ${shown(name)}.`);
    else if (values.length > 1) complaints.push(`The argument ${name} is repeated.`);
    else if (uses[name] === 'exclusive' && given.size > 1) {
      complaints.push(`The argument ${name} excludes all others.`);
    }
  }
  const alone = [...given.keys()].some((name) => uses[name] === 'exclusive');
  if (alone) return complaints;
  for (const [name, use] of Object.entries(uses)) {
    if (use === 'required' && !given.has(name)) complaints.push(`${verb} needs the argument ${name}.`);
  }
  return complaints;
}

/** Values that are empty, too long, or not of the argument's form. */
function malformed(given: ReadonlyMap<string, string[]>, granularity: Granularity): string[] {
  const complaints: string[] = [];
  for (const [name, [value = '']] of given) {
    if (value === '') complaints.push(`The argument ${shown(name)} is empty.`);
    else if (value.length > longestArgument) complaints.push(`The argument ${shown(name)} is too long.`);
    else if (name === 'metadataPrefix' && !prefixForm.test(value))
      complaints.push(`${shown(value)} is no metadata prefix.`);
    else if (name === 'set' && !setForm.test(value)) complaints.push(`${shown(value)} is no set.`);
    else if (name === 'from' || name === 'until') complaints.push(...badDate(name, value, granularity));
  }
  const from = given.get('from')?.[0];
  const until = given.get('until')?.[0];
  if (complaints.length > 0 || from === undefined || until === undefined) return complaints;
  if (from.length !== until.length) return ['The arguments from and until differ in granularity.'];
  // UTCdatetimes of one granularity sort as text.
  return from > until ? ['The argument from is later than until.'] : [];
}

function badDate(name: string, value: string, finest: Granularity): string[] {
  const granularity = granularityOf(value);
  if (granularity === undefined) return [`The argument ${name} is no UTCdatetime: ${shown(value)}.`];
  if (granularity.length > finest.length)
    return [`The argument ${name} is finer than the granularity ${finest}.`];
  return [];
}

function shown(text: string): string {
  return `“${text.length > 60 ? `${text.slice(0, 60)}…` : text}”`;
}
