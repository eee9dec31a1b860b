/** A system that the operator knows: a review service, an overlay journal, another repository. */
export interface Service {
  /** As commands call it. */
  name: string;
  /** The address that it names as `origin.id`. */
  id: string;
  /** Without it, it is looked for where the id leads. */
  inbox?: string;
  /** What becomes of its announcements: a person is asked, they are accepted, or nothing of it is taken. */
  trust: 'ask' | 'accept' | 'refuse';
  /** IP addresses or ranges that it posts from. Without them, those that its hosts' names lead to. */
  addresses?: readonly string[];
}
