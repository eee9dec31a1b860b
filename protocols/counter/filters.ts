import type { ReportItem } from './item.ts';
import { isOfTitles, itemReference, type ItemReference } from './item-reference.ts';
import type { Remarks } from './remarks.ts';
import type { FilterName, ReportDefinition } from './reports.ts';

/** Filters as they were asked for, those left out that are not valid. */
export interface Filters {
  platform?: string;
  values: Partial<Record<FilterName, readonly string[]>>;
  /** `2016`, `2010-2015`. */
  yop?: readonly string[];
  /** As they were written, and what they name. */
  items?: readonly { text: string; reference: ItemReference }[];
  /** As it was written, and the ORCID iD in it. */
  author?: { text: string; orcid: string };
}

const parameters: Readonly<Record<FilterName, string>> = {
  Metric_Type: 'metric_type',
  Data_Type: 'data_type',
  Access_Type: 'access_type',
  Access_Method: 'access_method',
};
const MOST_ITEMS = 100;

interface Reading {
  definition: ReportDefinition;
  platform: string;
  namespace: string;
  remarks: Remarks;
}

/** Reads the filters of a report: exceptions 3060 and 3061 of CoP 5.1, table D.1. */
export function readFilters(asked: (name: string) => string, reading: Reading): Filters {
  const { definition, platform, namespace, remarks } = reading;
  const filters: Filters = { values: {} };
  for (const name of Object.keys(definition.values) as FilterName[]) {
    const list = listOf(asked(parameters[name]));
    const allowed = definition.values[name] ?? [];
    const valid = allowed.filter((value) => list.includes(value));
    for (const value of list) {
      if (!allowed.includes(value)) remarks.add(3060, `${parameters[name]}=${value}`);
    }
    // One that has all values is the same as none, and is not told (section 3.3.8).
    if (valid.length > 0 && valid.length < allowed.length) filters.values[name] = valid;
  }
  const named = asked('platform');
  if (named === platform) filters.platform = named;
  else if (named !== '') remarks.add(3060, `platform=${named}`);
  const years = readYears(asked('yop'), remarks);
  if (years.length > 0) filters.yop = years;
  const items = readItems(asked('item_id'), namespace, remarks);
  if (items.length > 0) filters.items = items;
  const author = readAuthor(asked, definition, remarks);
  if (author !== undefined) filters.author = author;
  return filters;
}

/** Whether an item is among those that the report is about; which items `item_id` names the caller knows. */
export function isWanted(
  { definition, filters }: { definition: ReportDefinition; filters: Filters },
  item: ReportItem,
): boolean {
  const among = (name: FilterName, value: string): boolean =>
    (definition.preset?.[name] ?? filters.values[name])?.includes(value) ?? true;
  return (
    among('Data_Type', item.dataType) &&
    among('Access_Type', item.accessType) &&
    // All use that is counted here is regular.
    among('Access_Method', 'Regular') &&
    (filters.yop?.some((years) => isWithin(years, item.yop)) ?? true) &&
    (filters.author === undefined || item.orcids.includes(filters.author.orcid))
  );
}

function listOf(text: string): string[] {
  return text
    .split('|')
    .map((value) => value.trim())
    .filter((value) => value !== '');
}

function readYears(text: string, remarks: Remarks): string[] {
  return listOf(text).filter((years) => {
    const isValid = /^\d{4}(?:-\d{4})?$/.test(years) && years.slice(0, 4) <= years.slice(-4);
    if (!isValid) remarks.add(3060, `yop=${years}`);
    return isValid;
  });
}

function isWithin(years: string, year: string): boolean {
  return years.slice(0, 4) <= year && year <= years.slice(-4);
}

function readItems(text: string, namespace: string, remarks: Remarks): NonNullable<Filters['items']> {
  const written = listOf(text);
  if (written.length > MOST_ITEMS) {
    remarks.add(3060, `item_id: more than ${MOST_ITEMS}`);
    return [];
  }
  const found = written.flatMap((one) => {
    const reference = itemReference(one, namespace);
    if (reference === undefined) remarks.add(3060, `item_id=${one}`);
    return reference === undefined ? [] : [{ text: one, reference }];
  });
  const titles = found.filter(({ reference }) => isOfTitles(reference));
  const items = found.filter(({ reference }) => !isOfTitles(reference));
  for (const { text: one } of titles) remarks.add(items.length > 0 ? 3061 : 3060, `item_id=${one}`);
  return items;
}

function readAuthor(
  asked: (name: string) => string,
  { release }: ReportDefinition,
  remarks: Remarks,
): Filters['author'] {
  const name = release === '5.1' ? 'author' : 'item_contributor';
  const text = asked(name);
  if (text === '') return undefined;
  const [, orcid] = /^(?:ORCID:|https?:\/\/orcid\.org\/)?(\d{4}-\d{4}-\d{4}-\d{3}[\dX])$/.exec(text) ?? [];
  if (orcid === undefined) remarks.add(3060, `${name}=${text}`);
  return orcid === undefined ? undefined : { text, orcid };
}
