import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { benchRecords } from '../records.ts';
import type { BenchQuery } from './queries.ts';

/** What the rival took: times of queries in milliseconds, in their order. */
export interface RivalFigures {
  version: string;
  cpuSeconds: number;
  bytes: number;
  times: number[];
  /** Queries that found something. */
  found: number;
}

/**
 * SQLite's FTS5 by Python's sqlite3: words stemmed and without accents, hits ranked by bm25, the first twenty; and in place of
 * our six facets one, by years. Reads the records, a line each, an empty line, and the queries in one.
 */
const program = `
import json, os, sqlite3, sys, time
path = sys.argv[1]
db = sqlite3.connect(path)
db.execute("CREATE VIRTUAL TABLE works USING fts5(title, authors, abstract, tokenize='porter unicode61 remove_diacritics 2')")
db.execute("CREATE TABLE facts (id INTEGER PRIMARY KEY, year INTEGER)")
begun = time.process_time()
for n, line in enumerate(sys.stdin, 1):
    if line == "\\n": break
    title, authors, abstract, year = json.loads(line)
    db.execute("INSERT INTO works(rowid, title, authors, abstract) VALUES (?, ?, ?, ?)", (n, title, authors, abstract))
    db.execute("INSERT INTO facts VALUES (?, ?)", (n, year))
db.commit()
db.execute("INSERT INTO works(works) VALUES ('optimize')")
db.commit()
built = time.process_time() - begun
def ask(query):
    match, years = query["match"], (query.get("from", 0), query.get("to", 9999))
    before = time.perf_counter()
    if "from" in query:
        hits = db.execute("SELECT w.rowid FROM works w JOIN facts f ON f.id = w.rowid WHERE works MATCH ? AND f.year BETWEEN ? AND ? ORDER BY rank LIMIT 20", (match, *years)).fetchall()
    else:
        hits = db.execute("SELECT rowid FROM works WHERE works MATCH ? ORDER BY rank LIMIT 20", (match,)).fetchall()
    db.execute("SELECT f.year, count(*) FROM works w JOIN facts f ON f.id = w.rowid WHERE works MATCH ? GROUP BY f.year", (match,)).fetchall()
    return (time.perf_counter() - before) * 1000, len(hits)
queries = json.loads(sys.stdin.readline())
for query in queries: ask(query)
answers = [ask(query) for query in queries]
print(json.dumps({"version": sqlite3.sqlite_version, "cpuSeconds": built, "bytes": os.path.getsize(path),
  "times": [ms for ms, _ in answers], "found": sum(1 for _, n in answers if n)}))
`;

/** Undefined where there is no Python, or its SQLite has no FTS5. */
export async function fts5(path: string, queries: readonly BenchQuery[]): Promise<RivalFigures | undefined> {
  const child = spawn('python3', ['-c', program, path], { stdio: ['pipe', 'pipe', 'ignore'] });
  const ended = once(child, 'close').catch(() => [1]);
  child.stdin.on('error', () => undefined);
  for await (const { title, authors, abstract = '', year } of benchRecords()) {
    const line = JSON.stringify([title, authors.join('; '), abstract, Number(year)]);
    if (!child.stdin.write(`${line}\n`)) await Promise.race([once(child.stdin, 'drain'), ended]);
    if (child.exitCode !== null) break;
  }
  child.stdin.end(`\n${JSON.stringify(queries)}\n`);
  let answer: string | undefined;
  for await (const line of createInterface({ input: child.stdout })) answer = line;
  const [code] = await ended;
  return code === 0 && answer !== undefined ? (JSON.parse(answer) as RivalFigures) : undefined;
}
