/**
 * Words that do not tell one work from another: function words, and the words of which headings such as "Editorial",
 * "Book reviews", "Introduction to the special issue" or "Annual report" are made, in the languages of the network.
 * A title of nothing else is no evidence, however long. Folded as `foldedWords` folds.
 */
export const genericWords: ReadonlySet<string> = new Set(
  `
  a an and at by de for from in into is its of on or our the their this to with

  abstract abstracts acknowledgement acknowledgements acknowledgment acknowledgments addendum announcement
  announcements annual appendix article authors back board book books chapter comment comments commentary conclusion
  conclusions conference contents contributors correction corrections correspondence corrigendum cover discussion
  edition editor editorial editors editorials erratum errata foreword front index in introduction introductory
  issue journal keynote lecture letter letters list matter memoriam message minutes news newsletter no note notes
  number obituary opening overview page panel paper papers part poster preface proceedings program programme
  prologue publications report reports reply response review reviewers reviews section seminar session special
  statement summary supplement symposium table thesis title tutorial untitled vol volume welcome words workshop

  al and con del e el en la las lo los para por su un una y
  actas anual anexo articulo capitulo carta comentario comentarios conclusiones congreso contenido editoriales errata
  especial indice informe informes introduccion jornadas libro libros monografico nota notas noticias numero palabras
  portada preliminar presentacion prologo proemio publicacion resena resenas respuesta resumen revista seccion sumario
  tabla titulo volumen

  ao aos as com da das do dos em na nas nos o os para pelo um uma
  anais apresentacao artigo artigos capa comentarios conclusao congresso editorial especial expediente indice
  introducao livro livros nominata noticias pareceristas prefacio relatorio resenha resenhas resposta resumo revista
  secao sumario

  au aux avec d des dans du en et l le les par pour sur un une
  actes annuel annexe avant bibliographie chapitre colloque comptes compte conclusion courrier dossier editorial
  erratum introduction lettre liminaire livre livres notes nouvelles numero presentation preface propos rapport recension
  recensions rendu rendus reponse resume revue sommaire special titre
  `
    .split(/\s+/)
    .filter((word) => word !== ''),
);

/** Whether a subtitle says that it is another work than the title names; "part of the series" does not. */
export function isOfOtherWork(subtitle: readonly string[]): boolean {
  return subtitle.some(
    (word, i) => otherWorkWords.has(word) && !(partOf.test(word) && prepositions.has(subtitle[i + 1] ?? '')),
  );
}

const partOf = /^part(?:e|ie)?$/;
const prepositions = new Set(['of', 'de', 'da', 'do', 'du']);

/** Words in a subtitle which say that it is another work than the title names: a correction, a reply, one part of several. */
export const otherWorkWords: ReadonlySet<string> = new Set(
  `
  addendum appendix chapter comment comments commentary correction corrections corrigenda corrigendum discussion errata
  erratum part rejoinder reply response retracted retraction review reviewed supplement supplementary vol volume
  anexo apendice capitulo comentario comentarios correcao correccion parte resena resenha resposta respuesta retratacao
  suplemento tomo volumen
  annexe chapitre commentaire compte partie recension rectificatif reponse retractation supplement tome
  `
    .split(/\s+/)
    .filter((word) => word !== ''),
);
