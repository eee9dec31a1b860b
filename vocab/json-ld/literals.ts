import type { LanguageString } from '../record.ts';

/** `{ "value": "2016-05", "type": "xsd:gYearMonth" }`; without a type where the text is no date. */
export interface TypedValue {
  value: string;
  type?: string;
}

const LANGUAGE_TAG = /^[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*$/;
const LATEST_TIME = 8.64e15;

/** The datatypes by the length of what they are written as. */
const datatypes: Readonly<Record<number, readonly [type: string, form: RegExp]>> = {
  4: ['xsd:gYear', /^\d{4}$/],
  7: ['xsd:gYearMonth', /^\d{4}-\d\d$/],
  10: ['xsd:date', /^\d{4}-\d\d-\d\d$/],
  20: ['xsd:dateTime', /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/],
};

/** A date with the XML Schema datatype of its precision. */
export function dateLiteral(text: string): TypedValue {
  const datatype = datatypes[text.length];
  return datatype?.[1].test(text) === true ? { value: text, type: datatype[0] } : { value: text };
}

/** Milliseconds since 1970 as ISO 8601 in UTC. Undefined beyond what a date can be, which a peer may have sent. */
export function timeLiteral(milliseconds: number): string | undefined {
  return Math.abs(milliseconds) <= LATEST_TIME ? new Date(milliseconds).toISOString() : undefined;
}

/** Texts without tags that are no BCP 47 tags in form. */
export function languageStrings(strings: readonly LanguageString[]): LanguageString[] {
  return strings.map(({ value, language }) =>
    language !== undefined && LANGUAGE_TAG.test(language) ? { value, language } : { value },
  );
}
