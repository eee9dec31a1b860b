/** A whole node with all records, in a process of its own. */
export interface PublishingNode {
  url: string;
  pid: number;
  /** How many records there are. */
  records: number;
}
