import * as dagCbor from '@ipld/dag-cbor';
import {
  afterMove,
  patterns,
  possibleMoves,
  type ConversationState,
  type PatternName,
  type Side,
} from '../../protocols/coar-notify/index.ts';
import type { Operation, Section } from '../store/index.ts';
import { NotificationError } from './errors.ts';
import { conversationKey, idOfIri } from './layout.ts';
import type { Party } from './stored-notification.ts';

/** Something that one side said, in a notification by its id here; milliseconds since 1970. */
export interface Move {
  pattern: PatternName;
  by: Side;
  notification: string;
  at: number;
}

/** What is said about one Offer, by both sides. */
export interface Conversation {
  /** Of the Offer, as its sender named it. */
  offer: string;
  pattern: PatternName;
  /** Which side this node is. */
  side: Side;
  state: ConversationState;
  /** The other side. */
  party: Party;
  /** The node's own records that it is about. */
  records: readonly string[];
  /** What was said, in order. */
  moves: readonly Move[];
}

/** Announcements may follow one another without end; the first and the latest moves are kept. */
const MOST_MOVES = 100;

/** The conversations in the store. Writes are made as operations, for one batch with others. */
export class Conversations {
  readonly #section: Section;

  constructor(section: Section) {
    this.#section = section;
  }

  /** @param offer the id that its sender gave it */
  async about(offer: string): Promise<Conversation | undefined> {
    return await this.get(idOfIri(offer));
  }

  /** @param id of the Offer, here */
  async get(id: string): Promise<Conversation | undefined> {
    const bytes = await this.#section.get(conversationKey(id));
    return bytes === undefined ? undefined : dagCbor.decode<Conversation>(bytes);
  }

  /** @param id of the Offer, here */
  remove(id: string): Operation {
    return { type: 'del', key: conversationKey(id) };
  }

  begin(conversation: Conversation): Operation {
    const key = conversationKey(idOfIri(conversation.offer));
    return { type: 'put', key, value: dagCbor.encode(conversation) };
  }

  /**
   * The next step of a conversation.
   * @throws NotificationError `NOTIFY_ILLEGAL_MOVE`
   */
  move(conversation: Conversation, next: Move): Operation {
    const state = afterMove(conversation.state, next.pattern, next.by);
    if (state === undefined) throw illegal(conversation, next);
    const [first, ...others] = [...conversation.moves, next];
    const moves = first === undefined ? [] : [first, ...others.slice(1 - MOST_MOVES)];
    return this.begin({ ...conversation, state, moves });
  }
}

function illegal({ offer, state }: Conversation, { pattern, by }: Move): NotificationError {
  const possible = possibleMoves(state, by).map((name) => patterns[name].title);
  const { title } = patterns[pattern];
  return new NotificationError(
    'NOTIFY_ILLEGAL_MOVE',
    `“${title}” cannot follow: the conversation about ${offer.slice(0, 200)} stands at “${state}”.`,
    {
      remedy:
        possible.length === 0
          ? 'Nothing more can be said in this conversation; begin another with a new Offer.'
          : `What can follow: ${possible.join(', ')}.`,
      details: { state, possible },
    },
  );
}
