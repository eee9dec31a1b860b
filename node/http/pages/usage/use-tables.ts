import type { Metrics } from '../../../analysis/usage/index.ts';
import type { UsageTable } from '../../../usage-tables.ts';
import {
  counterNames,
  metricNames,
  periodQuery,
  typeUri,
  type MetricName,
  type Period,
  type UseOf,
} from '../../usage/index.ts';
import { typeLabel } from '../coar-labels.ts';
import type { View } from '../view.ts';

/** What a metric is called by people, and in brackets by COUNTER. */
function metricHeading(view: View, name: MetricName): string {
  return `${metricWord(view, name)} (${counterNames[name]})`;
}

export function metricWord({ t: { use } }: View, name: MetricName): string {
  const words: Readonly<Record<MetricName, string>> = {
    totalInvestigations: use.views,
    uniqueInvestigations: use.viewVisits,
    totalRequests: use.downloads,
    uniqueRequests: use.downloadVisits,
  };
  return words[name];
}

/** The headings of all metrics, and what stands below them. */
export function metricHeadings(view: View): string[] {
  return metricNames.map((name) => metricHeading(view, name));
}

export function metricCells(metrics: Metrics): number[] {
  return metricNames.map((name) => metrics[name]);
}

/** The address of a table of the page as CSV. */
export function tableAddress(view: View, period: Period, table: UsageTable): string {
  const query = new URLSearchParams({ ...periodQuery(period), format: 'csv', table }).toString();
  return `${view.action('/usage')}?${query}`;
}

/** What the values of types, languages and countries are called. */
export const valueNames: Readonly<
  Record<'type' | 'language' | 'country', (view: View, use: UseOf) => string>
> = {
  type: (view, { value }) =>
    (value === undefined ? undefined : typeLabel(view, typeUri(value))) ?? view.t.found.otherType,
  language: ({ locale, t }, { value }) =>
    value === undefined || value === 'und'
      ? t.use.otherLanguages
      : capital(locale.languageName(value), locale.language),
  country: ({ locale, t }, { value }) =>
    value === undefined || value === 'ZZ' ? t.use.otherCountries : locale.countryName(value),
};

/** Alone on its line, in languages too that write names of languages small. */
function capital(text: string, language: string): string {
  return text.charAt(0).toLocaleUpperCase(language) + text.slice(1);
}
