import type { PatternName } from './patterns.ts';

/** A system that sends or receives notifications. */
export interface System {
  id: string;
  inbox?: string;
  name?: string;
  /** IRIs. */
  types: readonly string[];
}

/** Who is responsible for an activity. */
export interface Actor {
  id: string;
  name?: string;
  /** IRIs. */
  types: readonly string[];
}

/** A thing on the web that a notification is about: a work by its landing page, a review, a relationship. */
export interface Resource {
  id: string;
  /** IRIs. */
  types: readonly string[];
  name?: string;
  citeAs?: string;
  item?: { id: string; types: readonly string[]; mediaType?: string };
  /** For a relationship: what it says. */
  triple?: { subject: string; relationship: string; object: string };
}

/** A notification of one of the patterns of COAR Notify 1.0.1, with all that the specification names. */
export interface CoarNotification {
  pattern: PatternName;
  id: string;
  origin: System;
  target: System;
  actor?: Actor;
  object: Resource;
  context?: Resource;
  inReplyTo?: string;
  summary?: string;
}
