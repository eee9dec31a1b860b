import type { TextPiece } from '../../analysis/search/index.ts';
import { html, type Html } from './html.ts';

/** A text with the words that were searched for marked. */
export function pieces(found: readonly TextPiece[]): Html {
  return html`${found.map(({ text, isHit }) => (isHit ? html`<mark>${text}</mark>` : text))}`;
}
