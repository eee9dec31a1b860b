import { AbstractSnapshot } from 'abstract-level';
import type { JoinedGets } from './joined-gets.ts';
import type { Query } from './rows.ts';
import type { View } from './view.ts';

/** Its types leave the constructor out. */
const Snapshot = AbstractSnapshot as new (options: object) => AbstractSnapshot;

/** What `abstract-level` hands from call to call, with the view of the store that it stands for. */
export class PostgresSnapshot extends Snapshot {
  readonly #view: SharedView;

  constructor(options: object, view: SharedView) {
    super(options);
    this.#view = view;
    view.view.join();
  }

  get gets(): JoinedGets {
    return this.#view.gets;
  }

  async read<R extends unknown[]>(query: Query): Promise<R[]> {
    return await this.#view.view.read<R>(query);
  }

  async _close(): Promise<void> {
    this.#view.view.leave();
  }
}

/** A view, and what those who share it ask it for together. */
export interface SharedView {
  view: View;
  gets: JoinedGets;
}
