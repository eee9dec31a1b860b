import { expect } from 'chai';
import { cleanText, RepairLog } from '../../../vocab/cleaning/index.ts';

describe('LaTeX', () => {
  const cases: [written: string, read: string][] = [
    // Accents
    [String.raw`Schr\"{o}dinger`, 'Schrödinger'],
    [String.raw`Schr{\"o}dinger`, 'Schrödinger'],
    [String.raw`Schr\"odinger`, 'Schrödinger'],
    [String.raw`{\"{u}}ber M{\"u}ller`, 'über Müller'],
    [String.raw`Caf\'e and na\"ive`, 'Café and naïve'],
    [String.raw`\'{E}tude de \c{c}a va`, 'Étude de ça va'],
    [String.raw`Erd\H{o}s and Erd{\H o}s`, 'Erdős and Erdős'],
    [String.raw`{\v S}koda, Dvo\v r\'ak`, 'Škoda, Dvořák'],
    [String.raw`K{\o}benhavn, K\o benhavn, K\o{}benhavn`, 'København, København, København'],
    [String.raw`Stra{\ss}e, Stra\ss e`, 'Straße, Straße'],
    [String.raw`\L{}\'od\'z`, 'Łódź'],
    [String.raw`\^{\i}le, na{\"\i}ve`, 'île, naïve'],
    [String.raw`{\AA}ngstr{\"o}m`, 'Ångström'],
    [String.raw`\~nandu, S{\~a}o Paulo`, 'ñandu, São Paulo'],
    [String.raw`Ren{\'{e}} and Jos{\'e}`, 'René and José'],
    [String.raw`\.{Z}ywiec, \k{a}, \u{g}, \=a`, String.raw`Żywiec, ą, ğ, \=a`],
    // Braces that keep capitals
    [
      '{BERT}: Pre-training of Deep {Bidirectional} Transformers',
      'BERT: Pre-training of Deep Bidirectional Transformers',
    ],
    ['{S}panish and {A}rabic', 'Spanish and Arabic'],
    ['{K}-means, {DNA}, {New York}', 'K-means, DNA, New York'],
    ['{The Whole Title in Braces}', 'The Whole Title in Braces'],
    ['{{Double Braces}}', 'Double Braces'],
    // Commands
    [String.raw`\emph{very} \textit{important} \textbf{bold}`, 'very important bold'],
    [String.raw`{\em old} {\it style} {\bf here}`, 'old style here'],
    [String.raw`\href{http://x.org}{link}, \url{http://y.org}`, 'link, http://y.org'],
    [String.raw`translation \cite{a,b} as in \ref{x}.`, 'translation as in.'],
    [String.raw`translation~\citep[p.~3]{a}, which`, 'translation, which'],
    [String.raw`\LaTeX{} rules \ldots`, 'LaTeX rules …'],
    [String.raw`R\&D at 5\% of \$7, a\_b, \#1`, 'R&D at 5% of $7, a_b, #1'],
    [String.raw`one \\ two`, 'one two'],
    [String.raw`10\textsuperscript{3}, CO\textsubscript{2}, 4\textsuperscript{th}`, '10³, CO₂, 4th'],
    [String.raw`a\footnote{Not so.} b`, 'a (Not so.) b'],
    [String.raw`\begin{itemize} \item One \item Two \end{itemize}`, 'One Two'],
    // Formulas
    ['$n$-gram and $k$-means', 'n-gram and k-means'],
    [String.raw`$\alpha$-helix at $x^2 + y_{i,j} \leq 3$`, 'α-helix at x² + y_(i,j) ≤ 3'],
    ['H$_2$O, CO$_{2}$', 'H₂O, CO₂'],
    ['10$^{-3}$, 4$^{th}$, x$^*$', '10⁻³, 4th, x*'],
    [String.raw`O(n^2\varepsilon^{-2})`, 'O(n^2ε⁻²)'],
    [String.raw`$\mathcal{O}(n \log n)$`, 'O(n log n)'],
    [String.raw`$\frac{1}{2}$, $\frac{a+b}{c}$, $\sqrt{x+1}$`, '1/2, (a+b)/c, √(x+1)'],
    [String.raw`accuracy of $95\%$`, 'accuracy of 95%'],
    [String.raw`Refer360$^\circ$`, 'Refer360°'],
    ['$p < 0.05$ (n = 3), $3000$ sentences', 'p < 0.05 (n = 3), 3000 sentences'],
    [String.raw`$\hat{x}$, $\mathbb{R}^n$, $w_t$`, 'x̂, Rⁿ, w_t'],
    [String.raw`\(a \times b\) and \[c\]`, 'a × b and c'],
    [String.raw`l_{0}-norm, RoBERTa_{large}`, 'l₀-norm, RoBERTa_large'],
    // Signs
    ["``quoted'' text", '“quoted” text'],
    ['1665--1996, word--word, one -- two --- three', '1665–1996, word–word, one – two — three'],
    ['Table~2, CC-BY-SA~3.0, 54~GB, translation~(NAT)', 'Table 2, CC-BY-SA 3.0, 54 GB, translation (NAT)'],
    // Escaped for a programme
    [String.raw`\"Open access\" he said`, '"Open access" he said'],
    [String.raw`children\'s books, don\'t, l\'art d\'aimer`, "children's books, don't, l'art d'aimer"],
    [String.raw`http:\/\/x.org\/a`, 'http://x.org/a'],
  ];
  for (const [written, read] of cases) {
    it(`“${written}” is ${read}`, () => {
      const log = new RepairLog();
      expect(cleanText(written, log)).to.equal(read);
      expect(log.repairs.map(({ code }) => code)).to.deep.equal(['TEXT_LATEX']);
      expect(log.repairs[0]).to.include({ before: written });
      expect(cleanText(read, new RepairLog())).to.equal(read);
    });
  }

  for (const text of [
    'It costs $5 and $6',
    'US$5 billion, or $7.5 million',
    'prices from 5$ to 10$ each',
    '$5-$10 a year',
    'Ke$ha and A$AP',
    '(<Italy,GDP,2T$>) or (<Tim Cook',
    'What you can cram into a single $&!#* vector',
    '$HOME and $PATH are variables',
    'The set {a, b, c}, {0,1} and {MT, RT} pairs',
    'URI templates: /users/{id}, ${NAME}, #{x}',
    '{"title": "JSON"}',
    String.raw`C:\users\in\test and D:\alpha`,
    String.raw`\\server\share`,
    String.raw`the patterns \d+ and \w*\b`,
    String.raw`an \unknown{command} stays`,
    'about ~100, 10~20, http://x.org/~me, y~x',
    'the option --help and C-- and word-- word',
    '---------- a line ----------',
    "''wrong'' and `code`",
    'w_t and n^2 and a_b_c',
    'a { b and c } d',
    'smile :-} :-{ ^_^',
    '5 \\ 3',
    '$',
    '\\',
  ]) {
    it(`is not seen in “${text}”`, () => {
      const log = new RepairLog();
      expect(cleanText(text, log)).to.equal(text);
      expect(log.repairs).to.deep.equal([]);
    });
  }
});
