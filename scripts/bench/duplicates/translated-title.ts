/** The commonest words in titles of the data, with what they are in Spanish. Other words stay, as names of things do. */
const spanish: ReadonlyMap<string, string> = new Map(
  `for para|of de|and y|a un|in en|the el|with con|to a|on sobre|from desde|an un|by por|as como|at en|via mediante|is es
  language lenguaje|languages lenguas|using usando|translation traducción|learning aprendizaje|machine automática|word palabra
  words palabras|semantic semántico|semantics semántica|text texto|texts textos|neural neuronal|corpus corpus|corpora corpus
  system sistema|systems sistemas|analysis análisis|task tarea|tasks tareas|parsing análisis sintáctico|parser analizador
  model modelo|models modelos|modeling modelado|extraction extracción|automatic automático|based basado|approach enfoque
  approaches enfoques|generation generación|generating generar|evaluation evaluación|evaluating evaluar|information información
  speech habla|classification clasificación|data datos|chinese chino|japanese japonés|english inglés|german alemán|french francés
  arabic árabe|detection detección|detecting detectar|recognition reconocimiento|natural natural|lexical léxico|lexicon léxico
  annotation anotación|annotated anotado|dialogue diálogo|dialog diálogo|knowledge conocimiento|dependency dependencia
  statistical estadístico|sentiment sentimiento|study estudio|multilingual multilingüe|bilingual bilingüe|entity entidad
  towards hacia|unsupervised no supervisado|supervised supervisado|discourse discurso|linguistic lingüístico
  processing procesamiento|identification identificación|identifying identificar|features rasgos|feature rasgo|question pregunta
  questions preguntas|answering respuesta|syntactic sintáctico|embeddings incrustaciones|embedding incrustación|sentence oración
  sentences oraciones|grammar gramática|grammars gramáticas|spoken hablado|networks redes|network red
  disambiguation desambiguación|summarization resumen|domain dominio|sense sentido|named nombrada|structure estructura
  structures estructuras|improving mejorar|improved mejorado|resources recursos|resource recurso|relation relación
  relations relaciones|deep profundo|similarity similitud|segmentation segmentación|case caso|representation representación
  representations representaciones|alignment alineación|resolution resolución|tagging etiquetado|framework marco
  shared compartida|web web|parallel paralelo|understanding comprensión|news noticias|social social|morphological morfológico
  prediction predicción|building construir|construction construcción|context contexto|training entrenamiento|between entre
  retrieval recuperación|method método|methods métodos|event evento|new nuevo|computational computacional|through a través de
  role papel|graph grafo|document documento|documents documentos|selection selección|textual textual|acquisition adquisición
  expressions expresiones|tool herramienta|tools herramientas|mining minería|adaptation adaptación|large grande
  dataset conjunto de datos|topic tema|inference inferencia|search búsqueda|joint conjunto|hierarchical jerárquico|error error
  quality calidad|reviews reseñas|human humano|media medios|into en|multiple múltiple|combining combinar|tree árbol
  application aplicación|applications aplicaciones|transfer transferencia|induction inducción|robust robusto|efficient eficiente
  how cómo|dictionary diccionario|temporal temporal|attention atención|development desarrollo|book libro|extracting extraer
  user usuario|probabilistic probabilístico|predicting predecir|algorithm algoritmo|research investigación|phrase frase
  database base de datos|reading lectura|verb verbo|exploring explorar|use uso|correction corrección|simple simple
  content contenido|open abierto|comparison comparación|description descripción|automated automatizado|sequence secuencia
  rules reglas|interactive interactivo|clinical clínico|its sus|improve mejorar|or o|techniques técnicas|two dos|report informe`
    .split(/[|\n]/)
    .map((pair) => {
      const [english = '', ...words] = pair.trim().split(' ');
      return [english, words.join(' ')];
    }),
);

/** The title in Spanish as far as the words are known; undefined where that is less than half of it. */
export function translated(title: string): string | undefined {
  const { text, share } = inSpanish(title);
  return share >= 0.5 ? text : undefined;
}

/** A text in Spanish as far as the words are known, and the share of them that is. */
export function inSpanish(original: string): { text: string; share: number } {
  const words = original.split(' ');
  let known = 0;
  const result = words.map((word) => {
    const [, before = '', core = '', after = ''] = /^(\W*)(.*?)(\W*)$/s.exec(word) ?? [];
    const translation = spanish.get(core.toLowerCase());
    if (translation === undefined) return word;
    known += 1;
    const isCapital = core !== core.toLowerCase();
    return before + (isCapital ? translation[0]?.toUpperCase() + translation.slice(1) : translation) + after;
  });
  return { text: result.join(' '), share: known / words.length };
}
