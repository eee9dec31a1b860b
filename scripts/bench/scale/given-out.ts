import type { ProvidedRecord } from '../../../protocols/oai-pmh/index.ts';
import { oaiDc } from '../../../vocab/crosswalks/index.ts';
import { recordIri, recordKey } from '../../../vocab/record-key.ts';
import type { Identifier, Relation } from '../../../vocab/record.ts';
import type { Random } from '../../random.ts';
import type { Described } from '../duplicates/index.ts';
import { DATESTAMP } from '../oai-server.ts';

const CONFERENCE_PAPER = 'http://purl.org/coar/resource_type/c_5794';
/** A record cites as many others at the most, */
const MOST_CITED = 6;
/** out of so many of those that went before it. */
const CITABLE = 20_000;

/** Gives records out in oai_dc, each with works that it cites. Nothing is held but identifiers of former ones. */
export class GivenOut {
  readonly #random: Random;
  readonly #citable: Identifier[] = [];

  constructor(random: Random) {
    this.#random = random;
  }

  /** The record as its repository gives it out, under an identifier that no copy of it has. */
  next({ repository, record }: Described): ProvidedRecord {
    const identifier = record.oaiIdentifier.replace('oai:repository.', `oai:${repository}.`);
    const address = identifier.replace(/^oai:([^:]+):/, 'https://$1/');
    const holding = {
      ...record,
      id: recordIri('https://repository.example', recordKey(repository, identifier)),
      node: repository,
      type: CONFERENCE_PAPER,
      access: { right: 'open' as const },
      identifiers: [...record.identifiers, { scheme: 'url' as const, value: address }],
      relations: this.#cited(),
    };
    for (const known of record.identifiers) this.#learn(known);
    return {
      header: { identifier, datestamp: DATESTAMP, sets: [], deleted: false },
      metadata: oaiDc.write(holding),
    };
  }

  #cited(): Relation[] {
    if (this.#citable.length === 0) return [];
    const targets = Array.from({ length: this.#random.integer(MOST_CITED + 1) }, () =>
      this.#citable.at(this.#random.integer(this.#citable.length)),
    );
    return [...new Set(targets)].flatMap((target) =>
      target === undefined ? [] : [{ kind: 'references', target }],
    );
  }

  #learn(identifier: Identifier): void {
    if (this.#citable.length < CITABLE) this.#citable.push(identifier);
    else this.#citable[this.#random.integer(CITABLE)] = identifier;
  }
}
