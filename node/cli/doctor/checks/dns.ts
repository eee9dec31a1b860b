import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import { networkInterfaces } from 'node:os';
import { z } from 'zod';
import { isPublicAddress } from '../../../outbound/index.ts';
import { readBoundedText } from '../../bounded-text.ts';
import { oneLine, sentence } from '../../print.ts';
import { failed, ok, warning, type Finding } from '../finding.ts';
import type { Patient } from '../patient.ts';

const ANSWER_MS = 10_000;
const MAX_BYTES = 256 * 1024;
const documentSchema = z.looseObject({ node: z.string().max(200) });

/** Where the name of the public address leads, and whether it is this node that answers there. */
export async function dnsCheck(patient: Patient, signal: AbortSignal): Promise<Finding[]> {
  const { baseUrl } = patient.config;
  if (baseUrl === undefined) return [];
  const host = new URL(baseUrl).hostname.replace(/^\[|\]$/g, '');
  const found = await addressesOf(host);
  // There is nothing more to be asked of a name that leads nowhere.
  const answer = found.state === 'failed' ? undefined : await whoAnswers(baseUrl, patient, signal);
  return answer === undefined ? [found] : [found, answer];
}

async function addressesOf(host: string): Promise<Finding> {
  const found = await lookup(host, { all: true }).catch(() => []);
  const addresses = found.map(({ address }) => address);
  if (addresses.length === 0)
    return failed(
      `${host} leads to no address.`,
      'Add an A or AAAA record for it to the DNS of your domain.',
    );
  if (!addresses.some(isPublicAddress))
    return warning(
      `${host} leads to ${addresses.join(', ')}: nobody outside can go there.`,
      isIP(host) === 0
        ? 'See which address the public DNS has for it; inside, yours may differ on purpose.'
        : 'Name the node by a domain.',
    );
  const own = Object.values(networkInterfaces()).flatMap((all) => all?.map(({ address }) => address) ?? []);
  const here = addresses.find((address) => own.includes(address));
  return ok(
    here === undefined
      ? `${host} leads to ${addresses.join(', ')}, which is not on this machine: a reverse proxy, or port forwarding`
      : `${host} leads to this machine (${here})`,
  );
}

/** Whether the document of the node is at the address, as other nodes ask for it (docs/identity.md). */
async function whoAnswers(
  baseUrl: string,
  { fetch, running, node }: Patient,
  signal: AbortSignal,
): Promise<Finding | undefined> {
  const id = running?.node ?? node;
  // Who does not run cannot answer.
  if (running === undefined || id === undefined) return undefined;
  const url = `${baseUrl}/.well-known/ngr-node`;
  const remedy =
    'Have the reverse proxy pass all paths on to this node; other nodes follow it only when it is found there.';
  try {
    const response = await fetch(url, { signal: AbortSignal.any([signal, AbortSignal.timeout(ANSWER_MS)]) });
    const text = await readBoundedText(response, MAX_BYTES);
    if (!response.ok) return failed(`${url} answers with status ${response.status}.`, remedy);
    const told = documentSchema.safeParse(JSON.parse(text));
    if (!told.success) return failed(`At ${url} is something else than a node.`, remedy);
    if (told.data.node !== id)
      return failed(`At ${url} another node answers, ${oneLine(told.data.node)}.`, remedy);
    return ok(`at ${baseUrl} this node answers`);
  } catch (error) {
    signal.throwIfAborted();
    return warning(
      `From this machine nothing could be had at ${url}: ${sentence(oneLine((error as Error).message))}`,
      `Try it from outside. ${remedy}`,
    );
  }
}
