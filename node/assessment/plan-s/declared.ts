import * as dagCbor from '@ipld/dag-cbor';
import { WriteQueue, writeBatch, type Section } from '../../store/index.ts';
import type { Declaration, Declarations, Maintenance } from './declaration.ts';
import type { CriterionId } from './requirements.ts';

/*
 * The keys of the section `plan-s`:
 *
 *     declared        what the institution says (`Declarations`, DAG-CBOR)
 *     o!<address>     what an endpoint offers (see `offers.ts`)
 */
const DECLARED = 'declared';

/** What the institution says of itself, on disk. */
export class Declared {
  readonly #section: Section;
  readonly #writes = new WriteQueue();
  #said: Declarations = { declarations: {}, maintenance: [] };

  private constructor(section: Section) {
    this.#section = section;
  }

  static async open(section: Section): Promise<Declared> {
    const declared = new Declared(section);
    const bytes = await section.get(DECLARED);
    if (bytes !== undefined) declared.#said = dagCbor.decode<Declarations>(bytes);
    return declared;
  }

  get said(): Declarations {
    return this.#said;
  }

  /** Says all of it anew. On disk when it resolves, as with the others. */
  async replace(said: Declarations): Promise<void> {
    await this.#change(() => said);
  }

  /** Says something of one criterion, or takes it back; the others stay as they are, whoever else writes. */
  async declare(criterion: CriterionId, declaration: Declaration | undefined): Promise<void> {
    await this.#change(({ declarations, maintenance }) => {
      const { [criterion]: _former, ...others } = declarations;
      return {
        declarations: declaration === undefined ? others : { ...others, [criterion]: declaration },
        maintenance,
      };
    });
  }

  async announceMaintenance(maintenance: readonly Maintenance[]): Promise<void> {
    await this.#change(({ declarations }) => ({ declarations, maintenance: [...maintenance] }));
  }

  async #change(change: (said: Declarations) => Declarations): Promise<void> {
    await this.#writes.run(async () => {
      const said = change(this.#said);
      const value = dagCbor.encode(said);
      await writeBatch(this.#section, [{ type: 'put', key: DECLARED, value }], { durable: true });
      this.#said = said;
    });
  }
}
