/** How far a topic has come, or a subscriber has been told: a place in the topic's own order, and its time. */
export interface Progress {
  place: number;
  /** Milliseconds since 1970. */
  time: number;
}

/** Content for a subscriber, and how far it tells. */
export interface News {
  body: Uint8Array;
  upTo: Progress;
}

/** Something that can be subscribed to; who knows its content hands it over. */
export interface Topic {
  /** Its address, which answers with the content type, and tells hub and topic in its `Link` header. */
  readonly url: string;
  readonly contentType: string;
  /** What it is, in a sentence. */
  readonly title: string;
  /** What was last added. */
  readonly newest: Progress;
  /**
   * What is new since, or the beginning of it where that is much: the size of content is bounded. Undefined where nothing
   * is.
   */
  newsSince(told: Progress): Promise<News | undefined>;
  /** Calls the listener when something was added. @returns what ends that */
  onChange(listener: () => void): () => void;
}
