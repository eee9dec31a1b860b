import type { Context } from 'koa';
import type { Assets } from '../assets.ts';
import { LANGUAGES, localeOf, type Language, type Locale, type Messages } from '../messages/index.ts';
import { qualityList } from '../negotiation/quality-list.ts';
import { pathPrefix, type Site } from '../site.ts';

/** Parameters of an address, each there once or several times. */
export type Query = Readonly<Record<string, string | number | readonly string[] | undefined>>;

/** What every page needs to know of the request it answers: its language, its own address, and how to link to others. */
export interface View {
  locale: Locale;
  t: Messages;
  site: Site;
  /** The page's path, without the path of the base URL. */
  path: string;
  stylesheet: string;
  icon: string;
  /** The institution's logo, where it has one. */
  logo: { src: string; width: number; height: number } | undefined;
  /** The address of another page of this node, which keeps the language where the reader has chosen one. */
  link(path: string, query?: Query): string;
  /** The same without any parameter, for forms. */
  action(path: string): string;
  /** The address of this page with other parameters; `undefined` takes one away. */
  here(changes: Query): string;
  /** The language, where the reader has chosen one rather than the browser. */
  chosen: Language | undefined;
}

/** Makes views for the requests of one site. */
export class Views {
  readonly #site: Site;
  readonly #prefix: string;
  readonly #assets: Assets;

  constructor({ site, assets }: { site: Site; assets: Assets }) {
    this.#site = site;
    this.#prefix = pathPrefix(site);
    this.#assets = assets;
  }

  /** @param chosen what `?lang=` says; otherwise the browser's languages decide */
  of(ctx: Context, chosen?: Language): View {
    const locale = localeOf(chosen ?? acceptedLanguage(ctx.req.headers['accept-language']));
    const link = (path: string, query: Query = {}): string => {
      return this.#prefix + path + queryString({ ...query, lang: chosen });
    };
    // A path such as `//elsewhere.example` would be another site's address in a link.
    const path = /^\/[/\\]/.test(ctx.path) ? '/' : ctx.path;
    const asset = (name: string): string => `${this.#prefix}/assets/${name}`;
    // As it is now, and as the institution is called in the language.
    const site = { ...this.#site };
    const { logo } = site;
    return {
      locale,
      t: locale.messages,
      site: { ...site, name: site.names?.[locale.language] ?? site.name },
      path,
      stylesheet: asset(this.#assets.stylesheet.name),
      icon: asset(this.#assets.icon.name),
      logo: logo && { ...logo, src: `${this.#prefix}/logo?v=${logo.version}` },
      link,
      action: (path) => this.#prefix + path,
      here: (changes) => this.#prefix + path + queryString({ ...ctx.query, ...changes }),
      chosen,
    };
  }
}

/** The first of the reader's languages that there is (RFC 4647, lookup: `pt-BR` finds `pt`), else English. */
export function acceptedLanguage(header: string | undefined): Language {
  for (const { value, quality } of qualityList(header ?? '')) {
    const found = LANGUAGES.find((language) => value === language || value.startsWith(`${language}-`));
    if (found !== undefined && quality > 0) return found;
  }
  return 'en';
}

function queryString(query: Query): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    const values = typeof value === 'object' ? value : value === undefined ? [] : [value];
    for (const one of values) parameters.append(name, String(one));
  }
  const text = parameters.toString();
  return text === '' ? '' : `?${text}`;
}
