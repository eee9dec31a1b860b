import type Router from '@koa/router';
import { roles, type Role } from '../../accounts/index.ts';
import { HttpError, mailInvitation } from '../../http/index.ts';
import type { Door, Visit } from '../door.ts';
import { peoplePage, type MadeInvitation } from '../pages/people.ts';
import type { DashboardParts } from '../parts.ts';

/** Who works with the node: invited, given roles, and taken out. */
export function peopleRoutes(router: Router, door: Door, parts: DashboardParts): void {
  const { accounts, externalLogins, letters } = parts;
  const page = (visit: Visit, made?: MadeInvitation): string =>
    peoplePage(visit, {
      people: accounts.people,
      invitations: accounts.invitations,
      providers: externalLogins.offered,
      mails: letters !== undefined,
      ...(made !== undefined && { made }),
    });

  router.get(
    '/dashboard/people',
    door.page('people', (visit) => page(visit)),
  );

  router.post(
    '/dashboard/people/invite',
    door.answer('people', 'people.invite', async (submission) => {
      const { fields } = submission;
      const [mail, name] = [fields.get('mail') ?? '', fields.get('name') ?? ''];
      const invitation = await accounts.invite({ mail, name, role: roleIn(fields) });
      const { who, view } = submission;
      // In the language of the page that it is made on.
      const { link, isMailed } = await mailInvitation(parts, invitation, {
        by: who.person.name,
        language: view.locale.language,
      });
      const made = isMailed ? { mailed: invitation.mail } : { link };
      return { page: page(submission, made), on: invitation.mail };
    }),
  );

  router.post(
    '/dashboard/people/take-back',
    door.form('people', 'people.take-back', async ({ fields }) => {
      const id = fields.get('invitation') ?? '';
      const on = accounts.invitations.find((one) => one.id === id)?.mail;
      await accounts.takeBackInvitation(id);
      return { to: '/dashboard/people', ...(on !== undefined && { on }) };
    }),
  );

  router.post(
    '/dashboard/people/role',
    door.form('people', 'people.role', async ({ fields }) => {
      const { mail, role } = await accounts.setRole(fields.get('person') ?? '', roleIn(fields));
      return { to: '/dashboard/people', on: `${mail}: ${role}` };
    }),
  );

  router.post(
    '/dashboard/people/remove',
    door.form('people', 'people.remove', async ({ fields }) => {
      const id = fields.get('person') ?? '';
      const on = accounts.people.find((person) => person.id === id)?.mail;
      await accounts.remove(id);
      return { to: '/dashboard/people', ...(on !== undefined && { on }) };
    }),
  );
}

function roleIn(fields: URLSearchParams): Role {
  const role = roles.find((one) => one === fields.get('role'));
  if (role !== undefined) return role;
  const detail = `A role is one of ${roles.join(', ')}.`;
  throw new HttpError(400, 'ROLE_UNKNOWN', 'No such role', detail, { remedy: 'Choose one of them.' });
}
