import { gzipSync } from 'node:zlib';
import { expect } from 'chai';
import { issueKind } from '../../../node/harvest/issues/kinds/index.ts';
import { readFileNamed, titlesOf, told } from './a-folder.ts';

const MEGABYTE = 'x'.repeat(1024 * 1024);
const jsonLine = (id: number, more = ''): string => `{"id":"${id}","title":"T${id}"${more}}\n`;
const manyLines = Array.from({ length: 2000 }, (_, i) => jsonLine(i)).join('');
const oaiRecord = (id: string, title: string): string =>
  `<record><header><identifier>${id}</identifier><datestamp>2026-01-02</datestamp></header><metadata><dc xmlns="http://www.openarchives.org/OAI/2.0/oai_dc/"><title>${title}</title></dc></metadata></record>\n`;

interface Case {
  what: string;
  name: string;
  content: string | Uint8Array;
  /** Titles of what is read all the same, by the end of their identifiers. */
  reads: Record<string, string | null>;
  tells: string[];
  /** Records that may be missing. */
  lost?: number;
}

const cases: readonly Case[] = [
  // Whole files
  {
    what: 'an empty file',
    name: 'a.csv',
    content: '',
    reads: {},
    tells: ['warning FILE_EMPTY a.csv:'],
    lost: 1,
  },
  {
    what: 'a file of white space',
    name: 'a.json',
    content: ' \r\n\n',
    reads: {},
    tells: ['warning FILE_EMPTY a.json:'],
    lost: 1,
  },
  {
    what: 'noise',
    name: 'a.csv',
    content: Buffer.from(Array.from({ length: 5000 }, (_, i) => (i * 7919) % 256)),
    reads: {},
    tells: ['error FILE_NOT_RECOGNISED a.csv:', 'warning FILE_ENCODING a.csv:'],
    lost: 1,
  },
  {
    what: 'zeros',
    name: 'a.jsonl',
    content: Buffer.alloc(100_000),
    reads: {},
    tells: ['error FILE_NOT_RECOGNISED a.jsonl:'],
    lost: 1,
  },
  {
    what: 'a note beside the files',
    name: 'README.md',
    content: '# About these files\nTheses, 2020.\n',
    reads: {},
    tells: ['info FILE_NOT_RECOGNISED README.md:'],
    lost: 0,
  },
  {
    what: 'a spreadsheet under the name of CSV',
    name: 'a.csv',
    content: 'PK\u0003\u0004rest',
    reads: {},
    tells: ['error FILE_NOT_RECOGNISED a.csv:'],
    lost: 1,
  },
  {
    what: 'a log-in page in the place of data',
    name: 'a.xml',
    content: '<!DOCTYPE html>\n<html><title>Log in</title></html>',
    reads: {},
    tells: ['error FILE_NOT_RECOGNISED a.xml:'],
    lost: 1,
  },
  {
    what: 'half a gzip',
    name: 'a.jsonl.gz',
    content: gzipSync(manyLines).subarray(0, 4000),
    reads: { 0: 'T0', 1: 'T1' },
    tells: ['error FILE_DAMAGED a.jsonl.gz:'],
    lost: 1,
  },
  {
    what: 'a gzip with a wrong checksum',
    name: 'a.jsonl.gz',
    content: spoilt(gzipSync(jsonLine(0)), -6),
    reads: {},
    tells: ['error FILE_DAMAGED a.jsonl.gz:'],
    lost: 1,
  },

  // Tables
  {
    what: 'uneven rows',
    name: 'a.csv',
    content: 'id,title,year\n1,T1,2020\n2,T2\n3,T3,2020,more\n4,T4,2020,,\n5,T5,2020\n',
    reads: { 1: 'T1', 2: 'T2', 4: 'T4', 5: 'T5' },
    tells: ['warning FILE_ROW_UNEVEN a.csv:3', 'error FILE_ROW_UNEVEN a.csv:4'],
    lost: 1,
  },
  {
    what: 'a table without known columns',
    name: 'a.csv',
    content: 'foo,bar\n1,2\n',
    reads: {},
    tells: ['error FILE_COLUMNS_UNKNOWN a.csv:'],
    lost: 1,
  },
  {
    what: 'a heading alone',
    name: 'a.csv',
    content: 'id,title\n',
    reads: {},
    tells: ['warning FILE_NO_RECORDS a.csv:'],
    lost: 0,
  },
  {
    what: 'rows that say nothing',
    name: 'a.csv',
    content: 'id,title\n1,\n,\n2,T2\n',
    reads: { 2: 'T2' },
    tells: ['warning FILE_ENTRY_EMPTY a.csv:2'],
    lost: 1,
  },
  {
    what: 'a quotation mark that is never closed',
    name: 'a.csv',
    content: 'id,title,year\n1,T1,2020\n2,"T2,2020\n3,T3,2020\n4,T4,2020\n',
    reads: { 1: 'T1', 3: 'T3', 4: 'T4' },
    tells: ['error FILE_ENTRY_UNREADABLE a.csv:3'],
    lost: 1,
  },
  {
    what: 'a quotation mark that swallows the next row',
    name: 'a.csv',
    content: 'id,title,year\n1,"T1,2020\n2,"T2",2020\n3,T3,2020\n',
    reads: { 2: 'T2', 3: 'T3' },
    tells: ['error FILE_ENTRY_UNREADABLE a.csv:2'],
    lost: 1,
  },
  {
    what: 'quotation marks within cells',
    name: 'a.csv',
    content: 'id,title\n1,5" disks\n2,"""T2"" and more"\n3,"T3" again\n',
    reads: { 1: '5" disks', 2: '"T2" and more', 3: '"T3" again' },
    tells: [],
  },
  {
    what: 'a cell of a megabyte',
    name: 'a.csv',
    content: `id,title,abstract\n1,T1,"${MEGABYTE}"\n2,T2,\n`,
    reads: { 1: 'T1', 2: 'T2' },
    tells: [],
  },
  {
    what: 'names of columns that are names of JavaScript',
    name: 'a.csv',
    content: 'id,title,__proto__,constructor\n1,T1,x,y\n',
    reads: { 1: 'T1' },
    tells: [],
  },

  {
    what: 'a hundred thousand columns of one name',
    name: 'a.csv',
    content: `id,title,${'x,'.repeat(100_000)}\n1,T1,${'y,'.repeat(100_000)}\n`,
    reads: { 1: 'T1' },
    tells: [],
  },

  // JSON
  {
    what: 'a broken line',
    name: 'a.jsonl',
    content: `${jsonLine(1)}{"id":"2","title":"T\n${jsonLine(3)}[1]\n"text"\n`,
    reads: { 1: 'T1', 3: 'T3' },
    tells: [
      'error FILE_ENTRY_UNREADABLE a.jsonl:2',
      'error FILE_ENTRY_UNREADABLE a.jsonl:4',
      'error FILE_ENTRY_UNREADABLE a.jsonl:5',
    ],
    lost: 3,
  },
  {
    what: 'a line of a megabyte',
    name: 'a.jsonl',
    content: jsonLine(1, `,"abstract":"${MEGABYTE}"`) + jsonLine(2),
    reads: { 1: 'T1', 2: 'T2' },
    tells: [],
  },
  {
    what: 'a line of five megabytes',
    name: 'a.jsonl',
    content: jsonLine(1, `,"abstract":"${MEGABYTE.repeat(5)}"`) + jsonLine(2),
    reads: { 2: 'T2' },
    tells: ['error FILE_ENTRY_TOO_LONG a.jsonl:1'],
    lost: 1,
  },
  {
    what: 'objects that say nothing',
    name: 'a.jsonl',
    content: `{}\n${jsonLine(1)}{"foo":1}\n`,
    reads: { 1: 'T1' },
    tells: ['warning FILE_ENTRY_EMPTY a.jsonl:1', 'warning FILE_ENTRY_EMPTY a.jsonl:3'],
    lost: 2,
  },
  {
    what: 'a list that ends early',
    name: 'a.json',
    content: '[{"id":"1","title":"T1"},\n{"id":"2","ti',
    reads: { 1: 'T1' },
    tells: ['error FILE_DAMAGED a.json:2'],
    lost: 1,
  },
  {
    what: 'a list of texts',
    name: 'a.json',
    content: '["a", 2, {"id":"1","title":"T1"}, null]',
    reads: { 1: 'T1' },
    tells: Array<string>(3).fill('error FILE_ENTRY_UNREADABLE a.json:1'),
    lost: 3,
  },
  {
    what: 'a broken object in a list',
    name: 'a.json',
    content: '[{"id":"1","title":},\n{"id":"2","title":"T2"}]',
    reads: { 2: 'T2' },
    tells: ['error FILE_ENTRY_UNREADABLE a.json:1'],
    lost: 1,
  },
  {
    what: 'a list within a hundred thousand lists',
    name: 'a.json',
    content: '['.repeat(100_000),
    reads: {},
    tells: ['error FILE_DAMAGED a.json:1'],
    lost: 1,
  },
  {
    what: 'an object a hundred thousand deep',
    name: 'a.jsonl',
    content: `{"id":"1","title":"T1","x":${'['.repeat(100_000)}${']'.repeat(100_000)}}\n`,
    reads: { 1: 'T1' },
    tells: [],
  },
  {
    what: 'a prototype in JSON',
    name: 'a.jsonl',
    content: '{"id":"1","title":"T1","__proto__":{"title":"no"},"authors":{"name":{"a":1}}}\n',
    reads: { 1: 'T1' },
    tells: [],
  },

  // BibTeX
  {
    what: 'braces that do not match',
    name: 'a.bib',
    content:
      '@misc{a, title={T1}}\n@misc{b, title={never closed, year=2000\n@misc{c, title={T3}}\n@misc{d, title={T4}\n',
    reads: { a: 'T1', c: 'T3', d: 'T4' },
    tells: ['error FILE_ENTRY_UNREADABLE a.bib:2', 'warning FILE_ENTRY_UNENDED a.bib:4'],
    lost: 1,
  },
  {
    what: 'abbreviations, comments and entries that refer to others',
    name: 'a.bib',
    content:
      '@string(name = {Name})\n@string{long = "Long " # NAME}\n@comment{@misc{no, title={No}}}\n% @misc{no, title={No}}\n@preamble{"x"}\n' +
      '@inproceedings{a, title = name # " T1", crossref = {p}}\n@misc{b, title = unknown, note = {x}}\n@proceedings{p, title = long, year = 2020}\n',
    reads: { a: 'Name T1', b: '', p: 'Long Name' },
    tells: ['warning FILE_FIELD_UNREADABLE a.bib:7'],
  },
  {
    what: 'a comment that is never closed',
    name: 'a.bib',
    content: '@misc{a, title={T1}}\n@comment{ and so on\n@misc{b, title={T2}}\n',
    reads: { a: 'T1' },
    tells: ['error FILE_ENTRY_UNREADABLE a.bib:2'],
    lost: 1,
  },
  {
    what: 'money in a text',
    name: 'a.bib',
    content: '@misc{a, title={For $5 only}, abstract={{\\bad}}',
    reads: { a: 'For $5 only' },
    tells: ['warning FILE_ENTRY_UNENDED a.bib:1'],
  },
  {
    what: 'an entry without a label',
    name: 'a.bib',
    content: '@misc{a, title={T1}}\n@misc{title={T2}}\n',
    reads: { a: 'T1' },
    tells: ['error FILE_ENTRY_UNREADABLE a.bib:2'],
    lost: 1,
  },
  {
    what: 'braces within braces without end',
    name: 'a.bib',
    content: `@misc{a, title={T1}}\n@misc{b, title=${'{'.repeat(100_000)}\n`,
    reads: { a: 'T1' },
    tells: ['error FILE_ENTRY_UNREADABLE a.bib:2'],
    lost: 1,
  },
  {
    what: 'deep braces that match',
    name: 'a.bib',
    content: `@misc{b, title={T1}, note={${'{'.repeat(50_000)}${'}'.repeat(50_000)}}}\n@misc{c, title={T2}}\n`,
    reads: { c: 'T2' },
    tells: ['error FILE_ENTRY_UNREADABLE a.bib:1'],
    lost: 1,
  },

  {
    what: 'an entry of a megabyte',
    name: 'a.bib',
    content: `@misc{a, title={T1}, note={${MEGABYTE}}}\n@misc{b, title={T2}}\n`,
    reads: { b: 'T2' },
    tells: ['error FILE_ENTRY_TOO_LONG a.bib:1'],
    lost: 1,
  },

  // RIS
  {
    what: 'entries without an end',
    name: 'a.ris',
    content:
      'TY  - JOUR\nID  - 1\nTI  - T1\nTY  - JOUR\nID  - 2\nTI  - T2\nER  - \nTY  - JOUR\nID  - 3\nTI  - T3\n',
    reads: { 1: 'T1', 2: 'T2', 3: 'T3' },
    tells: ['warning FILE_ENTRY_UNENDED a.ris:1', 'warning FILE_ENTRY_UNENDED a.ris:8'],
  },
  {
    what: 'tags that nobody knows',
    name: 'a.ris',
    content: 'Provider: X\nTY  - NONE\nID  - 1\nTI  - T1\nXX  - y\nZZ  - \nER  - \n',
    reads: { 1: 'T1' },
    tells: [],
  },

  // XML
  {
    what: 'a record with an ampersand that is not escaped',
    name: 'a.xml',
    content: `<OAI-PMH><ListRecords>${oaiRecord('oai:r:1', 'T1')}${oaiRecord('oai:r:2', 'T & 2')}${oaiRecord('oai:r:3', 'T3')}</ListRecords></OAI-PMH>`,
    reads: { 'oai:r:1': 'T1', 'oai:r:3': 'T3' },
    tells: ['error FILE_ENTRY_UNREADABLE a.xml:2'],
    lost: 0,
  },
  {
    what: 'an answer that ends within a record',
    name: 'a.xml',
    content: `<OAI-PMH><ListRecords>${oaiRecord('oai:r:1', 'T1')}${oaiRecord('oai:r:2', 'T2').slice(0, 120)}`,
    reads: { 'oai:r:1': 'T1' },
    tells: ['error FILE_ENTRY_UNREADABLE a.xml:2'],
    lost: 0,
  },
  {
    what: 'a record in a format that is not known',
    name: 'a.xml',
    content:
      oaiRecord('oai:r:1', 'T1')
        .replace('http://www.openarchives.org/OAI/2.0/oai_dc/', 'http://example.org/x')
        .replaceAll('dc ', 'foo ')
        .replaceAll('</dc>', '</foo>') + oaiRecord('oai:r:2', 'T2'),
    reads: { 'oai:r:2': 'T2' },
    tells: ['error FILE_FORMAT_UNKNOWN a.xml:1'],
    lost: 0,
  },
  {
    what: 'a record without an identifier',
    name: 'a.xml',
    content: oaiRecord('', 'T1') + oaiRecord('oai:r:2', 'T2'),
    reads: { 'oai:r:2': 'T2' },
    tells: ['error OAI_RECORD_INCOMPLETE a.xml:1'],
    lost: 1,
  },
  {
    what: 'a document that stops',
    name: 'a.xml',
    content: '<dc xmlns="http://www.openarchives.org/OAI/2.0/oai_dc/">\n<title>T',
    reads: {},
    tells: ['error FILE_DAMAGED a.xml:2'],
    lost: 1,
  },
  {
    what: 'a bomb of entities',
    name: 'a.xml',
    content:
      '<!DOCTYPE dc [<!ENTITY a "x"><!ENTITY b "&a;&a;">]><dc xmlns="http://www.openarchives.org/OAI/2.0/oai_dc/"><title>&b;</title></dc>',
    reads: {},
    tells: ['error FILE_DAMAGED a.xml:1'],
    lost: 1,
  },
  {
    what: 'XML of another kind',
    name: 'a.xml',
    content: '<rss><channel/></rss>',
    reads: {},
    tells: ['error FILE_NOT_RECOGNISED a.xml:'],
    lost: 1,
  },
];

describe('bad files', () => {
  for (const { what, name, content, reads, tells, lost = 0 } of cases) {
    it(`with ${what} cost only what is bad`, async () => {
      const { items, problems, lost: missing } = await readFileNamed(name, content);
      const titles = titlesOf(items);
      const short = Object.fromEntries(
        Object.entries(titles).map(([id, title]) => [id.replace('file:theses:', ''), title]),
      );
      if (what === 'half a gzip') expect(short).to.include(reads);
      else expect(short).to.deep.equal(reads);
      expect(told(problems)).to.deep.equal(tells);
      expect(missing).to.equal(lost);
      for (const { code, remedy, message } of problems) {
        expect(issueKind(code), code).not.to.equal(undefined);
        expect(remedy, code).not.to.equal('');
        expect(message).to.include(name);
      }
    });
  }
});

function spoilt(bytes: Buffer, at: number): Buffer {
  const index = bytes.length + at;
  bytes[index] = (bytes[index] ?? 0) ^ 0xff;
  return bytes;
}
