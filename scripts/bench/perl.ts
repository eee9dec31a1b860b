import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

/** A repository harvested by Perl's HTTP::OAI, as its manual says: each record is parsed, counted and dropped. */
const program = `
use strict; use warnings; use HTTP::OAI; use Time::HiRes qw(time);
my $harvester = HTTP::OAI::Harvester->new(baseURL => $ARGV[0]);
my ($begun, $records) = (time, 0);
my $list = $harvester->ListRecords(metadataPrefix => 'oai_dc', onRecord => sub { $records++ });
die $list->message if $list->is_error;
printf "%d %.3f\\n", $records, time - $begun;
`;

/** All records by ListRecords, from start to end; undefined where there is no Perl, or not the module. */
export async function harvestByPerl(url: string): Promise<{ records: number; seconds: number } | undefined> {
  const child = spawn('perl', ['-e', program, url], { stdio: ['ignore', 'pipe', 'ignore'] });
  const ended = once(child, 'close').catch(() => [1]);
  let answer: string | undefined;
  for await (const line of createInterface({ input: child.stdout })) answer = line;
  const [code] = await ended;
  if (code !== 0 || answer === undefined) return undefined;
  const [records = 0, seconds = Number.NaN] = answer.split(' ').map(Number);
  return { records, seconds };
}
