import { readFile, stat } from 'node:fs/promises';
import { isbot, list } from 'isbot';
import { z } from 'zod';
import { sha256 } from '../../../vocab/sha256.ts';
import { UsageError } from './errors.ts';

const MOST_BYTES = 1024 * 1024;
const MOST_PATTERNS = 10_000;
const VERSION_CHARACTERS = 12;

/** Which user agents are robots (COUNTER 5.1 §7.8). */
export interface RobotList {
  /** Where it is from, with the beginning of its sha-256: tells under which list a day was counted. */
  name: string;
  isRobot: (userAgent: string) => boolean;
}

/** The list of the package "isbot", which is kept up to date with the agents that are seen. */
export const isbotList: RobotList = { name: `isbot ${version(list.join('\n'))}`, isRobot: isbot };

const counterList = z
  .array(z.object({ pattern: z.string().min(1).max(1_000) }))
  .min(1)
  .max(MOST_PATTERNS);

/**
 * Reads COUNTER's list, `COUNTER_Robots_list.json`: an array of objects whose `pattern` is a regular expression that is
 * looked for in the user agent, whatever the case.
 * @throws UsageError `USAGE_BAD_ROBOTS`, with the pattern that is at fault
 */
export async function readRobotList(path: string): Promise<RobotList> {
  try {
    if ((await stat(path)).size > MOST_BYTES) throw new RangeError(`it has more than ${MOST_BYTES} bytes`);
    const text = await readFile(path, 'utf8');
    const parsed = counterList.safeParse(JSON.parse(text));
    if (!parsed.success) throw new TypeError(`it is not COUNTER's list (${issueOf(parsed.error)})`);
    const patterns = parsed.data.map(({ pattern }, i) => compiled(pattern, i + 1));
    const any = new RegExp(patterns.map(({ source }) => `(?:${source})`).join('|'), 'i');
    return { name: `COUNTER ${version(text)}`, isRobot: (userAgent) => any.test(userAgent) };
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new UsageError('USAGE_BAD_ROBOTS', `The list of robots ${path} cannot be used: ${reason}.`, {
      remedy:
        'Give the file COUNTER_Robots_list.json of https://github.com/atmire/COUNTER-Robots as "usage.robots"; or take the setting away: then the list of the package "isbot" is used.',
      cause,
    });
  }
}

function compiled(pattern: string, place: number): RegExp {
  try {
    return new RegExp(pattern, 'i');
  } catch (cause) {
    throw new SyntaxError(`pattern ${place}, ${JSON.stringify(pattern)}, is not a regular expression`, {
      cause,
    });
  }
}

function issueOf(error: z.ZodError): string {
  const [issue] = error.issues;
  return `${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}`;
}

function version(text: string): string {
  return Buffer.from(sha256(text)).toString('hex').slice(0, VERSION_CHARACTERS);
}
