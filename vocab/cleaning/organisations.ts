/** Words that no person's name has; stems, in the languages of the repositories around us. */
const telling =
  /\b(?:universi[tdäs]|uniwersytet|univ\b|institut|department|departament|dept\b|facult|faculd|faculté|ministr|ministère|associa[tc]|asociaci|verband|verein|gesellschaft|foundation|fundaci|fundaç|fondation|stiftung|librar(?:y|ies)\b|bibliote|bibliothè|museum|museo|musée|council\b|consejo\b|conselho\b|committee\b|comit[éeê]\b|commission\b|comisi[óo]n\b|comissão\b|consorti|consorci|consórci|collaborati|laborator|laboratoire|observator|academ(?:y|ia)\b|académie|organi[sz]ation|organizaci|agency\b|agencia\b|agência\b|corporation\b|company\b|gmbh\b|ltd\b|inc\b|llc\b|federation\b|government\b|gobierno\b|governo\b|hospital\b|research group\b|working group\b|task force\b|grupo de\b|initiative\b|coalition\b|confederation\b|publishers?\b|université)/i;

/** Words that few persons are called: only where the name is longer. */
const doubtful =
  /\b(?:center|centre|centro|school|college|escola|escuela|école|society|sociedad|sociedade|société|group|grupo|network|team|project|service|program(?:me)?)\b/i;

/** Surnames: only in a long name, or with a word that joins nouns. */
const surname = /\b(?:bank|house|office|press|trust|union)\b/i;
const joining = /\b(?:of|the|for|and|de|del|para|e|y|world)\b|&/i;

/**
 * Whether a name is an organisation's. In `Family, Given` such a word may be the family name: "Bank, Steven" is a
 * person, "University of Oxford, Bodleian Library" is not.
 */
export function organisationIn(name: string): boolean {
  if (/^\p{Lu}{3,}$/u.test(name)) return true;
  const comma = name.indexOf(',');
  if (comma > 0 && !name.slice(0, comma).includes(' ') && !telling.test(name.slice(comma))) return false;
  if (telling.test(name)) return true;
  const words = name.split(' ').length;
  if (doubtful.test(name)) return words >= (comma > 0 ? 4 : 3);
  return surname.test(name) && (words >= 4 || (joining.test(name) && comma < 0));
}
