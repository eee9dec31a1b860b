import { nodeOfFork, type Fork } from '../../protocols/heads/index.ts';
import { NgrError } from '../../vocab/errors.ts';

/** The catalogue cannot do what it was asked: an unknown record, a record of another node, a moved base URL. */
export class CatalogueError extends NgrError {}

/** What a peer gave us for a feed is refused: forged, altered, stale or not of that feed. */
export class FeedError extends NgrError {}

/** What came contradicts what is here, and the node signed both: it is not the fault of who carried it. */
export class ForkError extends FeedError {
  readonly fork: Fork;

  constructor(fork: Fork) {
    super('FEED_FORKED', `${nodeOfFork(fork)} has signed two histories, at ${fork.a.seq} of its feed.`, {
      remedy:
        'Ask the institution what happened; then run `ngr peers --forgive NODE`, or put the node on the deny list.',
    });
    this.fork = fork;
  }
}

export function notRecovered(): CatalogueError {
  return new CatalogueError(
    'CATALOGUE_NOT_RECOVERED',
    'The data are of an old backup, and not all that the network has of this node has been fetched back yet.',
    {
      remedy:
        'Let the node connect to others that follow it (`ngr peers`): it fetches the rest by itself. Or restore newer data. Where nobody has the rest any more, go on without it: `ngr peers --forgive NODE` with the id of this node itself.',
    },
  );
}

export function copyNotWhole(): FeedError {
  return new FeedError(
    'FEED_DIVERGED',
    'Another node’s copy of this node’s own feed is not what its head says.',
    {
      remedy:
        'Nothing of it was signed. The rest is fetched from the next node that has the feed; where there is none, `ngr peers --forgive NODE` with the id of this node itself goes on without it.',
    },
  );
}

export function isOwnFeed(): FeedError {
  return new FeedError('FEED_OWN', 'Another node sent this node its own feed.', {
    remedy: 'If two nodes run with the same key, stop one of them: each needs a data directory of its own.',
  });
}

export function cannotWrite(cause: unknown): CatalogueError {
  return new CatalogueError(
    'CATALOGUE_CANNOT_WRITE',
    `A change could not be written: ${(cause as Error).message}.`,
    {
      remedy:
        (cause instanceof NgrError ? cause.remedy : undefined) ??
        'Look whether the disk is full or damaged. When it is mended, start the node again: nothing acknowledged is lost.',
      cause,
    },
  );
}
