/**
 * ZIP files (PKWARE APPNOTE 6.3) of members that are deflated already, as packages of dumps are: of the sizes alone it is
 * known where each byte stands, so that a package can be sent from any place on. No file of it is made, and what libraries
 * for writing ZIP files leave out is just that: members packed beforehand, and a beginning in the middle. There is no ZIP64,
 * which not all readers know: packages are cut far below its 65,535 members and 4 GB.
 */

/** What a ZIP file tells of a member. */
export interface ZipMember {
  /** Path from the top, of ASCII characters. */
  name: string;
  crc32: number;
  /** Bytes, and deflated ones. */
  length: number;
  packed: number;
  /** Milliseconds since 1970. */
  time: number;
}

const LOCAL_HEADER = 30;
const DIRECTORY_ENTRY = 46;
const DIRECTORY_END = 22;
const VERSION = 20;
const DEFLATED = 8;

/** How many bytes a ZIP file of these members has. */
export function zipLength(members: Iterable<Pick<ZipMember, 'name' | 'packed'>>): number {
  let length = DIRECTORY_END;
  for (const member of members) length += memberLength(member) + DIRECTORY_ENTRY + member.name.length;
  return length;
}

/** How many bytes a member takes, with what stands before it. */
export function memberLength({ name, packed }: Pick<ZipMember, 'name' | 'packed'>): number {
  return LOCAL_HEADER + name.length + packed;
}

/** What stands before the deflated bytes of a member (section 4.3.7). */
export function memberHeader(member: ZipMember): Buffer {
  const header = Buffer.alloc(LOCAL_HEADER + member.name.length);
  header.writeUInt32LE(0x0403_4b50, 0);
  writeCommon(header, 4, member);
  header.write(member.name, LOCAL_HEADER, 'latin1');
  return header;
}

/**
 * A member in the directory (section 4.3.12).
 * @param offset of the member's header
 */
export function directoryEntry(member: ZipMember, offset: number): Buffer {
  const entry = Buffer.alloc(DIRECTORY_ENTRY + member.name.length);
  entry.writeUInt32LE(0x0201_4b50, 0);
  entry.writeUInt16LE(VERSION, 4);
  writeCommon(entry, 6, member);
  entry.writeUInt32LE(offset, 42);
  entry.write(member.name, DIRECTORY_ENTRY, 'latin1');
  return entry;
}

/** How many bytes a member takes in the directory. */
export function directoryEntryLength({ name }: Pick<ZipMember, 'name'>): number {
  return DIRECTORY_ENTRY + name.length;
}

/** What stands behind the directory (section 4.3.16). */
export function directoryEnd(directory: { members: number; length: number; offset: number }): Buffer {
  const end = Buffer.alloc(DIRECTORY_END);
  end.writeUInt32LE(0x0605_4b50, 0);
  end.writeUInt16LE(directory.members, 8);
  end.writeUInt16LE(directory.members, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(directory.offset, 16);
  return end;
}

/** The fields that both headers have, in their order. */
function writeCommon(buffer: Buffer, at: number, { name, crc32, length, packed, time }: ZipMember): void {
  buffer.writeUInt16LE(VERSION, at);
  buffer.writeUInt16LE(DEFLATED, at + 4);
  buffer.writeUInt32LE(dosTime(time), at + 6);
  buffer.writeUInt32LE(crc32, at + 10);
  buffer.writeUInt32LE(packed, at + 14);
  buffer.writeUInt32LE(length, at + 18);
  buffer.writeUInt16LE(name.length, at + 22);
}

/** MS-DOS's time and date, in UTC, from 1980 on and to two seconds (section 4.4.6). */
function dosTime(time: number): number {
  const date = new Date(Math.max(time, Date.UTC(1980, 0, 1)));
  const day = ((date.getUTCFullYear() - 1980) << 9) | ((date.getUTCMonth() + 1) << 5) | date.getUTCDate();
  const clock = (date.getUTCHours() << 11) | (date.getUTCMinutes() << 5) | (date.getUTCSeconds() >> 1);
  return ((day << 16) | clock) >>> 0;
}
