import { contextUrl } from '../../../vocab/context.ts';
import type { Site } from '../site.ts';

/** What stands in an address, each name once or several times. */
type Parameters = Readonly<Record<string, string | number | readonly string[] | undefined>>;

/** A page of a list, whose address is the list's with the parameters of the page. */
export interface ListPage {
  path: string;
  /** Of the list: what it was asked for. */
  parameters: Parameters;
  /** Of this page and of its neighbours: what is added; undefined where there is no such page. */
  page: Readonly<Record<string, string | number>> | undefined;
  next?: Readonly<Record<string, string | number>>;
  prev?: Readonly<Record<string, string | number>>;
}

/** The places of a page that is asked for by its number, from 1. */
export function byNumber(page: number, hasMore: boolean): Pick<ListPage, 'page' | 'next' | 'prev'> {
  return {
    page: page === 1 ? undefined : { page },
    ...(hasMore && { next: { page: page + 1 } }),
    ...(page > 1 && { prev: { page: page - 1 } }),
  };
}

/** The addresses of a page of a list, as a collection document names them. */
export function listLinks(
  site: Site,
  { path, parameters, page, next, prev }: ListPage,
): { context: string; id: string; partOf: string; first: string; next?: string; prev?: string } {
  const address = (more: Readonly<Record<string, string | number>> = {}): string =>
    site.base + path + queryOf({ ...parameters, ...more });
  return {
    context: contextUrl(site.base),
    id: address(page),
    partOf: address(),
    first: address(),
    ...(next !== undefined && { next: address(next) }),
    ...(prev !== undefined && { prev: address(prev) }),
  };
}

function queryOf(parameters: Parameters): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) {
    const values = typeof value === 'object' ? value : value === undefined ? [] : [value];
    for (const one of values) query.append(name, String(one));
  }
  const text = query.toString();
  return text === '' ? '' : `?${text}`;
}
