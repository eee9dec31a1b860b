import type { Problem } from '../../issues/issue.ts';
import type { SourceItem, SourcePage } from '../source.ts';
import { PAGE_ITEMS, PAGE_LENGTH } from './limits.ts';
import type { Reading } from './piece.ts';

/** A page that is being filled with what is read. */
export class PageInProgress {
  readonly #items: SourceItem[] = [];
  readonly #problems: Problem[] = [];
  #lost: number;
  #length = 0;

  constructor(lost = 0) {
    this.#lost = lost;
  }

  get isFull(): boolean {
    return (
      this.#items.length >= PAGE_ITEMS || this.#problems.length >= PAGE_ITEMS || this.#length >= PAGE_LENGTH
    );
  }

  add({ items, problems, lost }: Reading): void {
    for (const item of items) {
      this.#items.push(item);
      this.#length += item.metadata?.text.length ?? 0;
    }
    this.#problems.push(...problems);
    this.#lost += lost;
  }

  done(list: Pick<SourcePage, 'time' | 'share' | 'next'>): SourcePage {
    return { items: this.#items, problems: this.#problems, lost: this.#lost, ...list };
  }
}
