/** What commands without an argument stand for: a command and its character, and so on. */
const pairs = [
  // Letters
  'ss ß ae æ AE Æ oe œ OE Œ o ø O Ø aa å AA Å l ł L Ł i ı j ȷ dh ð DH Ð th þ TH Þ dj đ DJ Đ ng ŋ NG Ŋ',
  // Names and signs of running text
  'TeX TeX LaTeX LaTeX LaTeXe LaTeX2e BibTeX BibTeX ldots … dots … textellipsis … cdots ⋯ textendash – textemdash —',
  "textquoteleft ‘ textquoteright ’ textquotesingle ' textquotedblleft “ textquotedblright ” guillemotleft « guillemotright »",
  'textbullet • textregistered ® texttrademark ™ textcopyright © copyright © pounds £ textsterling £ texteuro € euro €',
  'textyen ¥ textdegree ° degree ° S § P ¶ dag † ddag ‡ textunderscore _ textasciitilde ~ textasciicircum ^ textmu µ',
  // Greek
  'alpha α beta β gamma γ delta δ epsilon ϵ varepsilon ε zeta ζ eta η theta θ vartheta ϑ iota ι kappa κ lambda λ mu μ',
  'nu ν xi ξ pi π varpi ϖ rho ρ varrho ϱ sigma σ varsigma ς tau τ upsilon υ phi ϕ varphi φ chi χ psi ψ omega ω',
  'Gamma Γ Delta Δ Theta Θ Lambda Λ Xi Ξ Pi Π Sigma Σ Upsilon Υ Phi Φ Psi Ψ Omega Ω',
  // Formulas
  'times × div ÷ pm ± mp ∓ cdot · ast ∗ star ⋆ circ ° bullet • oplus ⊕ otimes ⊗ odot ⊙ leq ≤ le ≤ leqslant ≤ geq ≥ ge ≥',
  'geqslant ≥ neq ≠ ne ≠ ll ≪ gg ≫ approx ≈ sim ∼ simeq ≃ cong ≅ equiv ≡ propto ∝ infty ∞ partial ∂ nabla ∇ sum ∑',
  'prod ∏ int ∫ in ∈ notin ∉ ni ∋ subset ⊂ subseteq ⊆ supset ⊃ supseteq ⊇ cup ∪ cap ∩ setminus ∖ emptyset ∅ varnothing ∅',
  'forall ∀ exists ∃ neg ¬ land ∧ wedge ∧ lor ∨ vee ∨ to → rightarrow → leftarrow ← longrightarrow → leftrightarrow ↔',
  'Rightarrow ⇒ Leftarrow ⇐ Leftrightarrow ⇔ mapsto ↦ uparrow ↑ downarrow ↓ ell ℓ hbar ħ Re ℜ Im ℑ aleph ℵ prime ′',
  'mid | vert | Vert ‖ parallel ∥ perp ⊥ angle ∠ langle ⟨ rangle ⟩ lfloor ⌊ rfloor ⌋ lceil ⌈ rceil ⌉ triangle △ square □',
  'checkmark ✓ models ⊨ vdash ⊢ top ⊤ bot ⊥ colon :',
].join(' ');

export const symbols: ReadonlyMap<string, string> = new Map([
  ...[...pairs.matchAll(/(\S+) (\S+)/g)].map(
    ([, command = '', character = '']) => [command, character] as const,
  ),
  ...words('quad qquad newline linebreak par item space thinspace').map((command) => [command, ' '] as const),
]);

/** Letters: the space behind such a command ends it, and is none of the text. */
export const letters = new Set(words('ss ae AE oe OE o O aa AA l L i j dh DH th TH dj DJ ng NG'));

/** Functions, which are written as their commands are. */
export const functions = new Set(
  words(
    'log ln lg exp sin cos tan cot sec csc arcsin arccos arctan sinh cosh tanh max min sup inf lim limsup liminf arg argmax argmin det dim ker deg gcd hom Pr mod bmod',
  ),
);

/** Commands that set off their argument, of which only the argument is left. */
export const wrappers = new Set(
  words(
    'emph textit textbf textsc texttt textrm textsf textsl textup textmd textnormal underline uline sout mbox hbox makebox fbox text title section subsection paragraph centerline enquote url path nolinkurl MakeUppercase MakeLowercase',
  ),
);

/** The same in formulas. */
export const mathWrappers = new Set(
  words(
    'mathrm mathit mathbf mathsf mathtt mathcal mathscr mathfrak mathbb mathbbm boldsymbol bm operatorname ensuremath',
  ),
);

/** Commands that change the look of what follows in their group. */
export const switches = new Set(
  words(
    'em it bf sc tt rm sf sl cal bfseries itshape scshape ttfamily rmfamily sffamily normalfont large Large small tiny noindent centering displaystyle textstyle left right big Big bigl bigr Bigl Bigr limits nolimits protect maketitle nonumber xspace relax',
  ),
);

/** Commands that go with all their arguments: they point elsewhere, or speak to the typesetter. */
export const silent = new Set(
  words(
    'cite citep citet citealp citeauthor citeyear nocite ref eqref autoref pageref label begin end documentclass usepackage setlength addtolength hspace vspace index bibliography bibliographystyle input includegraphics thanks newcommand renewcommand oddsidemargin',
  ),
);

function words(list: string): string[] {
  return list.split(' ');
}
