/**
 * What another system says of a record, once the record's own node has accepted it: that it was reviewed or endorsed, that it
 * stands in some relation to something else, or that a service has a result on it (COAR Notify 1.0.1, the Announce patterns).
 */
export interface Announcement {
  /** IRI of the notification that it came by. */
  id: string;
  kind: 'review' | 'endorsement' | 'relationship' | 'result';
  /** The review, the endorsement, the result, or the relationship itself. */
  resource: {
    id: string;
    /** IRIs of its classes. */
    types: readonly string[];
    name?: string;
    /** The persistent address by which it is to be cited. */
    citeAs?: string;
  };
  /** What a relationship says: IRIs. */
  triple?: { subject: string; relationship: string; object: string };
  /** Who says it. */
  by: { id: string; name?: string };
  /** When it was accepted, milliseconds since 1970. */
  at: number;
}
