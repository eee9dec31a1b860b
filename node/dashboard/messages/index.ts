import type { Language } from '../../http/index.ts';
import { en, type DashboardMessages } from './en.ts';
import { es } from './es.ts';
import { fr } from './fr.ts';
import { pt } from './pt.ts';

export type { DashboardMessages } from './en.ts';

const catalogue: Readonly<Record<Language, DashboardMessages>> = { en, es, pt, fr };

/** What the manager's pages say in a language. */
export function messagesIn(language: Language): DashboardMessages {
  return catalogue[language];
}
