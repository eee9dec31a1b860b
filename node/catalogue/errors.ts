import { NgrError } from '../../vocab/errors.ts';

/** The catalogue cannot do what it was asked: an unknown record, a record of another node, a moved base URL. */
export class CatalogueError extends NgrError {}

/** What a peer gave us for a feed is refused: forged, altered, stale or not of that feed. */
export class FeedError extends NgrError {}
