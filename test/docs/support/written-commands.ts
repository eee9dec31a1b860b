import { readdir, readFile } from 'node:fs/promises';

/** A command as a page tells people to type it. */
export interface WrittenCommand {
  /** Path of the page, from the root of the repository. */
  page: string;
  line: number;
  text: string;
  /** What the page shows that comes back, where it does: a fence of the kind ```json answer. */
  answer?: { kind: string; text: string };
}

export interface WrittenPage {
  path: string;
  commands: WrittenCommand[];
  /** Commands within sentences. */
  mentions: WrittenCommand[];
  /** Files that are shown, by name: fences of the kind ```json records.jsonl. */
  files: Map<string, string>;
  /** Lines that begin like a command, by a program that is not known here. */
  unclear: WrittenCommand[];
}

const root = new URL('../../../', import.meta.url);

const PROGRAMS =
  /^(?:(?:NGR_\w+=\S+ )*(?:npx|npm|ngr|node|curl|docker|sudo|apt-get|systemctl|journalctl|mkdir|cp|sha256sum|openssl|psql|pg_dump|git)|\.ci\/run)(?= |$)/;
const PROGRAMS_IN_SENTENCES = /^(?:npx|npm run|ngr|docker|curl)(?= )/;
const SHELLS = new Set(['sh', 'bash', 'console']);
const CRON = /^[\d*/,-]+(?: [\d*/,-]+){4} +/;
/** Where the house writes what a command does on the line of the command. */
const EXPLANATION = / {2,}\S.*$| # .*$/;
/** First words of pictures and messages that look like programs. */
const NOT_TYPED = new Set(['local', 'the', 'vocab']);

/** Every page that people read. */
export async function pagePaths(): Promise<string[]> {
  const docs = await readdir(new URL('docs/', root), { recursive: true });
  const pages = docs.filter((name) => name.endsWith('.md')).map((name) => `docs/${name}`);
  return ['README.md', 'CONTRIBUTING.md', 'samples/README.md', ...pages.toSorted()];
}

/** Files of deploy/ and for Docker that say in comments what to type. */
export async function deployPaths(): Promise<string[]> {
  const deploy = await readdir(new URL('deploy/', root), { recursive: true, withFileTypes: true });
  const files = deploy.filter((entry) => entry.isFile() && !entry.name.endsWith('.json'));
  const paths = files.map(({ parentPath, name }) => `${parentPath.slice(root.pathname.length)}/${name}`);
  return ['compose.yaml', 'Dockerfile', ...paths.toSorted()];
}

export async function writtenPage(path: string): Promise<WrittenPage> {
  const text = await readFile(new URL(path, root), 'utf8');
  const lines = path.endsWith('.md')
    ? text.split('\n')
    : text.split('\n').map((line) => (line.startsWith('#') ? line.slice(2) : ''));
  return new PageReader(path).read(lines);
}

class PageReader {
  readonly #page: WrittenPage;
  #fence: { language: string; word: string | undefined; lines: string[] } | undefined;
  /** A command that goes on in the next line. */
  #open: WrittenCommand | undefined;

  constructor(path: string) {
    this.#page = { path, commands: [], mentions: [], files: new Map(), unclear: [] };
  }

  read(lines: readonly string[]): WrittenPage {
    for (const [index, line] of lines.entries()) this.#take(line, index + 1);
    return this.#page;
  }

  #take(line: string, number: number): void {
    const [, language = '', word] = /^```(\S*) ?(\S+)?$/.exec(line) ?? [];
    if (this.#fence !== undefined) {
      if (line === '```') this.#close();
      else if (SHELLS.has(this.#fence.language)) this.#typed(line.replace(/^\$ /, ''), number, true);
      else this.#fence.lines.push(line);
    } else if (line.startsWith('```')) this.#fence = { language, word, lines: [] };
    else if (/^ {4,}\S/.test(line)) this.#typed(line.trim(), number, false);
    else this.#sentence(line, number);
  }

  #close(): void {
    const { language = '', word, lines = [] } = this.#fence ?? {};
    this.#fence = undefined;
    const text = lines.join('\n');
    const last = this.#page.commands.at(-1);
    if (word === 'answer' && last !== undefined) last.answer = { kind: language, text };
    else if (word !== undefined) this.#page.files.set(word, text);
  }

  #typed(line: string, number: number, isShell: boolean): void {
    if (this.#open !== undefined) {
      this.#open.text += `\n${line}`;
      this.#end(this.#open);
      return;
    }
    const text = line.replace(CRON, '');
    const command = { page: this.#page.path, line: number, text };
    if (PROGRAMS.test(text)) {
      this.#page.commands.push(command);
      this.#end(command);
    } else if (text !== '' && !text.startsWith('#') && (isShell || looksTyped(text)))
      this.#page.unclear.push(command);
  }

  /** Whether the command is at its end: no backslash, no quote that is open. */
  #end(command: WrittenCommand): void {
    const goesOn = command.text.endsWith('\\') || (command.text.match(/'/g) ?? []).length % 2 === 1;
    this.#open = goesOn ? command : undefined;
    if (!goesOn && !command.text.includes('\n')) command.text = command.text.replace(EXPLANATION, '');
  }

  #sentence(line: string, number: number): void {
    for (const [, text = ''] of line.matchAll(/`([^`]+)`/g))
      if (PROGRAMS_IN_SENTENCES.test(text))
        this.#page.mentions.push({ page: this.#page.path, line: number, text });
  }
}

function looksTyped(text: string): boolean {
  const [, word] = /^([a-z][\w-]*)(?: [^ ]|$)/.exec(text) ?? [];
  return word !== undefined && !NOT_TYPED.has(word);
}

/** The words of a command, without their quotes. */
export function wordsOf(text: string): string[] {
  return [...text.matchAll(/'([^']*)'|"([^"]*)"|(\S+)/g)].map(
    ([, one, two, bare]) => one ?? two ?? bare ?? '',
  );
}

/** For messages. */
export function whereWritten({ page, line, text }: WrittenCommand): string {
  return `${page}:${line}: ${text}`;
}
