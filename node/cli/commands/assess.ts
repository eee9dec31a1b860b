import { Option, type Command } from 'commander';
import { z } from 'zod';
import { aCommand, type CommandContext, type CommonOptions } from '../command.ts';
import { ExitCode } from '../exit-codes.ts';
import { withNode } from '../node-session.ts';
import { metadataAssessmentLines, metadataAssessmentSchema } from '../metadata-assessment-lines.ts';
import { failsPlanS, planSLines, planSSchema } from '../plan-s-lines.ts';
import { oneLine, print } from '../print.ts';

const NGR_BEHAVIOURS = 'ngr-behaviours';
const PLAN_S = 'plan-s';
/** Those that look at the metadata of the own records. */
const METADATA: readonly string[] = ['rioxx', 'openaire'];

const resultSchema = z.looseObject({
  outcome: z.string(),
  seen: z.array(z.string()).optional(),
  advice: z.string().optional(),
});
const assessmentSchema = z.looseObject({
  name: z.string(),
  behaviours: z.array(
    z.looseObject({
      name: z.string(),
      extent: z.string(),
      checks: z.array(
        z.looseObject({ name: z.string(), assertion: z.looseObject({ result: resultSchema }) }),
      ),
    }),
  ),
});
type Assessment = z.output<typeof assessmentSchema>;

/** How much of a behaviour the node has, as people read it. */
const EXTENTS: Readonly<Record<string, string>> = {
  whole: '',
  partly: ' (partly)',
  not: ' (not by this node)',
};

type AssessOptions = CommonOptions & { profile?: string; level?: string };

export function assessCommand(context: CommandContext): Command {
  return aCommand('assess', {
    description:
      'Has the node look at its own addresses as a client from outside, and tells what it does of the behaviours of a next generation repository (COAR), ending with 1 where a check failed; or tells how its records stand by a profile of metadata, or the repository by the requirements of Plan S.',
    options: [
      new Option('--profile <VERSION>', 'of rioxx: 2.0 or 3.0 (default: the latest)'),
      new Option('--level <LEVEL>', 'of rioxx: basic or full (default: basic)'),
    ],
    examples: [
      ['ngr assess', 'the eleven behaviours, each with its checks'],
      ['ngr assess rioxx --profile 2.0 --level full', 'the share of records that has what RIOXX asks'],
      ['ngr assess openaire', 'the same for the OpenAIRE guidelines'],
      ['ngr assess plan-s', 'what Plan S asks of repositories, as seen and as declared'],
      ['ngr assess ngr-behaviours --json', 'the same for a program, in the terms of EARL'],
    ],
  })
    .argument('[name]', 'which assessment: ngr-behaviours, rioxx, openaire or plan-s', NGR_BEHAVIOURS)
    .action((name: string, options: AssessOptions) =>
      withNode(context, options, async (client) => {
        if (METADATA.includes(name)) {
          const standing = await client.get(metadataPath(name, options), metadataAssessmentSchema);
          print(context, options, standing, metadataAssessmentLines(standing));
          return;
        }
        if (name === PLAN_S) {
          const standing = await client.get(`/assessments/${PLAN_S}?format=jsonld`, planSSchema);
          print(context, options, standing, planSLines(standing));
          if (failsPlanS(standing)) context.exitWith(ExitCode.failed);
          return;
        }
        const path = `/api/assessments/${encodeURIComponent(name)}`;
        const assessment = await client.post(path, {}, assessmentSchema);
        print(context, options, assessment, linesOf(assessment));
        if (resultsOf(assessment).some(({ outcome }) => outcome === 'failed')) {
          context.exitWith(ExitCode.failed);
        }
      }),
    );
}

function metadataPath(name: string, { profile, level }: AssessOptions): string {
  const parameters = new URLSearchParams({
    format: 'jsonld',
    ...(profile !== undefined && { version: profile }),
    ...(level !== undefined && { level }),
  });
  return `/assessments/${name}?${parameters.toString()}`;
}

function linesOf(assessment: Assessment): string[] {
  const results = resultsOf(assessment);
  const count = (outcome: string): number => results.filter((result) => result.outcome === outcome).length;
  return [
    ...assessment.behaviours.flatMap(({ name, extent, checks }) => [
      oneLine(name + (EXTENTS[extent] ?? '')),
      ...checks.flatMap((check) => checkLines(check)),
    ]),
    '',
    `${count('passed')} passed, ${count('failed')} failed, ${count('inapplicable')} not applicable`,
  ];
}

function checkLines({ name, assertion }: Assessment['behaviours'][number]['checks'][number]): string[] {
  const { outcome, seen = [], advice } = assertion.result;
  const more = outcome === 'passed' ? [] : [...seen, ...(advice === undefined ? [] : [advice])];
  return [`  ${outcome}: ${oneLine(name)}`, ...more.map((line) => `    ${oneLine(line)}`)];
}

function resultsOf({ behaviours }: Assessment): z.output<typeof resultSchema>[] {
  return behaviours.flatMap(({ checks }) => checks.map(({ assertion }) => assertion.result));
}
