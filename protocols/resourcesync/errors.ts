import { NgrError } from '../../vocab/errors.ts';

/**
 * A document is not one of ResourceSync.
 *
 * - `RESOURCESYNC_BAD_XML`: it cannot be read as XML, or passes a bound.
 * - `RESOURCESYNC_NOT_A_SITEMAP`: its root is neither `urlset` nor `sitemapindex`.
 * - `RESOURCESYNC_NO_CAPABILITY`: it does not say which kind of document it is: a plain Sitemap, or of a later version.
 * - `RESOURCESYNC_BAD_ENTRY`: an entry or link lacks what is mandatory, or has an impossible value.
 * - `RESOURCESYNC_TOO_MANY_ENTRIES`: it has more than 50,000 entries.
 */
export class ResourceSyncError extends NgrError {}
