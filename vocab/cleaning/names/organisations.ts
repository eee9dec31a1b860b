/** Stems of words that no person's name has, in English, Spanish, Portuguese, French and German. */
const telling = beginning(
  // Schools and their parts
  'universi|uniwersytet|univ\\b|institut|hochschul|fachhochschul|departament|department|dept\\b|facult|faculd|fakultät',
  'academ(?:y|ia)\\b|académi|akademie|laborator|laboratoire|labor\\b|observator',
  // Public bodies
  'ministr|ministeri|ministéri|ministèr|secretar[ií]a\\b|secretariat|government\\b|gobierno\\b|governo\\b|gouvernement',
  'parliament\\b|parlament|bundes\\p{Ll}|landesamt|amt\\b|ayuntamiento|prefeitura|municipi|council\\b|consejo\\b|conselho\\b',
  'conseil\\b|commission\\b|kommission|comisi[óo]n\\b|comissão\\b|committee\\b|comit[éeê]\\b|agency\\b|agencia\\b|agência\\b',
  'agence\\b|authority\\b|autoridad|bureau\\b|embassy\\b',
  // Bodies of one's own making
  'associa[tc]|asociaci|associaç|verband|verein|gesellschaft|foundation\\b|fundaci|fundaç|fondation|stiftung|federation\\b',
  'federaci|federaç|confederation|confederaci|organi[sz]ation|organizaci|organizaç|coalition\\b|initiative\\b|iniciativa\\b',
  'consorti|consorci|consórci|collaborati|colaboraci|kollaboration|investigators\\b',
  // Houses
  'librar(?:y|ies)\\b|bibliote|bibliothè|bibliothek|museum|museo\\b|museu\\b|musée|hospital\\b|hôpital|krankenhaus|archiv(?:es|o)\\b',
  // Companies
  'corporation\\b|company\\b|gmbh\\b|ltda?\\b|limited\\b|inc\\b|llc\\b|s\\.a\\.|publishers?\\b|editorial\\b|verlag\\b',
  // Groups
  '(?:research|working|study|expert|advisory|writing) group\\b|task force\\b|grupo de\\b|groupe de\\b|arbeitsgruppe|steering\\b',
  'team of\\b|on behalf\\b',
);

/** Words that few persons are called: only where the name is longer. */
const doubtful =
  /(?<!\p{L})(?:cent(?:er|re|ro)|zentrum|school|college|escola|escuela|école|schule|society|sociedad|sociedade|société|group|grupo|groupe|gruppe|network|team|project|proyecto|projeto|projekt|projet|service|servicio|serviço|program(?:me)?|programa|division|unit|board|alliance|forum|panel|conference|congress)(?!\p{L})/iu;

/** Surnames: only in a long name, or with a word that joins nouns. */
const surname = /(?<!\p{L})(?:bank|house|office|press|trust|union|research)(?!\p{L})/iu;
const joining = /(?<!\p{L})(?:of|the|for|and|de|del|para|e|y|world)(?!\p{L})|&/iu;

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

/** Words that begin with one of these; `\b` ends a word that has to be whole. */
function beginning(...stems: string[]): RegExp {
  return new RegExp(`(?<!\\p{L})(?:${stems.join('|').replaceAll('\\b', '(?!\\p{L})')})`, 'iu');
}
