import { z } from 'zod';
import { isRecordKey, keyOfIri, recordKey } from '../../vocab/record-key.ts';
import { CliError } from './errors.ts';
import { ExitCode } from './exit-codes.ts';
import type { NodeClient } from './node-client.ts';

export const RECORD_HELP = "the record's key, its address, or its OAI identifier";
export const FILE_HELP = 'the address of one file of the record: only that file';

/**
 * The key of the record that somebody named by its key, its address, or its OAI identifier.
 * @throws CliError `RECORD_NOT_FOUND` where no record that the node holds has the OAI identifier
 */
export async function keyOfRecord(client: NodeClient, named: string): Promise<string> {
  const key = keyIn(named);
  if (key !== undefined) return key;
  // The node looks an identifier up by sending who asks to the record's own address.
  const address = await client.redirectOf(`/records/${encodeURIComponent(named)}`);
  const found = address === undefined ? undefined : keyOfIri(address);
  if (found !== undefined) return found;
  throw notFound(named, 'holds no record');
}

/**
 * Does something with a record of the node's own, where a peer may have one of the same OAI identifier.
 * @throws CliError `RECORD_NOT_FOUND` where there is none, with the name that was given for it
 */
export async function withOwnRecord<T>(
  client: NodeClient,
  named: string,
  act: (key: string) => Promise<T>,
): Promise<T> {
  try {
    return await act(await keyOfOwnRecord(client, named));
  } catch (error) {
    if (!(error instanceof CliError) || error.code !== 'RECORD_UNKNOWN') throw error;
    throw notFound(named, 'has no record of its own');
  }
}

async function keyOfOwnRecord(client: NodeClient, named: string): Promise<string> {
  const key = keyIn(named);
  if (key !== undefined) return key;
  const { node } = await client.get('/', z.looseObject({ node: z.string() }));
  return recordKey(node, named);
}

function notFound(named: string, what: string): CliError {
  return new CliError('RECORD_NOT_FOUND', `The node ${what} "${named}".`, {
    remedy:
      'Look for it with "ngr search"; a record is named by its key, its address, or its OAI identifier.',
    exitCode: ExitCode.notFound,
  });
}

function keyIn(named: string): string | undefined {
  return isRecordKey(named) ? named : keyOfIri(named);
}
