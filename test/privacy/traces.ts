import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import ipaddr from 'ipaddr.js';
import { Level } from 'level';

/** A reader whom nothing else in the world resembles, so that whatever of her is found somewhere was kept there. */
export interface MarkedReader {
  address: string;
  userAgent: string;
  referrer: string;
}

/** IPv6 from the range for documentation (RFC 3849): sixteen bytes that nothing has by chance. */
export const READER: MarkedReader = {
  address: '2001:db8:9a3c:57e1:b60f:4d82:c913:7ea5',
  userAgent:
    'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0 Quokkabrowser/77.31 (numbat)',
  referrer: 'https://bandicoot.example/search?q=what+she+looked+for',
};
/** The same with an address of the older kind (RFC 5737); as bytes it would be found anywhere, so it is looked for as text. */
export const OTHER_READER: MarkedReader = { ...READER, address: '203.0.113.177' };

/**
 * Everything by which one would find the reader again: her data as text and bytes, and hashes of them without a key, which
 * whoever has a list of addresses can undo.
 */
export function tracesOf({ address, userAgent, referrer }: MarkedReader): ReadonlyMap<string, Buffer> {
  const parsed = ipaddr.parse(address);
  const bytes = Buffer.from(parsed.toByteArray());
  const texts: Record<string, string> = {
    address,
    'its long form': parsed.toNormalizedString(),
    'address in an OpenURL': encodeURIComponent(address),
    agent: userAgent,
    'part of the agent': 'Quokkabrowser',
    'another part of the agent': 'numbat',
    referrer,
    'host of the referrer': 'bandicoot.example',
    ...(parsed instanceof ipaddr.IPv6 && {
      network: '2001:db8:9a3c:57e1',
      'bytes as hex': bytes.toString('hex'),
      'bytes as base64': bytes.toString('base64').replace(/=+$/, ''),
    }),
  };
  const traces = new Map(Object.entries(texts).map(([what, text]) => [what, Buffer.from(text)]));
  if (parsed instanceof ipaddr.IPv6) {
    traces.set('bytes', bytes);
    traces.set('network as bytes', bytes.subarray(0, 8));
  }
  for (const algorithm of ['md5', 'sha1', 'sha256', 'sha512']) {
    for (const joint of [
      address,
      address + userAgent,
      `${address} ${userAgent}`,
      `${address}\n${userAgent}`,
    ]) {
      // Eight bytes of it are all that a short hash would have.
      const hash = createHash(algorithm).update(joint).digest().subarray(0, 8);
      traces.set(`${algorithm} of ${joint}`, hash);
      traces.set(`${algorithm} of ${joint}, as hex`, Buffer.from(hash.toString('hex')));
      traces.set(`${algorithm} of ${joint}, as base64`, Buffer.from(hash.toString('base64').slice(0, 10)));
    }
  }
  return traces;
}

/** What of the traces is in the bytes. */
export function found(traces: ReadonlyMap<string, Buffer>, bytes: Buffer): string[] {
  return [...traces].filter(([, trace]) => bytes.includes(trace)).map(([what]) => what);
}

/**
 * Every file of a folder, as it lies on the disk: logs and tables of the store, what is deleted in them but still there. A
 * running node may merge files meanwhile, so that what was in one is in another: then all are read again.
 */
export async function filesIn(folder: string): Promise<{ name: string; bytes: Buffer }[]> {
  for (;;) {
    const files: { name: string; bytes: Buffer }[] = [];
    let isWhole = true;
    for (const name of await fileNames(folder)) {
      const bytes = await readFile(name).catch(() => undefined);
      if (bytes === undefined) isWhole = false;
      else files.push({ name, bytes });
    }
    if (isWhole && (await fileNames(folder)).every((name) => files.some((file) => file.name === name)))
      return files;
  }
}

async function fileNames(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name));
}

/** Every entry of a store that no node has open, as it was before it was compressed. */
export async function* entriesIn(data: string): AsyncGenerator<{ key: string; value: Buffer }> {
  const level = new Level<Buffer, Buffer>(join(data, 'store'), {
    keyEncoding: 'buffer',
    valueEncoding: 'buffer',
    createIfMissing: false,
  });
  await level.open();
  try {
    for await (const [key, value] of level.iterator()) yield { key: key.toString('latin1'), value };
  } finally {
    await level.close();
  }
}

/** What of the traces a stopped node has kept anywhere, each with where. */
export async function foundInData(traces: ReadonlyMap<string, Buffer>, data: string): Promise<string[]> {
  const all: string[] = [];
  for (const { name, bytes } of await filesIn(data))
    all.push(...found(traces, bytes).map((what) => `${what} in ${name}`));
  for await (const { key, value } of entriesIn(data)) {
    const entry = Buffer.concat([Buffer.from(key, 'latin1'), value]);
    all.push(...found(traces, entry).map((what) => `${what} at ${key}`));
  }
  return all;
}
