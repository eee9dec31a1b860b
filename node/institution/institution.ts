import { isDeepStrictEqual } from 'node:util';
import * as dagCbor from '@ipld/dag-cbor';
import type { Clock } from '../clock.ts';
import { WriteQueue, writeBatch, type Operation, type Section } from '../store/index.ts';
import type { InstitutionDocument, InstitutionFields } from './description.ts';
import { InstitutionError } from './errors.ts';
import { readLogo, type Logo } from './logo.ts';

/*
 * The keys of the section `institution`:
 *
 *     said     what the institution says of itself, and how often it has been changed (`Said`, DAG-CBOR)
 *     logo     the logo with its bytes (`Logo`, DAG-CBOR)
 */
const SAID = 'said';
const LOGO = 'logo';

interface Said {
  version: number;
  updated: number;
  fields: InstitutionFields;
}

/** What is configured of the institution. */
export interface InstitutionDefaults {
  name: string;
  contact?: string | undefined;
}

/**
 * What the institution says of itself, and its logo. As long as nothing else is written, name and contact are those of the
 * configuration; what was written as it is configured goes on following the configuration.
 */
export class Institution {
  readonly #section: Section;
  readonly #defaults: InstitutionDefaults;
  readonly #clock: Pick<Clock, 'now'>;
  readonly #writes = new WriteQueue();
  readonly #listeners = new Set<() => void>();
  #said: Said = { version: 0, updated: 0, fields: {} };
  #document: InstitutionDocument;
  #logo: Logo | undefined;

  private constructor(options: {
    section: Section;
    defaults: InstitutionDefaults;
    clock: Pick<Clock, 'now'>;
  }) {
    this.#section = options.section;
    this.#defaults = options.defaults;
    this.#clock = options.clock;
    this.#document = documentOf(this.#said.fields, this.#defaults);
  }

  static async open(options: {
    section: Section;
    defaults: InstitutionDefaults;
    clock: Pick<Clock, 'now'>;
  }): Promise<Institution> {
    const institution = new Institution(options);
    const said = await options.section.get(SAID);
    if (said !== undefined) institution.#take(dagCbor.decode<Said>(said));
    const logo = await options.section.get(LOGO);
    if (logo !== undefined) institution.#logo = dagCbor.decode<Logo>(logo);
    return institution;
  }

  /** The institution as it is now. */
  get document(): InstitutionDocument {
    return this.#document;
  }

  /** How often it was changed: 0 as long as nothing was written. */
  get version(): number {
    return this.#said.version;
  }

  /** When it was last changed; milliseconds since 1970. Undefined as long as nothing was written. */
  get updated(): number | undefined {
    return this.version === 0 ? undefined : this.#said.updated;
  }

  get logo(): Logo | undefined {
    return this.#logo;
  }

  /** What holds where nothing is written. */
  get defaults(): InstitutionDefaults {
    return this.#defaults;
  }

  /**
   * Says everything anew; what is left out is not said any more. On disk when it resolves. Who says what is said already changes
   * nothing, with whatever version.
   * @param read.version of what the one who changes it has seen
   * @throws InstitutionError `INSTITUTION_CHANGED` where somebody else has changed it since
   */
  async change(fields: InstitutionFields, { version }: { version: number }): Promise<void> {
    await this.#writes.run(async () => {
      const said = withoutDefaults(fields, this.#defaults);
      if (this.version > 0 && isDeepStrictEqual(said, this.#said.fields)) return;
      if (version !== this.version) throw changedMeanwhile();
      const next = { version: version + 1, updated: this.#clock.now(), fields: said };
      await this.#write({ type: 'put', key: SAID, value: dagCbor.encode(next) });
      this.#take(next);
    });
    for (const listener of this.#listeners) listener();
  }

  /** Takes a logo in place of the one before, of which nothing is kept. @throws InstitutionError as `readLogo` */
  async setLogo(bytes: Uint8Array): Promise<Logo> {
    const logo = readLogo(bytes);
    await this.#writes.run(async () => {
      await this.#write({ type: 'put', key: LOGO, value: dagCbor.encode(logo) });
      this.#logo = logo;
    });
    return logo;
  }

  async removeLogo(): Promise<void> {
    await this.#writes.run(async () => {
      if (this.#logo === undefined) return;
      await this.#write({ type: 'del', key: LOGO });
      this.#logo = undefined;
    });
  }

  /** Calls `listener` when something else is said. @returns what ends it */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  #take(said: Said): void {
    this.#said = said;
    this.#document = documentOf(said.fields, this.#defaults);
  }

  async #write(operation: Operation): Promise<void> {
    await writeBatch(this.#section, [operation], { durable: true });
  }
}

/** What is as it is configured is left to the configuration; what is empty is not said. */
function withoutDefaults(fields: InstitutionFields, defaults: InstitutionDefaults): InstitutionFields {
  const { name, contact, names = {}, repositories = [], ...others } = fields;
  return {
    ...others,
    ...(name !== undefined && name !== defaults.name && { name }),
    ...(contact !== undefined && contact !== defaults.contact && { contact }),
    ...(Object.keys(names).length > 0 && { names }),
    ...(repositories.length > 0 && { repositories }),
  };
}

function documentOf(fields: InstitutionFields, { name, contact }: InstitutionDefaults): InstitutionDocument {
  return {
    name,
    ...(contact !== undefined && { contact }),
    names: {},
    repositories: [],
    ...fields,
  };
}

function changedMeanwhile(): InstitutionError {
  const message = 'Somebody else has changed the description of the institution since it was read.';
  return new InstitutionError('INSTITUTION_CHANGED', message, {
    remedy: 'Read it again, and make the change in what it says now.',
  });
}
