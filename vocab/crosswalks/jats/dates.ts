import type { XmlElement } from '../../xml/index.ts';
import type { DescriptionBuilder } from '../description-builder.ts';
import { attributeOf, textOf } from '../xml-table.ts';
import type { JatsArticle } from './article.ts';

/**
 * The kinds of dates that an article was published on (`pub-type`, from JATS 1.1 on `date-type`), the likeliest first: the
 * article's own, the printed issue's, the volume's. When it came to an archive or was corrected says nothing.
 */
const preference: readonly RegExp[] = [
  /^(?:epub|pub|epublish|published|electronic|online|)$/i,
  /^(?:epub-?ppub|ppub|ppublish|print|issue-?pub)$/i,
  /^(?:collection|volume|year)$/i,
  /^preprint$/i,
];

/** Of the likeliest kind; where that has no more than the year, one of the same year that says more. */
export function readDates(article: JatsArticle, description: DescriptionBuilder): void {
  const dates = article.meta.childrenNamed('pub-date').flatMap((date) => {
    const type = attributeOf(date, 'pub-type') || attributeOf(date, 'date-type');
    const rank = preference.findIndex((kind) => kind.test(type));
    const text = dateText(date);
    return rank < 0 || text === '' ? [] : [{ rank, text, year: date.childText('year') }];
  });
  const [best] = dates.toSorted((one, other) => one.rank - other.rank);
  if (best === undefined) return readHistory(article, description);
  const fuller =
    best.text === best.year ? dates.find(({ text, year }) => year === best.year && text !== year) : best;
  description.date((fuller ?? best).text, 'issued');
}

/** Received and accepted: only where the article has no date of publication. */
function readHistory(article: JatsArticle, description: DescriptionBuilder): void {
  for (const date of article.meta.child('history')?.childrenNamed('date') ?? []) {
    const type = attributeOf(date, 'date-type').toLowerCase();
    if (type === 'accepted') description.date(dateText(date), 'accepted');
    if (type === 'received') description.date(dateText(date), 'submitted');
  }
}

/** Year, month and day, the month in numbers or words; else the date as it was printed. */
function dateText(date: XmlElement): string {
  const iso = attributeOf(date, 'iso-8601-date');
  if (/^\d{4}(?:-\d\d){0,2}$/.test(iso)) return iso;
  const year = date.childText('year');
  if (year === '') return textOf(date.child('string-date'));
  const month = date.childText('month');
  const day = date.childText('day');
  if (month === '') return year;
  if (!/^\d{1,2}$/.test(month)) return [day, month, year].filter((part) => part !== '').join(' ');
  return [year, month, day]
    .filter((part) => part !== '')
    .map((part) => part.padStart(2, '0'))
    .join('-');
}
