/**
 * Words that carry structure, not subject, in the four languages of the interface; accents folded. Words that are also
 * words of substance in another of the four (`sin`, `son`, `pour`, `era`, `fin`, `sem`) are not here.
 */
const english = `a about after all also an and any are as at be because been before being between both but by can could did
  do does for from had has have he her here him his how i if in into is it its me more most my no not of on only or other
  our out over she should so some such than that the their them then there these they this those through to under until
  up us was we were what when where which while who why will with would you your s t`;
const spanish = `al como con de del desde el ella ellos en entre es esta este estos estas ha han hasta hay la las le les lo los
  mas muy o para pero por porque que se ser si sobre su sus tambien un una unas uno unos y ya`;
const portuguese = `ao aos as com da das do dos e em esta este foi foram isso isto mas na nas nem no nos num numa os ou
  para pela pelas pelo pelos por quando que quem sao se ser seu sua suas tambem um uma`;
const french = `au aux avec ce ces cette comme dans de des du elle en est et etre il ils je l la le les leur leurs lui
  meme ne nous ont ou par pas plus qu que qui sa se ses sont sur un une vous`;

const stopWords: ReadonlySet<string> = new Set(
  [english, spanish, portuguese, french].flatMap((words) => words.split(/\s+/)),
);

const LONGEST = Math.max(...[...stopWords].map(({ length }) => length));

/** Whether a word, lower case and without accents, is too common in its language to tell anything. */
export function isStopWord(word: string): boolean {
  return word.length <= LONGEST && stopWords.has(word);
}
