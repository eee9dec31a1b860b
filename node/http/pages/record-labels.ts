import type { Agent, Holding, Record as NgrRecord, LanguageString } from '../../../vocab/record.ts';
import { isTombstone } from '../../../vocab/record.ts';
import type { Highlighter } from '../../analysis/search/index.ts';
import { webAddress } from '../records/web-address.ts';
import { pieces } from './highlighted.ts';
import { html, join, type Html } from './html.ts';
import { inLanguage } from './languages.ts';
import type { View } from './view.ts';

/** The record's first title; in the record's one language where it does not tell its own. */
function titleOf(holding: Holding): LanguageString | undefined {
  const [title] = holding.titles;
  if (title === undefined || title.language !== undefined || isTombstone(holding)) return title;
  const [language, ...more] = holding.languages;
  return language === undefined || more.length > 0 ? title : { ...title, language };
}

/** The title as plain text, for where there can be no markup. */
export function titleText(view: View, holding: Holding): string {
  return titleOf(holding)?.value ?? view.t.untitled;
}

/** @param highlight marks the words that were searched for */
export function titleHtml(view: View, holding: Holding, highlight?: Highlighter): Html {
  const title = titleOf(holding);
  if (title === undefined) return html`${view.t.untitled}`;
  const { value, language } = title;
  return inLanguage(view, {
    value: highlight === undefined ? value : pieces(highlight(value)),
    ...(language !== undefined && { language }),
  });
}

/** Names in the order of the title page, `Petr Knoth`, the first few of many. */
export function authorsLine(view: View, creators: readonly Agent[], most = 5): Html {
  const names = creators.slice(0, most).map((creator) => html`${spokenName(creator)}`);
  const rest = creators.length - names.length;
  return html`${join(names, ', ')}${rest > 0 && ` ${view.t.record.moreAuthors(rest)}`}`;
}

/** Given name first, as people say it. */
export function spokenName({ name, given, family }: Agent): string {
  return given !== undefined && family !== undefined ? `${given} ${family}` : name;
}

/** Where a record was published: journal, volume, issue and pages, or as the repository wrote it. */
export function sourceLine(view: View, { source }: NgrRecord): Html | undefined {
  if (source === undefined) return undefined;
  const words = view.t.record;
  if (source.title === undefined) return source.citation === undefined ? undefined : html`${source.citation}`;
  return join(
    [
      html`<cite>${source.title}</cite>`,
      ...(source.volume === undefined ? [] : [words.volume(source.volume)]),
      ...(source.issue === undefined ? [] : [words.issue(source.issue)]),
      ...(source.pages === undefined ? [] : [words.pages(source.pages)]),
    ],
    ', ',
  );
}

/** The short name of a Creative Commons licence, or the address itself. */
export function licenceName(licence: string): string {
  const [, kind, name = '', version = ''] =
    /creativecommons\.org\/(licenses|publicdomain)\/([a-z-]+)(?:\/(\d\.\d))?/.exec(licence) ?? [];
  if (kind === undefined) return licence;
  if (kind === 'licenses') return `CC ${name.toUpperCase()} ${version}`.trimEnd();
  return `${name === 'zero' ? 'CC0' : 'Public Domain Mark'} ${version}`.trimEnd();
}

export function accessLabel(view: View, record: NgrRecord): string | undefined {
  if (record.access === undefined) return undefined;
  const { right, embargoEnds } = record.access;
  if (right === 'embargoed' && embargoEnds !== undefined) {
    return view.t.embargoedUntil(view.locale.date(embargoEnds));
  }
  return view.t.access[right];
}

/** A link to another site; plain text where the address is none that may be linked. */
export function outsideLink(address: string | undefined, content: Html | string): Html {
  const href = address === undefined ? undefined : webAddress(address);
  return href === undefined
    ? html`${content}`
    : html`<a href="${href}" rel="nofollow noopener">${content}</a>`;
}
