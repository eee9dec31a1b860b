import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

/** A record as both are fed it. */
export interface Text {
  id: string;
  title: string;
  abstract?: string;
}

/** What the rival took and answered: for each seed the milliseconds and the ids it finds, best first. */
export interface RivalAnswers {
  version: string;
  cpuSeconds: number;
  times: number[];
  found: string[][];
}

/**
 * SQLite's FTS5 by Python's sqlite3: words stemmed, all words of the seed's title and abstract in an OR query, bm25 with the
 * title weighted 2, the first eleven, without the seed. Reads the records, a line each, an empty line, and the seeds' ids.
 */
const program = `
import json, re, sqlite3, sys, time
db = sqlite3.connect(sys.argv[1])
db.execute("CREATE VIRTUAL TABLE works USING fts5(id UNINDEXED, title, abstract, tokenize='porter unicode61')")
texts = {}
begun = time.process_time()
for line in sys.stdin:
    if line == "\\n": break
    record = json.loads(line)
    texts[record[0]] = record[1] + " " + record[2]
    db.execute("INSERT INTO works VALUES (?, ?, ?)", record)
db.commit()
db.execute("INSERT INTO works(works) VALUES ('optimize')")
db.commit()
built = time.process_time() - begun
def ask(seed):
    words = list(dict.fromkeys(re.findall(r"\\w+", texts[seed].lower())))
    before = time.perf_counter()
    rows = db.execute("SELECT id FROM works WHERE works MATCH ? ORDER BY bm25(works, 0, 2, 1) LIMIT 11", (" OR ".join('"' + word + '"' for word in words),)).fetchall() if words else []
    return (time.perf_counter() - before) * 1000, [id for id, in rows if id != seed][:10]
seeds = json.loads(sys.stdin.readline())
for seed in seeds[:50]: ask(seed)
answers = [ask(seed) for seed in seeds]
print(json.dumps({"version": sqlite3.sqlite_version, "cpuSeconds": built, "times": [ms for ms, _ in answers], "found": [ids for _, ids in answers]}))
`;

/** Undefined where there is no Python, or its SQLite has no FTS5. */
export async function fts5(
  path: string,
  texts: AsyncIterable<Text> | Iterable<Text>,
  seeds: readonly string[],
): Promise<RivalAnswers | undefined> {
  const child = spawn('python3', ['-c', program, path], { stdio: ['pipe', 'pipe', 'ignore'] });
  const ended = once(child, 'close').catch(() => [1]);
  child.stdin.on('error', () => undefined);
  for await (const { id, title, abstract = '' } of texts) {
    const line = JSON.stringify([id, title, abstract]);
    if (!child.stdin.write(`${line}\n`)) await Promise.race([once(child.stdin, 'drain'), ended]);
    if (child.exitCode !== null) break;
  }
  child.stdin.end(`\n${JSON.stringify(seeds)}\n`);
  let answer: string | undefined;
  for await (const line of createInterface({ input: child.stdout })) answer = line;
  const [code] = await ended;
  return code === 0 && answer !== undefined ? (JSON.parse(answer) as RivalAnswers) : undefined;
}
