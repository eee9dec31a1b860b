import type { Reason } from '../../analysis/related/index.ts';
import type { Messages } from '../messages/index.ts';

/** Why a work is suggested, in the reader's language: a few words for each reason. */
export function reasonTexts({ record: { reasons: text } }: Messages, reasons: readonly Reason[]): string[] {
  return reasons.map((reason) => {
    switch (reason.kind) {
      case 'words':
        return text.words(reason.words.join(', '));
      case 'cites':
        return text.cites;
      case 'cited by':
        return text.citedBy;
      case 'same references':
        return text.sameReferences(reason.count);
      case 'cited together':
        return text.citedTogether(reason.count);
      case 'used together':
        return text.usedTogether;
      case 'similar meaning':
        return text.similarMeaning;
    }
  });
}
