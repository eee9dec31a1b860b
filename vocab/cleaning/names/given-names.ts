/**
 * Frequent given names that are hardly ever family names, as they are written with and without accents. They tell where
 * a name begins: lists of a few hundred that cover most bearers in their languages.
 */
const spanish =
  'José Juan Luis Carlos Jorge Jesús Francisco Miguel Manuel Antonio Pedro Alejandro Rafael Fernando Javier Sergio Eduardo Ricardo Roberto Raúl Óscar Andrés Enrique Alberto Arturo Gabriel Pablo Álvaro Diego Gonzalo Guillermo Gustavo Héctor Hugo Ignacio Iván Jaime Joaquín Julio Leonardo Marcelo Marcos Mario Mauricio Mariano Nicolás Patricio Ramón Rodolfo Rodrigo Rubén Salvador Santiago Víctor Agustín Alfonso Alfredo Armando César Cristian Cristián Claudio Daniel David Emilio Ernesto Esteban Fabián Federico Felipe Félix Germán Gerardo Humberto Ismael Joan Jordi Josep Julián Lorenzo Matías Orlando Osvaldo Xavier María Ana Carmen Josefa Isabel Laura Cristina Marta Antonia Dolores Lucía Mercedes Rosa Sara Paula Elena Raquel Silvia Patricia Beatriz Rocío Andrea Mónica Ángela Sonia Alicia Sandra Susana Verónica Claudia Gabriela Adriana Alejandra Carolina Daniela Fernanda Florencia Gloria Graciela Guadalupe Inés Irene Juana Julia Liliana Lorena Luisa Luz Marcela Margarita Mariana Marina Natalia Norma Nuria Olga Pilar Sofía Teresa Valentina Valeria Victoria Viviana Yolanda Núria Montserrat Mª Gemma Eneko Iñaki Aitor Mikel';
const portuguese =
  'João António Antônio Paulo Pedro Luís Luiz Marcos Marcelo Márcio Maurício Fábio Flávio Cláudio Rogério Sérgio Tiago Thiago Vítor Vinícius Renato Nuno Rui Hélio Edson Jose Ana Adriana Aline Bruna Camila Fernanda Francisca Juliana Letícia Luciana Márcia Mariana Patrícia Priscila Renata Simone Tatiana Vanessa Mônica Cecília Conceição Fátima Lourdes Lúcia Sílvia Sônia Célia Eliane Rosângela Denise';
const others =
  'James John Robert Michael William David Richard Joseph Thomas Charles Christopher Matthew Anthony Mark Steven Paul Andrew Joshua Kenneth Kevin Brian George Edward Ronald Timothy Jason Jeffrey Gary Nicholas Eric Jonathan Stephen Larry Justin Brandon Benjamin Samuel Gregory Frank Raymond Patrick Jack Dennis Peter Philip Simon Ian Alan Mary Jennifer Linda Elizabeth Barbara Susan Jessica Sarah Karen Nancy Lisa Margaret Betty Ashley Kimberly Emily Donna Michelle Carol Amanda Dorothy Melissa Deborah Stephanie Rebecca Sharon Laura Cynthia Kathleen Amy Angela Anna Ann Anne Helen Jane Julie Kate Alice Emma Olivia Sophie Catherine Katherine Petr Jean Pierre Michel Philippe Alain Bernard François Françoise Marie Nathalie Isabelle Sylvie Catherine Hans Klaus Jürgen Wolfgang Heinz Dieter Uwe Thomas Stefan Andreas Markus Sabine Petra Ursula Monika Giuseppe Giovanni Marco Paolo Luca Francesca Chiara Federica';

const hispanic = withPlainForms(spanish);

/** Given names of Spanish, with which two family names go. Portuguese ones that Spanish has too are among them. */
export const spanishGivenNames: ReadonlySet<string> = hispanic;

export const givenNames: ReadonlySet<string> = new Set([
  ...hispanic,
  ...withPlainForms(portuguese),
  ...others.split(' '),
]);

function withPlainForms(names: string): Set<string> {
  const written = names.split(' ');
  return new Set([...written, ...written.map((name) => name.normalize('NFD').replace(/\p{M}/gu, ''))]);
}
