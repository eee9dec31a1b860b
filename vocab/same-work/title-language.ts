const functionWords = {
  en: 'the of and for with from using towards toward on by an as how what why is are to',
  es: 'el los las y del con para por una un en la sobre desde hacia como al su',
  pt: 'o os as e do da dos das com para por uma um em no na nos nas ao sobre',
  fr: 'le les et du des avec pour par une un dans sur aux au la est l d',
  de: 'der die das und des mit fur von zur zum im ein eine einer auf als zu den dem',
  it: 'il lo gli e della delle dei con per una un nel nella sul tra di',
};
const languagesOf = new Map<string, string[]>();
for (const [language, words] of Object.entries(functionWords))
  for (const word of words.split(' ')) languagesOf.set(word, [...(languagesOf.get(word) ?? []), language]);

/**
 * The language that a title's function words are of, where most of them are of one: a guess for the title alone, which
 * says more than the language of the text, in which repositories enter whatever the form began with.
 */
export function titleLanguage(words: readonly string[]): string | undefined {
  const votes = new Map<string, number>();
  for (const word of words) {
    if (word.length > 7) continue;
    for (const language of languagesOf.get(word) ?? []) votes.set(language, (votes.get(language) ?? 0) + 1);
  }
  let best: string | undefined;
  let most = 0;
  let isTie = false;
  for (const [language, count] of votes) {
    isTie = count === most || (isTie && count < most);
    if (count > most) [best, most] = [language, count];
  }
  return isTie ? undefined : best;
}
