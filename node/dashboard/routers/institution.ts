import type Router from '@koa/router';
import { z } from 'zod';
import { HttpError } from '../../http/index.ts';
import { InstitutionError, offeredRepositories } from '../../institution/index.ts';
import type { Door, Visit } from '../door.ts';
import { messagesIn } from '../messages/index.ts';
import { checkedInstitution, readInstitutionForm, typedOf } from '../pages/institution-form.ts';
import { institutionPage, type InstitutionData } from '../pages/institution.ts';
import type { DashboardParts } from '../parts.ts';

const PATH = '/dashboard/institution';
/** A photograph as cameras make them is refused with words, not by an end of the connection. */
const UPLOAD_LIMIT = 8 * 1024 * 1024;
const version = z
  .string()
  .regex(/^\d{1,15}$/)
  .transform(Number);

/** What the institution says of itself, and its logo. */
export function institutionRoutes(
  router: Router,
  door: Door,
  { institution, harvester }: DashboardParts,
): void {
  const page = (visit: Visit, more: Partial<InstitutionData> = {}): string => {
    const { document, defaults, logo } = institution;
    const isOffer = institution.version === 0;
    const repositories = isOffer ? offeredRepositories(harvester.state()) : document.repositories;
    return institutionPage(visit, {
      document,
      defaults,
      logo,
      version: institution.version,
      typed: typedOf(document, repositories, defaults),
      isOffer: isOffer && repositories.length > 0,
      ...more,
    });
  };
  /** After a change the page is made with another name or logo than the view knows, which was made before. */
  const pageNow = ({ ctx, ...visit }: Visit, more: Partial<InstitutionData>): string =>
    page({ ...visit, ctx, view: door.view(ctx) }, more);

  router.get(
    PATH,
    door.page('see', (visit) => page(visit)),
  );

  router.post(
    PATH,
    door.answer('settings', 'institution.change', async (submission) => {
      const { institution: words } = messagesIn(submission.view.locale.language);
      const read = version.safeParse(submission.fields.get('version') ?? undefined);
      if (!read.success) {
        const detail = 'The form does not say what it is a change of.';
        throw new HttpError(400, 'FORM_INCOMPLETE', 'The form is incomplete', detail);
      }
      const typed = readInstitutionForm(submission.fields);
      const checked = checkedInstitution(typed, words.faults);
      if ('faults' in checked) {
        const { faults } = checked;
        const detail = [...faults.keys()].join(', ');
        const refused = new HttpError(400, 'INSTITUTION_INVALID', 'That cannot be said', detail);
        return { page: page(submission, { typed, version: read.data, faults, isOffer: false }), refused };
      }
      await institution.change(checked.fields, { version: read.data });
      return { page: pageNow(submission, { done: 'saved' }) };
    }),
  );

  router.post(
    `${PATH}/logo`,
    door.upload('settings', 'institution.logo', UPLOAD_LIMIT, async (upload) => {
      const { institution: words } = messagesIn(upload.view.locale.language);
      try {
        const { version: on } = await institution.setLogo(upload.files.get('logo') ?? new Uint8Array());
        return { page: pageNow(upload, { done: 'uploaded' }), on };
      } catch (error) {
        if (!(error instanceof InstitutionError)) throw error;
        const faults = new Map([['logo', words.problems[error.code] ?? error.message]]);
        return { page: page(upload, { faults }), refused: error };
      }
    }),
  );

  router.post(
    `${PATH}/logo/remove`,
    door.form('settings', 'institution.logo-remove', async () => {
      await institution.removeLogo();
      return { to: PATH };
    }),
  );
}
