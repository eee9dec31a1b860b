/** Names of the months as `foldedForm` leaves them: English, Spanish, Portuguese, French, German, Italian, Dutch, Catalan. */
const names = [
  'january jan enero ene janeiro janvier janv januar jan jaenner janner gennaio gen januari gener',
  'february feb febrero fevereiro fev fevrier fevr februar febbraio februari febrer',
  'march mar marzo marco mars marz maerz mrz maart mrt marc',
  'april apr abril abr avril avr aprile',
  'may mayo maio mai maggio mag mei maig',
  'june jun junio junho juin juni giugno giu juny',
  'july jul julio julho juillet juil juli luglio lug juliol',
  'august aug agosto ago aout augustus agost',
  'september sep sept septiembre setiembre set setembro septembre settembre setembre',
  'october oct octubre outubro out octobre oktober okt ottobre ott',
  'november nov noviembre novembro novembre',
  'december dec diciembre dic dezembro dez decembre dezember dicembre desembre',
];

const months = new Map<string, number>();
for (const [index, list] of names.entries()) for (const name of list.split(' ')) months.set(name, index + 1);

/** The number of a month by its name or an abbreviation, in folded form. */
export function monthNamed(word: string): number | undefined {
  return months.get(word);
}

const romans = ['I', 'II', 'III', 'IV', 'V', 'VI', 'VII', 'VIII', 'IX', 'X', 'XI', 'XII'];

/** A month as a Roman number, as digits. */
export function romanMonth(text: string): string | undefined {
  const index = romans.indexOf(text.toUpperCase());
  return index < 0 ? undefined : String(index + 1);
}
