import { mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { SignatureVerifier, type Signer } from '../../protocols/heads/index.ts';
import { encodeCanonical } from '../../vocab/canonical-cbor.ts';
import { writeDurably } from '../durable-file.ts';
import { BackupError } from './errors.ts';

/** What is signed begins with it. */
const DOMAIN = 'ngr/backup/1';
const NAME = /^\d{4}-\d\d-\d\dT\d{6}\.\d{3}Z\.json$/;
const MAX_FILE_BYTES = 512 * 1024 * 1024;

const count = z.int().min(0);
const digest = z.string().regex(/^[0-9a-f]{64}$/);
const chunk = z.strictObject({ digest, bytes: count });
/** A path below the data directory, which leads nowhere else. */
const path = z
  .string()
  .max(4_096)
  .regex(/^[^/\\\0][^\\\0]*$/)
  .refine((text) => text.split('/').every((part) => part !== '' && part !== '.' && part !== '..'));

const manifestSchema = z.strictObject({
  /** When the state was taken that it holds. */
  time: z.iso.datetime(),
  node: z.string().max(60),
  name: z.string().max(500),
  base: z.string().max(500),
  /** Of NGR Node. */
  version: z.string().max(100),
  /** Of the data: see node/store/format.ts. */
  storeFormat: z.string().max(20),
  rows: count,
  bytes: count,
  /** Rows by part of the node. */
  sections: z.record(z.string(), count),
  /** The rows of the store, in the order of their keys. */
  chunks: z.array(chunk.extend({ rows: count })),
  /** What lies beside the store. */
  files: z.array(z.strictObject({ path, bytes: count, chunks: z.array(chunk) })),
});

/** What one backup holds. */
export type Manifest = z.infer<typeof manifestSchema>;

const signedSchema = z.strictObject({ manifest: manifestSchema, signature: z.base64url() });

/** The backups in a folder, `manifests/<time>.json`, each signed by its node. */
export class Manifests {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = join(folder, 'manifests');
  }

  /** Their names, oldest first. */
  async names(): Promise<string[]> {
    const names = await readdir(this.#folder).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return [];
      throw error;
    });
    return names.filter((name) => NAME.test(name)).toSorted();
  }

  /** @throws BackupError `BACKUP_DAMAGED` · `BACKUP_NOT_SIGNED` */
  async read(name: string): Promise<Manifest> {
    const file = join(this.#folder, name);
    const bytes = await readFile(file).catch((cause: unknown) => {
      throw damaged(file, (cause as Error).message, cause);
    });
    if (bytes.length > MAX_FILE_BYTES) throw damaged(file, 'it is too large');
    let signed: z.infer<typeof signedSchema>;
    try {
      signed = signedSchema.parse(JSON.parse(bytes.toString()));
    } catch (cause) {
      throw damaged(file, 'it has not the form of one', cause);
    }
    const { manifest, signature } = signed;
    const isSigned = await new SignatureVerifier().verify(
      manifest.node,
      signedBytes(manifest),
      Buffer.from(signature, 'base64url'),
    );
    if (isSigned) return manifest;
    throw new BackupError(
      'BACKUP_NOT_SIGNED',
      `The backup ${file} was not signed by the node that it names.`,
      {
        remedy: 'Somebody or something has changed it: restore another one, or a copy of this one.',
      },
    );
  }

  /** Writes a manifest; it is on disk when this resolves. @returns its name */
  async write(manifest: Manifest, signer: Signer): Promise<string> {
    const name = `${manifest.time.replaceAll(':', '')}.json`;
    const signature = Buffer.from(signer.sign(signedBytes(manifest))).toString('base64url');
    await mkdir(this.#folder, { recursive: true, mode: 0o700 });
    await writeDurably(join(this.#folder, name), Buffer.from(`${JSON.stringify({ manifest, signature })}\n`));
    return name;
  }

  async remove(name: string): Promise<void> {
    await rm(join(this.#folder, name), { force: true });
  }
}

/** The digests of all chunks that a backup needs. */
export function* digestsOf({ chunks, files }: Manifest): Generator<string> {
  for (const one of chunks) yield one.digest;
  for (const file of files) for (const one of file.chunks) yield one.digest;
}

function signedBytes(manifest: Manifest): Uint8Array {
  return encodeCanonical([DOMAIN, manifest]);
}

function damaged(file: string, why: string, cause?: unknown): BackupError {
  return new BackupError('BACKUP_DAMAGED', `The list of a backup, ${file}, cannot be used: ${why}.`, {
    remedy:
      'Put a copy of it back, or restore another backup ("ngr backup verify" tells which are whole). Where there is none, remove the file.',
    cause,
  });
}
