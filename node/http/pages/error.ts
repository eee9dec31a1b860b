import { html } from './html.ts';
import { layout, searchForm } from './layout.ts';
import type { View } from './view.ts';

interface ErrorData {
  status: number;
  code: string;
  /** What happened, in English, from the problem document; not for errors of the node itself. */
  detail?: string;
  /** The id of the request, where the error is the node's own. */
  request?: string | undefined;
}

/** What a browser gets where a script gets a problem document. */
export function errorPage(view: View, { status, code, detail, request }: ErrorData): string {
  const { problem } = view.t;
  const isMissing = status === 404;
  const main = html` <p class="kicker">${problem.status(status)} · <code>${code}</code></p>
    <h1>${problem.heading}</h1>
    <p class="lede">${messageFor(view, status)}</p>
    ${
      isMissing &&
      html`<p>${problem.notFoundHint}</p>
        ${searchForm(view, { id: 'q', className: 'large' })}`
    }
    ${detail !== undefined && html`<p class="aside">${problem.details}: <span lang="en">${detail}</span></p>`}
    ${request !== undefined && html`<p class="aside">${problem.request}: <code>${request}</code></p>`}`;
  return layout(view, {
    title: problem.heading,
    main,
    hasData: false,
    isIndexed: false,
    hasSearch: isMissing,
  });
}

function messageFor({ t: { problem } }: View, status: number): string {
  switch (status) {
    case 401:
    case 403:
      return problem.refused;
    case 404:
      return problem.notFound;
    case 405:
    case 501:
      return problem.notAllowed;
    case 406:
      return problem.notAcceptable;
    case 413:
    case 414:
      return problem.tooLarge;
    case 503:
      return problem.unavailable;
    default:
      return status < 500 ? problem.badRequest : problem.failed;
  }
}
