import { isTombstone, type Holding } from '../../../vocab/record.ts';
import { HttpError } from '../errors.ts';
import type { HttpParts } from '../parts.ts';

/** Own records that something is done to at once. */
export const MOST_CHOSEN = 200;

/** What is done to several of the own records at once: withdrawn, brought back, harvested anew. */
export class ChosenRecords {
  readonly #catalogue: HttpParts['catalogue'];
  readonly #harvester: HttpParts['harvester'];

  constructor({ catalogue, harvester }: Pick<HttpParts, 'catalogue' | 'harvester'>) {
    this.#catalogue = catalogue;
    this.#harvester = harvester;
  }

  /** @returns those that were withdrawn @throws HttpError `NOTHING_CHOSEN` (400) */
  async withdraw(keys: readonly string[], reason: string): Promise<Holding[]> {
    const chosen = await this.#own(keys);
    await this.#catalogue.put(
      chosen.map(({ oaiIdentifier }) => ({ type: 'withdraw', oaiIdentifier, reason })),
    );
    return chosen;
  }

  /** Those of them that are gone, as their sources have them. @returns those that are back @throws HttpError as `withdraw` */
  async reinstate(keys: readonly string[]): Promise<Holding[]> {
    const gone = (await this.#own(keys)).filter((holding) => isTombstone(holding));
    for (const { oaiIdentifier } of gone) {
      const record = await this.#harvester.refetch(oaiIdentifier);
      await this.#catalogue.put([{ type: 'reinstate', record }]);
    }
    return gone;
  }

  /** @returns those that were read anew @throws HttpError as `withdraw` */
  async harvest(keys: readonly string[]): Promise<Holding[]> {
    const chosen = await this.#own(keys);
    for (const { oaiIdentifier } of chosen) await this.#harvester.reharvest(oaiIdentifier);
    return chosen;
  }

  async #own(keys: readonly string[]): Promise<Holding[]> {
    const { holdings, node } = this.#catalogue;
    const held = await holdings.getMany([...new Set(keys)].slice(0, MOST_CHOSEN));
    const own = held.filter((holding): holding is Holding => holding?.node === node);
    if (own.length > 0) return own;
    const detail = 'None of the records is one of this institution.';
    throw new HttpError(400, 'NOTHING_CHOSEN', 'Nothing was chosen', detail, {
      remedy: 'Choose the records that are meant.',
    });
  }
}
