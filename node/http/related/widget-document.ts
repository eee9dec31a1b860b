import type { Agent, Record as NgrRecord } from '../../../vocab/record.ts';
import type { Reason } from '../../analysis/related/index.ts';
import type { Locale } from '../messages/index.ts';
import { spokenName } from '../pages/record-labels.ts';
import type { HeldRecord } from '../records/held-items.ts';
import type { Site } from '../site.ts';
import { reasonTexts } from '../pages/related-reasons.ts';

/** What `/widget.js` shows, in words of one language: it has none of its own. */
export interface WidgetDocument {
  /** The record's address; absent where the item is not known here. */
  item?: string;
  /** BCP 47, of all words but the titles. */
  language: string;
  heading: string;
  /** The node, by name and address. */
  from: { text: string; url: string };
  /** Where a reader's vote is sent, as the form field `item`: relative to the node's address. */
  feedback?: string;
  notRelevant: string;
  notSent: string;
  items: WidgetItem[];
}

interface WidgetItem {
  key: string;
  url: string;
  title: string;
  /** BCP 47, of the title where it is told. */
  language?: string;
  /** Authors, year and access, as far as they are known. */
  facts: string[];
  why: string;
  notRelevant: string;
  noted: string;
}

const LONGEST_TITLE = 300;
const LONGEST_NAME = 100;
const MOST_AUTHORS = 3;
const MOST_REASONS = 3;

/** An answer without any item, where the one that is asked about is not known. */
export function widgetDocument(
  site: Site,
  { language, messages: t }: Locale,
  {
    key,
    items,
  }: { key: string | undefined; items: readonly (HeldRecord & { reasons: readonly Reason[] })[] },
): WidgetDocument {
  return {
    ...(key !== undefined && {
      item: `${site.base}/records/${key}`,
      feedback: `records/${key}/related/feedback`,
    }),
    language,
    heading: t.record.related,
    from: { text: t.feedback.from(site.name), url: site.base },
    notRelevant: t.feedback.notRelevant,
    notSent: t.feedback.notSent,
    items: items.map(({ key, holding, reasons }) => {
      const [title] = holding.titles;
      const text = shortened(title?.value ?? t.untitled, LONGEST_TITLE);
      const titleLanguage =
        title?.language ?? (holding.languages.length === 1 ? holding.languages[0] : undefined);
      return {
        key,
        url: `${site.base}/records/${key}`,
        title: text,
        ...(title !== undefined && titleLanguage !== undefined && { language: titleLanguage }),
        facts: factsOf(holding, t),
        why: t.feedback.why(reasonTexts(t, reasons.slice(0, MOST_REASONS)).join('; ')),
        notRelevant: t.feedback.notRelevantItem(text),
        noted: t.feedback.noted(text),
      };
    }),
  };
}

function factsOf({ creators, published, access }: NgrRecord, t: Locale['messages']): string[] {
  const year = published?.slice(0, 4);
  return [
    ...(creators.length === 0 ? [] : [authorsText(creators, t)]),
    ...(year === undefined ? [] : [year]),
    ...(access?.right === 'open' ? [t.access.open] : []),
  ];
}

function authorsText(creators: readonly Agent[], { record }: Locale['messages']): string {
  const names = creators
    .slice(0, MOST_AUTHORS)
    .map((creator) => shortened(spokenName(creator), LONGEST_NAME));
  const rest = creators.length - names.length;
  return rest > 0 ? `${names.join(', ')} ${record.moreAuthors(rest)}` : names.join(', ');
}

/** Cut between characters, and not within one of two halves. */
function shortened(text: string, length: number): string {
  if (text.length <= length) return text;
  return `${text.slice(0, length - 1).replace(/[\ud800-\udbff]$/, '')}…`;
}
