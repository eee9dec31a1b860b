/**
 * From when on a user is taken for a machine, whatever its name (COUNTER 5.1 §7.8: robots that the provider can make out
 * are not to be counted). A user is an address with a user agent, so that many people behind one address may look like
 * one: the bounds lie far above what a class of students does.
 */
export interface MachineBehaviour {
  /** More different items than this in one hour of the clock. */
  itemsAnHour: number;
  /** More different items than this in a day. */
  itemsADay: number;
  /** More uses of one and the same item than this in a day, double clicks not counted. */
  usesOfOneItem: number;
  /**
   * Beyond so many events in a day, repeated ones among them, no more are taken of the user: whoever sends them is a machine
   * by then, and the ledger is not to fill the disk.
   */
  eventsTaken: number;
}

export const MACHINE_BEHAVIOUR: MachineBehaviour = {
  itemsAnHour: 250,
  itemsADay: 1_000,
  usesOfOneItem: 100,
  eventsTaken: 1_000_000,
};
