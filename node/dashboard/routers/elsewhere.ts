import type Router from '@koa/router';
import { HttpError } from '../../http/index.ts';
import type { Door } from '../door.ts';
import { elsewherePage } from '../pages/elsewhere.ts';
import type { DashboardParts } from '../parts.ts';

/** What other institutions show of one of this institution's records: of a withdrawn one, that it is gone. */
export function elsewhereRoutes(router: Router, door: Door, { catalogue, elsewhere }: DashboardParts): void {
  router.get(
    '/dashboard/records/:key/elsewhere',
    door.page('see', async (visit) => {
      const { key = '' } = visit.ctx['params'] as { key?: string };
      const holding = await catalogue.holdings.get(key);
      if (holding?.node !== catalogue.node) {
        const detail = `This institution has no record ${key}.`;
        throw new HttpError(404, 'RECORD_UNKNOWN', 'No such record', detail);
      }
      return elsewherePage(visit, { key, holding, sightings: await elsewhere.look(key) });
    }),
  );
}
