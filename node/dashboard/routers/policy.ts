import type Router from '@koa/router';
import { policySchema } from '../../../vocab/oa-policy/index.ts';
import { HttpError } from '../../http/index.ts';
import type { Door, Visit } from '../door.ts';
import { policyEditorPage, policyOfForm } from '../pages/policy-editor.ts';
import type { DashboardParts } from '../parts.ts';

/** The editor of the institution's open access policy. */
export function policyRoutes(router: Router, door: Door, { policies }: DashboardParts): void {
  const page = (visit: Visit, isSaved: boolean): string =>
    policyEditorPage(visit, { policy: policies.own?.policy, isSaved });

  router.get(
    '/dashboard/policy',
    door.page('policy', (visit) => page(visit, false)),
  );

  router.post(
    '/dashboard/policy',
    door.answer('policy', 'policy.state', async (submission) => {
      const read = policySchema.safeParse(policyOfForm(submission.fields));
      if (!read.success) {
        const { path = [], message = '' } = read.error.issues[0] ?? {};
        const detail = `${path.join('.')}: ${message}`;
        throw new HttpError(400, 'POLICY_INVALID', 'The policy cannot be taken', detail, {
          remedy: 'Mend it there; nothing was changed.',
        });
      }
      await policies.state(read.data);
      return { page: page(submission, true) };
    }),
  );
}
