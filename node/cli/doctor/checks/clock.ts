import { failed, ok, warning, type Finding } from '../finding.ts';
import type { Patient } from '../patient.ts';

const ANSWER_MS = 10_000;
const MOST_HOSTS = 3;
/** The Date header tells whole seconds, and the answer is on its way for a while. */
const NOTICED_SECONDS = 30;
/** What comes from further away is not believed by other nodes (node/federation/heads/clocks.ts). */
const BAD_SECONDS = 300;

/** Holds the clock against the `Date` of the repositories (RFC 9110 §6.6.1), and against the other nodes. */
export async function clockCheck(patient: Patient, signal: AbortSignal): Promise<Finding[]> {
  const { config, running } = patient;
  const hosts = new Map(
    config.sources.flatMap((source) =>
      source.type === 'files' ? [] : [[new URL(source.url).host, source.url]],
    ),
  );
  const asked = await Promise.all(
    [...hosts].slice(0, MOST_HOSTS).map(([host, url]) => skewOf(host, url, patient, signal)),
  );
  const skews = [
    ...asked,
    ...(running?.peers ?? []).map(({ name, node, clockAheadSeconds }) =>
      clockAheadSeconds === undefined ? undefined : { who: name ?? node, seconds: clockAheadSeconds },
    ),
  ].filter((skew) => skew !== undefined);
  if (skews.length === 0)
    return [
      warning(
        'Nobody tells the time to hold the clock against.',
        'See that a time service runs: "timedatectl".',
      ),
    ];
  const found = skews.filter(({ seconds }) => Math.abs(seconds) > NOTICED_SECONDS);
  if (found.length === 0) return [ok(`as that of ${skews.map(({ who }) => who).join(', ')}`)];
  // Where most agree with this machine, it is the others who are wrong.
  const isOwnFault = found.length * 2 > skews.length;
  return found.map(({ who, seconds }) => {
    const text = `The clock of ${who} is ${Math.abs(Math.round(seconds))} seconds ${seconds > 0 ? 'ahead' : 'behind'}.`;
    const remedy =
      'Let a time service set the clock of this machine ("timedatectl set-ntp true"); or tell the others, if it is theirs.';
    return isOwnFault && Math.abs(seconds) > BAD_SECONDS ? failed(text, remedy) : warning(text, remedy);
  });
}

async function skewOf(
  who: string,
  url: string,
  { fetch, clock }: Patient,
  signal: AbortSignal,
): Promise<{ who: string; seconds: number } | undefined> {
  const before = clock.now();
  try {
    const response = await fetch(url, {
      method: 'HEAD',
      redirect: 'manual',
      signal: AbortSignal.any([signal, AbortSignal.timeout(ANSWER_MS)]),
    });
    await response.body?.cancel();
    // Half a second: what the header leaves out, in the middle.
    const told = Date.parse(response.headers.get('date') ?? '') + 500;
    return Number.isNaN(told) ? undefined : { who, seconds: (told - (before + clock.now()) / 2) / 1_000 };
  } catch {
    // Told by the check of the repository.
    return undefined;
  }
}
