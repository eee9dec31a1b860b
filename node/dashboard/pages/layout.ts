import { may, type LoggedIn, type Right } from '../../accounts/index.ts';
import { html, layout, type Html, type Place, type View } from '../../http/index.ts';
import { messagesIn, type DashboardMessages } from '../messages/index.ts';

interface Tab {
  path: string;
  name: keyof DashboardMessages['tabs'];
  right?: Right;
}

/** Every tab, in its order; one is shown to whom it may be of use. */
const tabs: readonly Tab[] = [
  { path: '/dashboard', name: 'overview', right: 'see' },
  { path: '/dashboard/records', name: 'content', right: 'see' },
  { path: '/dashboard/harvest', name: 'harvests', right: 'see' },
  { path: '/dashboard/usage', name: 'usage', right: 'see' },
  { path: '/dashboard/network', name: 'network', right: 'see' },
  { path: '/dashboard/duplicates', name: 'duplicates', right: 'see' },
  { path: '/dashboard/notifications', name: 'notifications', right: 'see' },
  { path: '/dashboard/assessments', name: 'assessments', right: 'see' },
  { path: '/dashboard/institution', name: 'institution', right: 'see' },
  { path: '/dashboard/policy', name: 'policy', right: 'policy' },
  { path: '/dashboard/people', name: 'people', right: 'people' },
  { path: '/dashboard/audit', name: 'audit', right: 'audit' },
  { path: '/dashboard/account', name: 'account' },
];

/** A page of the dashboard: with the tabs of who is logged in, or with none before. */
export function dashboardLayout(
  view: View,
  who: LoggedIn | undefined,
  { title, main }: { title: string; main: Html },
): string {
  const words = messagesIn(view.locale.language);
  const places: Place[] =
    who === undefined
      ? [{ path: '/', label: words.publicPages }]
      : tabs
          .filter(({ right }) => right === undefined || may(who.person.role, right))
          .map(({ path, name }) => ({ path, label: words.tabs[name] }));
  return layout(view, {
    title: `${title} · ${words.title}`,
    main,
    hasData: false,
    isIndexed: false,
    places,
    corner: who === undefined ? html`` : logoutForm(view, who),
  });
}

function logoutForm(view: View, who: LoggedIn): Html {
  const words = messagesIn(view.locale.language);
  return html`<form class="corner" method="post" action="${view.link('/dashboard/logout')}">
    ${formToken(who)}
    <a href="${view.link('/')}">${words.publicPages}</a>
    <span class="aside">${words.loggedInAs(who.person.name)}</span>
    <button class="quiet">${words.logout}</button>
  </form>`;
}

/** What every form has to bring, so that no other site can send it. */
export function formToken({ formToken: token }: LoggedIn): Html {
  return html`<input type="hidden" name="form" value="${token}" />`;
}
