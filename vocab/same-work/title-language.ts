const functionWords = {
  en: 'the of and for with from using towards toward on by an as how what why is are to',
  es: 'el los las y del con para por una un en la sobre desde hacia como al su',
  pt: 'o os as e do da dos das com para por uma um em no na nos nas ao sobre',
  fr: 'le les et du des avec pour par une un dans sur aux au la est l d',
  de: 'der die das und des mit fur von zur zum im ein eine einer auf als zu den dem',
  it: 'il lo gli e della delle dei con per una un nel nella sul tra di',
};
const languages = Object.keys(functionWords);
/** By word the languages that have it, as places in the list. */
const languagesOf = new Map<string, number[]>();
for (const [place, words] of Object.values(functionWords).entries())
  for (const word of words.split(' ')) languagesOf.set(word, [...(languagesOf.get(word) ?? []), place]);

/**
 * The language that a title's function words are of, where most of them are of one: a guess for the title alone, which
 * says more than the language of the text, in which repositories enter whatever the form began with.
 */
export function titleLanguage(words: readonly string[]): string | undefined {
  const votes = languages.map(() => 0);
  for (const word of words) {
    const places = word.length > 7 ? undefined : languagesOf.get(word);
    if (places !== undefined) for (const place of places) votes[place] = (votes[place] ?? 0) + 1;
  }
  const most = Math.max(...votes);
  const best = votes.indexOf(most);
  return most === 0 || votes.includes(most, best + 1) ? undefined : languages[best];
}
