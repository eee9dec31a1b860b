import {
  AS,
  type CoarNotification,
  type PatternName,
  type Resource,
} from '../../protocols/coar-notify/index.ts';
import { identifierIri, schemaOrgClass } from '../../vocab/json-ld/index.ts';
import { filesInView, type Record as NgrRecord } from '../../vocab/record.ts';
import { NotificationError } from './errors.ts';
import type { Party } from './stored-notification.ts';

const SCHEMA = 'http://schema.org/';
/** What a request may be about, by the names of its patterns. */
export const REQUESTS = ['request-review', 'request-endorsement'] as const;
export type RequestPattern = (typeof REQUESTS)[number];

/** This node, as it speaks in notifications. */
export interface Self {
  base: string;
  /** The institution's name. */
  name: string;
}

/** Writes what this node has to say to others. */
export class Composer {
  readonly self: Self;
  readonly #newId: () => string;

  /** @param parts.newId for what is sent: `urn:uuid:…`, each time another */
  constructor(parts: { self: Self; newId: () => string }) {
    this.self = parts.self;
    this.#newId = parts.newId;
  }

  /** Asks a service to review or endorse one of the node's records (Request Review, Request Endorsement). */
  request(pattern: RequestPattern, to: Party, record: NgrRecord): CoarNotification {
    return { ...this.#envelope(pattern, to), object: workOf(record) };
  }

  /** Tells another repository how one of the node's records stands to one of its own (Announce Relationship). */
  announceRelationship(
    to: Party,
    triple: { subject: string; relationship: string; object: string },
  ): CoarNotification {
    return {
      ...this.#envelope('announce-relationship', to),
      object: { id: this.#newId(), types: [`${AS}Relationship`], triple },
      context: { id: triple.object, types: [`${AS}Page`] },
    };
  }

  /** Answers a notification, or takes back one of this node's own; its payload goes along where the pattern has it so. */
  answer(
    pattern: PatternName,
    to: Party,
    earlier: { iri: string; summary?: string | undefined },
  ): CoarNotification {
    const { iri, summary } = earlier;
    return {
      ...this.#envelope(pattern, to),
      object: { id: iri, types: [] },
      inReplyTo: iri,
      ...(summary !== undefined && { summary }),
    };
  }

  #envelope(pattern: PatternName, to: Party): Omit<CoarNotification, 'object'> {
    const { base, name } = this.self;
    const service = [`${AS}Service`];
    return {
      pattern,
      id: this.#newId(),
      // Another node than the system that it runs: what is said of the one would be said of the other.
      actor: { id: `${base}/#institution`, name, types: [`${AS}Organization`] },
      origin: { id: base, inbox: `${base}/inbox`, types: service },
      // Where the inbox is not known yet, the courier finds it and puts it in.
      target: { id: to.id, ...(to.inbox !== undefined && { inbox: to.inbox }), types: service },
    };
  }
}

/** A record by its landing page here, with its file. */
function workOf(record: NgrRecord): Resource {
  const file = filesInView(record).find(({ access }) => access === 'open');
  if (file === undefined) {
    throw new NotificationError('NOTIFICATION_NO_FILE', `${record.oaiIdentifier} has no open file.`, {
      remedy:
        'COAR Notify asks that a request names a file to be read; open one at the repository and harvest again.',
    });
  }
  const doi = record.identifiers.find(({ scheme }) => scheme === 'doi' || scheme === 'handle');
  const citeAs = doi === undefined ? undefined : identifierIri(doi);
  return {
    id: record.id,
    types: [`${AS}Page`, `${SCHEMA}AboutPage`],
    ...(citeAs !== undefined && { citeAs }),
    item: {
      id: file.url,
      types: [`${AS}Article`, SCHEMA + schemaOrgClass(record)],
      mediaType: file.format ?? 'application/octet-stream',
    },
  };
}
