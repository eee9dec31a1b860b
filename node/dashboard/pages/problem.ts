import type { NgrError } from '../../../vocab/errors.ts';
import type { LoggedIn } from '../../accounts/index.ts';
import { html, type View } from '../../http/index.ts';
import { messagesIn } from '../messages/index.ts';
import { dashboardLayout } from './layout.ts';

/** What a form could not do, why, and what to do. */
export function problemPage(
  { view, who }: { view: View; who?: LoggedIn | undefined },
  error: NgrError,
): string {
  const { problem } = messagesIn(view.locale.language);
  const text = problem.texts[error.code];
  const main = html`<h1>${problem.title}</h1>
    ${
      text === undefined
        ? html`<p class="lede" lang="en">${error.message}</p>
            ${error.remedy !== undefined && html`<p lang="en">${error.remedy}</p>`}`
        : html`<p class="lede">${text}</p>`
    }
    <p class="aside"><code>${error.code}</code></p>
    <p><a href="${view.link(tabOf(view.path))}">${problem.back}</a></p>`;
  return dashboardLayout(view, who, { title: problem.title, main });
}

/** The tab that a form was sent from: to the form's own address nobody can go back. */
function tabOf(path: string): string {
  return path.split('/').slice(0, 3).join('/');
}
