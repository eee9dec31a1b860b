/** The records that answer more at their address than the record: lists leave out hash and length of these. */
export interface AnnouncedRecords {
  has(key: string): boolean;
  /** How many they are; they are the same ones while they are as many. */
  readonly count: number;
  /** Since when all that is announced is as it is, milliseconds since 1970. */
  readonly changedAt: number;
}
