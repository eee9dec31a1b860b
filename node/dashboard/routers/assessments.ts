import type Router from '@koa/router';
import type { Context } from 'koa';
import type { z } from 'zod';
import {
  DECLARABLE,
  declarationSchema,
  declarationsSchema,
  type CriterionId,
} from '../../assessment/index.ts';
import { HttpError } from '../../http/index.ts';
import type { Door, Visit } from '../door.ts';
import { assessmentsPage } from '../pages/assessments.ts';
import { declarationPage, declarationsPage } from '../pages/plan-s-declarations.ts';
import { declarationOfForm, maintenanceOfForm } from '../pages/plan-s-form.ts';
import type { DashboardParts } from '../parts.ts';

const HERE = '/dashboard/assessments/plan-s';

/** The tab of the assessments, and the editor of what the institution says of Plan S. */
export function assessmentRoutes(
  router: Router,
  door: Door,
  { clock, metadataAssessment, ngrBehaviours, planS }: DashboardParts,
): void {
  const { declared } = planS;
  const list = async (visit: Visit): Promise<string> =>
    declarationsPage(visit, {
      report: await planS.report(),
      maintenance: declared.said.maintenance,
      isSaved: visit.ctx.query['saved'] !== undefined,
    });

  router.get(
    '/dashboard/assessments',
    door.page('see', async (visit) =>
      assessmentsPage(visit, {
        behaviours: ngrBehaviours.latest,
        metadata: await metadataAssessment.standing(),
        planS: await planS.report(),
      }),
    ),
  );

  router.get(HERE, door.page('settings', list));

  router.post(
    HERE,
    door.form('settings', 'plan-s.maintenance', async ({ fields }) => {
      const { maintenance } = read(declarationsSchema, { maintenance: maintenanceOfForm(fields) });
      await declared.announceMaintenance(maintenance);
      return { to: HERE, query: { saved: 'yes' } };
    }),
  );

  router.get(
    `${HERE}/:criterion`,
    door.page('settings', (visit) => {
      const id = criterionOf(visit.ctx);
      const today = new Date(clock.now()).toISOString().slice(0, 'YYYY-MM-DD'.length);
      return declarationPage(visit, { id, declaration: declared.said.declarations[id], today });
    }),
  );

  router.post(
    `${HERE}/:criterion`,
    door.form('settings', 'plan-s.declare', async ({ ctx, fields }) => {
      const id = criterionOf(ctx);
      const isTakenBack = fields.get('do') === 'take-back';
      await declared.declare(
        id,
        isTakenBack ? undefined : read(declarationSchema, declarationOfForm(fields)),
      );
      return { to: HERE, query: { saved: 'yes' }, on: id };
    }),
  );
}

function criterionOf(ctx: Context): CriterionId {
  const { criterion } = (ctx as Context & { params: Record<string, string> }).params;
  const id = DECLARABLE.find((one) => one === criterion);
  if (id !== undefined) return id;
  const detail = 'There is no such criterion, or the institution can say nothing of it.';
  throw new HttpError(404, 'CRITERION_UNKNOWN', 'No such criterion', detail);
}

function read<Schema extends z.ZodType>(schema: Schema, value: unknown): z.output<Schema> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const { path = [], message = '' } = result.error.issues[0] ?? {};
  throw new HttpError(400, 'DECLARATION_INVALID', 'This cannot be taken', `${path.join('.')}: ${message}.`, {
    remedy: 'Mend it there; nothing was changed.',
  });
}
