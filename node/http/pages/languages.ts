import type { LanguageString } from '../../../vocab/record.ts';
import { html, type Html, type HtmlValue } from './html.ts';
import type { View } from './view.ts';

const names = new Intl.DisplayNames(['en'], { type: 'language', fallback: 'none' });

/**
 * The `lang` attribute of text in another language than the page's (WCAG 2.2, 3.1.2), with its direction; nothing where
 * the language is the page's, unknown, or no language.
 */
export function langOf(view: View, language: string | undefined): HtmlValue {
  if (language === undefined || !isLanguage(language)) return undefined;
  if (language.split('-')[0] === view.locale.language) return undefined;
  return html` lang="${language}" dir="auto"`;
}

/** Text in an element of its own where it needs one to say its language. */
export function inLanguage(
  view: View,
  { value, language }: { value: string | Html; language?: LanguageString['language'] },
): Html {
  const attribute = langOf(view, language);
  return attribute === undefined ? html`${value}` : html`<span${attribute}>${value}</span>`;
}

function isLanguage(tag: string): boolean {
  try {
    return names.of(tag) !== undefined;
  } catch {
    return false;
  }
}
