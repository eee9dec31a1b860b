import type Router from '@koa/router';
import { z } from 'zod';
import { format, HttpError, lang, listedPeers, peerParameters, readQuery } from '../../http/index.ts';
import type { DashboardParts } from '../dashboard.ts';
import type { Door } from '../door.ts';
import { networkPage } from '../pages/network.ts';

const query = z.object({ format, lang, ...peerParameters });

/** The nodes of the network, and what is wrong with them. */
export function networkRoutes(router: Router, door: Door, { federation, site }: DashboardParts): void {
  router.get(
    '/dashboard/network',
    door.page('see', (visit) => {
      const others = federation.peers().filter(({ self }) => !self);
      const listed = listedPeers(others, site.networks, readQuery(visit.ctx, query));
      return networkPage(visit, {
        counts: {
          known: others.length,
          connected: others.filter(({ connected }) => connected).length,
          followed: others.filter(({ followed }) => followed).length,
          troubled: listedPeers(others, site.networks, { state: 'troubled' }).total,
          records: others.reduce((sum, { records }) => sum + records, 0),
        },
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
