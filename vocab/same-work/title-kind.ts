/** What a title says its text is beside another one: `correction` of it, `reply` to it, ... */
export type TitleKind =
  | 'correction'
  | 'retraction'
  | 'reply'
  | 'comment'
  | 'review'
  | 'supplement'
  | 'translation'
  | 'summary';

const kinds: readonly [TitleKind, RegExp][] = [
  [
    'correction',
    /^(?:(?:author|publisher)s? )?(?:erratum|errata|corrigend(?:um|a)|corrections?|correccion|fe de erratas|correcao|rectificatif|addend(?:um|a))(?: |$)|(?: |^)(?:erratum|corrigendum|addendum)$/,
  ],
  ['retraction', /^(?:retraction|retracted|withdrawn|retractacion|retratacao|retractation)(?: |$)/],
  [
    'reply',
    /^(?:(?:a|the|authors?) )?(?:reply|response|rejoinder|respuesta|resposta|reponse)s? (?:to|of|from|by|a|ao|au)(?: |$)|(?: |^)(?:a reply|a response|a rejoinder|authors? reply)$/,
  ],
  [
    'comment',
    /^(?:(?:a|some|invited) )?(?:comments?|commentary|discussion|comentarios?|commentaires?) (?:on|to|of|sobre|sur|a)(?: |$)|(?: |^)a (?:comment|commentary)$/,
  ],
  [
    'review',
    /^(?:book|film|software) reviews?(?: |$)|^(?:review|resena|resenha|recension|recensao) (?:of|de|du)(?: |$)|(?: |^)(?:book review|resena|resenha)$/,
  ],
  [
    'supplement',
    /^(?:supplement|supplementary (?:materials?|information|data)|supporting information|data from|datos de) (?:to|for|of|on|a)?(?: |$)|^data from /,
  ],
  ['translation', /^(?:translation|traduccion|traducao|traduction) (?:of|de)(?: |$)/],
  ['summary', /^(?:abstract|summary|resumen|resumo|resume|extended abstract) (?:of|de)(?: |$)/],
];
const anyOf =
  /erra|corri|corre|fe de|recti|adden|retra|withdrawn|repl|resp|rejoin|rep|comm|comen|disc|revi|rese|recen|suppl|support|data f|datos|trad|transl|abstr|summ|resum/;

/** @param words of a title, folded, with a space between them */
export function titleKind(words: string): TitleKind | undefined {
  if (!anyOf.test(words)) return undefined;
  return kinds.find(([, pattern]) => pattern.test(words))?.[0];
}
