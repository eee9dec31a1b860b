import { en, type Messages } from './en.ts';
import { es } from './es.ts';
import { fr } from './fr.ts';
import { pt } from './pt.ts';

/** The languages of the pages, as BCP 47. */
export const LANGUAGES = ['en', 'es', 'pt', 'fr'] as const;
export type Language = (typeof LANGUAGES)[number];

const catalogue: Readonly<Record<Language, Messages>> = { en, es, pt, fr };

/** One language of the pages: its messages, and how it writes numbers, dates and names of languages. */
export class Locale {
  readonly language: Language;
  readonly messages: Messages;
  readonly #numbers: Intl.NumberFormat;
  readonly #compactNumbers: Intl.NumberFormat;
  readonly #days: Intl.DateTimeFormat;
  readonly #minutes: Intl.DateTimeFormat;
  readonly #months: Intl.DateTimeFormat;
  readonly #shortMonths: Intl.DateTimeFormat;
  readonly #languageNames: Intl.DisplayNames;
  readonly #countryNames: Intl.DisplayNames;

  constructor(language: Language) {
    const timeZone = 'UTC';
    this.language = language;
    this.messages = catalogue[language];
    this.#numbers = new Intl.NumberFormat(language);
    this.#compactNumbers = new Intl.NumberFormat(language, { notation: 'compact', maximumFractionDigits: 1 });
    this.#days = new Intl.DateTimeFormat(language, { dateStyle: 'long', timeZone });
    this.#minutes = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short', timeZone });
    this.#months = new Intl.DateTimeFormat(language, { year: 'numeric', month: 'long', timeZone });
    this.#shortMonths = new Intl.DateTimeFormat(language, { month: 'short', timeZone });
    this.#languageNames = new Intl.DisplayNames([language], { type: 'language' });
    this.#countryNames = new Intl.DisplayNames([language], { type: 'region' });
  }

  number(n: number): string {
    return this.#numbers.format(n);
  }

  /** A number as short as it goes, for the side of a chart: `12K`, `12 mil`. */
  compactNumber(n: number): string {
    return this.#compactNumbers.format(n);
  }

  /** A day, of milliseconds since 1970, in UTC. */
  day(time: number): string {
    return this.#days.format(time);
  }

  /** A day with hour and minute, in UTC. */
  minute(time: number): string {
    return `${this.#minutes.format(time)} UTC`;
  }

  /** A date as precise as it is given: `2016`, `2016-05`, `2016-05-17`. Anything else stands as it is. */
  date(text: string): string {
    const match = /^(\d{4})(?:-(\d\d)(?:-(\d\d))?)?$/.exec(text);
    const [, year, month, day] = match ?? [];
    if (year === undefined || month === undefined) return text;
    const time = Date.UTC(Number(year), Number(month) - 1, Number(day ?? '1'));
    return day === undefined ? this.#months.format(time) : this.#days.format(time);
  }

  /** The name of the month `2016-05` in short, without its year. */
  shortMonth(month: string): string {
    const time = Date.UTC(Number(month.slice(0, 4)), Number(month.slice(5, 7)) - 1);
    return Number.isNaN(time) ? month : this.#shortMonths.format(time);
  }

  /** The name of a language (BCP 47), or the tag itself where it is none. */
  languageName(tag: string): string {
    try {
      return this.#languageNames.of(tag) ?? tag;
    } catch {
      return tag;
    }
  }

  /** The name of a country (ISO 3166-1 alpha-2), or the code itself where it is none. */
  countryName(code: string): string {
    try {
      return this.#countryNames.of(code) ?? code;
    } catch {
      return code;
    }
  }

  /** A file's size, as the language writes it: `1.2 MB`, `1,2 Mo`. */
  size(bytes: number): string {
    const power = bytes < 1 ? 0 : Math.floor(Math.log10(bytes) / 3);
    const unit = SIZES[Math.min(power, SIZES.length - 1)] ?? 'byte';
    const options = { style: 'unit', unit, maximumSignificantDigits: 3 } as const;
    return new Intl.NumberFormat(this.language, options).format(bytes / 1000 ** SIZES.indexOf(unit));
  }
}

const SIZES = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const;

const locales: Readonly<Record<Language, Locale>> = {
  en: new Locale('en'),
  es: new Locale('es'),
  pt: new Locale('pt'),
  fr: new Locale('fr'),
};

export function localeOf(language: Language): Locale {
  return locales[language];
}
