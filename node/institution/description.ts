import { z } from 'zod';
import { readRor, registries, type Registry } from './registries.ts';

/** Languages in which the institution may have another name: those of the pages. */
export const NAME_LANGUAGES = ['en', 'es', 'pt', 'fr'] as const;
export type NameLanguage = (typeof NAME_LANGUAGES)[number];

/** As long as the name in the head of a feed may be (`protocols/heads/head.ts`). */
const LONGEST_NAME = 200;
const LONGEST_DESCRIPTION = 2_000;
const LONGEST_ADDRESS = 2_000;
export const MOST_REPOSITORIES = 50;

/** Text in one line: it goes into headings, into OAI-PMH's `repositoryName` and into signed heads. */
function line(longest: number): z.ZodString {
  const words = `has to be text of 1 to ${longest} characters in one line`;
  return z
    .string(words)
    .normalize('NFC')
    .trim()
    .min(1, words)
    .max(longest, words)
    .regex(/^[^\p{Cc}\p{Cs}]*$/u, words);
}

function paragraphs(longest: number): z.ZodString {
  const words = `has to be text of 1 to ${longest} characters`;
  return z
    .string(words)
    .normalize('NFC')
    .trim()
    .min(1, words)
    .max(longest, words)
    .regex(/^(?:[^\p{Cc}\p{Cs}]|[\n\t])*$/u, words);
}

function webAddress(): z.ZodString {
  const words = `has to be an address that starts with http:// or https://, of ${LONGEST_ADDRESS} characters at most`;
  return z.string(words).trim().max(LONGEST_ADDRESS, words).refine(isWebAddress, words);
}

function mailOrWebAddress(): z.ZodString {
  const words = 'has to be a mail address, or one that starts with http:// or https://';
  return z
    .string(words)
    .trim()
    .max(LONGEST_ADDRESS, words)
    .refine((text) => isMail(text) || isWebAddress(text), words);
}

/** What is written in one of several ways, and kept in one. */
function identifier(read: (text: string) => string | undefined, words: string): z.ZodType<string, string> {
  return z
    .string(words)
    .max(LONGEST_ADDRESS, words)
    .transform((text, context) => {
      const id = read(text);
      if (id !== undefined) return id;
      context.issues.push({ code: 'custom', message: words, input: text });
      return z.NEVER;
    });
}

const idIn = ({ name, read }: Registry): z.ZodType<string, string> =>
  identifier(read, `has to be the id that the repository has in ${name}, or the address of its page there`);

const repositorySchema = z.strictObject({
  name: line(LONGEST_NAME),
  /** Of its pages. */
  url: webAddress(),
  /** The software that it runs on, with its version where that is told: `DSpace 7.6`. */
  platform: line(100).exactOptional(),
  /** Of its OAI-PMH interface. */
  oaiBaseUrl: webAddress().exactOptional(),
  opendoar: idIn(registries.opendoar).exactOptional(),
  roar: idIn(registries.roar).exactOptional(),
  re3data: idIn(registries.re3data).exactOptional(),
});

/** One of the institution's repositories. */
export type Repository = z.infer<typeof repositorySchema>;

/** What an institution may say of itself. Name and contact stay as they are configured where they are not said. */
export const institutionSchema = z.strictObject({
  name: line(LONGEST_NAME).exactOptional(),
  /** The name in other languages. */
  names: z.partialRecord(z.enum(NAME_LANGUAGES), line(LONGEST_NAME)).exactOptional(),
  description: paragraphs(LONGEST_DESCRIPTION).exactOptional(),
  /** Who answers for the node and its repositories: a mail address or a URL. */
  contact: mailOrWebAddress().exactOptional(),
  /** Where readers and authors find help: the same. */
  helpdesk: mailOrWebAddress().exactOptional(),
  ror: identifier(readRor, 'has to be a ROR id such as https://ror.org/013meh722').exactOptional(),
  /** Part of the country, or of the world. */
  region: line(100).exactOptional(),
  repositories: z
    .array(repositorySchema)
    .max(MOST_REPOSITORIES, `may have ${MOST_REPOSITORIES} entries`)
    .exactOptional(),
});
export type InstitutionFields = z.infer<typeof institutionSchema>;

/** The institution as it is now. */
export interface InstitutionDocument extends Readonly<Omit<InstitutionFields, 'repositories'>> {
  readonly name: string;
  readonly names: Readonly<Partial<Record<NameLanguage, string>>>;
  readonly repositories: readonly Repository[];
}

/** The mail address of who answers for the institution; undefined where it has only pages for that. */
export function mailOf({
  contact,
  helpdesk,
}: {
  contact?: string | undefined;
  helpdesk?: string | undefined;
}): string | undefined {
  return [contact, helpdesk].find((address) => address !== undefined && isMail(address));
}

function isMail(text: string): boolean {
  return z.email().max(300).safeParse(text).success;
}

/** An address with a name and a password in it would tell them to everybody. */
function isWebAddress(text: string): boolean {
  if (!/^https?:\/\//i.test(text) || !URL.canParse(text)) return false;
  const { username, password } = new URL(text);
  return username === '' && password === '';
}
