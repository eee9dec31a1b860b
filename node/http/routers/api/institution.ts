import type Router from '@koa/router';
import { z } from 'zod';
import {
  institutionSchema,
  LOGO_BYTES,
  offeredRepositories,
  type Institution,
  type Logo,
} from '../../../institution/index.ts';
import { operation, route } from '../../openapi/index.ts';
import type { HttpParts } from '../../parts.ts';
import { readBody } from '../../requests/body.ts';
import { address, count, time, timeText } from './values.ts';

/** Some pages of text, and fifty repositories with long addresses. */
const INSTITUTION_LIMIT = 512 * 1024;

const version = count.describe('How often it was changed: 0 as long as nothing was written.');
const logo = z
  .object({
    url: address,
    type: z.enum(['image/png', 'image/jpeg', 'image/webp']),
    width: count.describe('Pixels.'),
    height: count.describe('Pixels.'),
  })
  .meta({ id: 'Logo' });
const said = z.object({
  version,
  updated: time.optional(),
  institution: institutionSchema,
  logo: logo.optional(),
  offered: institutionSchema.shape.repositories
    .unwrap()
    .optional()
    .describe('As long as nothing was written: the repositories that the node harvests by OAI-PMH.'),
});

export const institutionOperations = {
  see: operation({
    method: 'GET',
    path: '/api/institution',
    group: 'institution',
    right: 'see',
    summary: 'What the node says of the institution',
    answers: { 200: { what: 'As it is shown now.', schema: said } },
  }),
  change: operation({
    method: 'PUT',
    path: '/api/institution',
    group: 'institution',
    right: 'settings',
    summary: 'Describe the institution anew',
    description:
      'What is left out is not said any more; name and contact are those of the configuration then. With the `version` that was read: who has read an older one is refused.',
    body: z.strictObject({ version, institution: institutionSchema }),
    limit: INSTITUTION_LIMIT,
    example: {
      version: 0,
      institution: {
        name: 'University of Wyreford',
        ror: 'https://ror.org/013meh722',
        repositories: [
          { name: 'Wyreford Research', url: 'https://research.wyreford.example/', opendoar: '165' },
        ],
      },
    },
    answers: { 200: { what: 'As it is shown now.', schema: said } },
    problems: { 409: ['INSTITUTION_CHANGED'] },
  }),
  setLogo: operation({
    method: 'PUT',
    path: '/api/institution/logo',
    group: 'institution',
    right: 'settings',
    summary: 'Show a logo',
    description: 'In place of the one before. What kind of picture it is, its own bytes tell.',
    file: 'A PNG, JPEG or WebP of 256 kB and 2000 × 2000 pixels at the most.',
    limit: LOGO_BYTES,
    answers: { 200: { what: 'It is shown.', schema: logo } },
    problems: {
      400: ['LOGO_NONE', 'LOGO_DAMAGED', 'LOGO_SIZE'],
      413: ['BODY_TOO_LARGE'],
      415: ['LOGO_KIND'],
    },
  }),
  removeLogo: operation({
    method: 'DELETE',
    path: '/api/institution/logo',
    group: 'institution',
    right: 'settings',
    summary: 'Take the logo away',
    answers: { 204: { what: 'There is none.' } },
  }),
};

/** `/api/institution`: what the node says of the institution, and its logo. */
export function institutionRoutes(
  router: Router,
  { institution, harvester, site }: Pick<HttpParts, 'institution' | 'harvester' | 'site'>,
): void {
  const logoView = ({ type, width, height }: Logo): z.input<typeof logo> => ({
    url: `${site.base}/logo`,
    type,
    width,
    height,
  });
  const view = (): z.input<typeof said> => ({
    version: institution.version,
    ...updatedOf(institution),
    institution: { ...institution.document, repositories: [...institution.document.repositories] },
    ...(institution.logo && { logo: logoView(institution.logo) }),
    ...(institution.version === 0 && { offered: offeredRepositories(harvester.state()) }),
  });

  route(router, institutionOperations.see, view);

  route(router, institutionOperations.change, async ({ body }) => {
    await institution.change(body.institution, body);
    return view();
  });

  route(router, institutionOperations.setLogo, async ({ ctx }) =>
    logoView(await institution.setLogo(await readBody(ctx, LOGO_BYTES))),
  );

  route(router, institutionOperations.removeLogo, async () => {
    await institution.removeLogo();
  });
}

function updatedOf({ updated }: Pick<Institution, 'updated'>): { updated?: string } {
  return updated === undefined ? {} : { updated: timeText(updated) };
}
