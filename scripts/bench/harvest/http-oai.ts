import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { figure, type Printer } from '../figures.ts';
import { harvestOnce, withRepository, type HarvestRun } from '../harvesting.ts';

/** Pages that Perl harvests; it would take minutes over all. */
const PAGES = 100;

/** The same metadata harvested by Perl's HTTP::OAI, as its manual says: each record is parsed, counted and dropped. */
const perl = `
use strict; use warnings; use HTTP::OAI; use Time::HiRes qw(time);
my $harvester = HTTP::OAI::Harvester->new(baseURL => $ARGV[0]);
my ($begun, $records) = (time, 0);
my $list = $harvester->ListRecords(metadataPrefix => 'oai_dc', onRecord => sub { $records++ });
die $list->message if $list->is_error;
printf "%d %.3f\\n", $records, time - $begun;
`;

/** The same pages in the same run: our client and the whole node, with all stages, catalogue and feed, beside HTTP::OAI. */
export async function httpOai(printer: Printer): Promise<void> {
  await withRepository([1, 0, PAGES], async (url) => {
    const theirs = await byPerl(url);
    const metadata = rateOf(await harvestOnce(url, 'metadata'));
    const node = rateOf(await harvestOnce(url, 'node'));
    if (theirs === undefined) {
      printer.print(
        figure('harvest', 'metadata only (libhttp-oai-perl is not installed)', metadata, 'records/s'),
      );
      return;
    }
    printer.print(figure('harvest', 'HTTP::OAI, records', theirs, 'records/s'));
    printer.print(
      figure(
        'harvest',
        'metadata only, times the rate of HTTP::OAI',
        metadata / theirs,
        '×',
        { atLeast: 5 },
        { rival: 'HTTP::OAI, records parsed and dropped', ratio: metadata / theirs },
      ),
    );
    printer.print(
      figure(
        'harvest',
        'all stages and stored, times the rate of HTTP::OAI',
        node / theirs,
        '×',
        {},
        { rival: 'HTTP::OAI, records parsed and dropped', ratio: node / theirs },
      ),
    );
  });
}

function rateOf({ records, seconds }: HarvestRun): number {
  return records / seconds;
}

/** Records a second; undefined where there is no Perl, or not the module. */
async function byPerl(url: string): Promise<number | undefined> {
  const child = spawn('perl', ['-e', perl, url], { stdio: ['ignore', 'pipe', 'ignore'] });
  const ended = once(child, 'close').catch(() => [1]);
  let answer: string | undefined;
  for await (const line of createInterface({ input: child.stdout })) answer = line;
  const [code] = await ended;
  if (code !== 0 || answer === undefined) return undefined;
  const [records = 0, seconds = Number.NaN] = answer.split(' ').map(Number);
  return records / seconds;
}
