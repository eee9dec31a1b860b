/** The addresses of ResourceSync's documents under the node's base URL. */
export class SyncAddresses {
  readonly description: string;
  readonly capabilityList: string;
  readonly onDemandDump: string;
  readonly records: string;
  readonly node: string;
  readonly #under: string;

  constructor(base: string) {
    this.#under = `${base}/resourcesync`;
    this.description = `${base}/.well-known/resourcesync`;
    this.capabilityList = `${this.#under}/capabilitylist.xml`;
    this.onDemandDump = `${this.#under}/dump`;
    this.records = `${base}/records`;
    this.node = `${base}/`;
  }

  of(capability: SyncCapability): string {
    return `${this.#under}/${capability}.xml`;
  }

  channel(capability: SyncChannel): string {
    return `${this.#under}/${capability}.xml`;
  }

  part(capability: SyncCapability, name: string, extension: 'xml' | 'zip' = 'xml'): string {
    return `${this.#under}/${capability}/${name}.${extension}`;
  }
}

export type SyncCapability = 'resourcelist' | 'changelist' | 'resourcedump' | 'changedump';
/** Channels of notifications. */
export type SyncChannel = 'change-notification' | 'framework-notification';
