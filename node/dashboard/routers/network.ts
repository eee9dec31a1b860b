import type Router from '@koa/router';
import { z } from 'zod';
import {
  format,
  HttpError,
  lang,
  listedPeers,
  peerCounts,
  peerParameters,
  readQuery,
} from '../../http/index.ts';
import type { Door } from '../door.ts';
import { networkPage } from '../pages/network.ts';
import type { DashboardParts } from '../parts.ts';

const query = z.object({ format, lang, ...peerParameters });

/** The nodes of the network, and what is wrong with them. */
export function networkRoutes(router: Router, door: Door, { federation, site }: DashboardParts): void {
  router.get(
    '/dashboard/network',
    door.page('see', (visit) => {
      const all = federation.peers();
      const others = all.filter(({ self }) => !self);
      const asked = readQuery(visit.ctx, query);
      const { onMap } = listedPeers(all, site.networks, asked);
      const listed = { ...listedPeers(others, site.networks, asked), onMap };
      return networkPage(visit, {
        counts: peerCounts(others),
        listed,
      });
    }),
  );

  router.post(
    '/dashboard/network/forgive',
    door.form('settings', 'peer.forgive', async ({ fields }) => {
      const peer = federation.peers().find(({ node }) => node === fields.get('node'));
      if (peer === undefined)
        throw new HttpError(404, 'PEER_UNKNOWN', 'No such node', 'This node knows no such other.');
      const on = peer.name === undefined ? peer.node : `${peer.name} (${peer.node})`;
      if (!(await federation.forgive(peer.node)))
        throw new HttpError(409, 'PEER_NOT_QUARANTINED', 'Nothing to forgive', `${on} is in no quarantine.`);
      return { to: '/dashboard/network', on };
    }),
  );
}
