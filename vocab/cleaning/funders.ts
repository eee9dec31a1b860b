import { foldedForm } from './folded-form.ts';

/** A funder as records name it. */
export interface KnownFunder {
  name: string;
  /** Its DOI in the Crossref Funder Registry. */
  id: string;
}

/**
 * Funders by their abbreviation in info:eu-repo/grantAgreement: number in the Crossref Funder Registry, name, and other
 * names in use, other languages' and abbreviations among them.
 */
const table = `
AKA 501100002341 Academy of Finland|Research Council of Finland|Suomen Akatemia
AEI 501100011033 Agencia Estatal de Investigación|Spanish State Research Agency
AHRC 501100000267 Arts and Humanities Research Council
ANID 501100020884 Agencia Nacional de Investigación y Desarrollo
ANPCYT 501100003074 Agencia Nacional de Promoción Científica y Tecnológica|FONCyT
ANR 501100001665 Agence Nationale de la Recherche|French National Research Agency
ARC 501100000923 Australian Research Council
ASAP 100018231 Aligning Science Across Parkinson's
BBSRC 501100000268 Biotechnology and Biological Sciences Research Council
BHF 501100000274 British Heart Foundation
CAPES 501100002322 Coordenação de Aperfeiçoamento de Pessoal de Nível Superior
CIHR 501100000024 Canadian Institutes of Health Research
CNPQ 501100003593 Conselho Nacional de Desenvolvimento Científico e Tecnológico
CONACYT 501100003141 Consejo Nacional de Ciencia y Tecnología|Conahcyt
CONICET 501100002923 Consejo Nacional de Investigaciones Científicas y Técnicas
CONICYT 501100002848 Comisión Nacional de Investigación Científica y Tecnológica|Fondecyt
CRUK 501100000289 Cancer Research UK
DFG 501100001659 Deutsche Forschungsgemeinschaft|German Research Foundation
DOE 100000015 U.S. Department of Energy|Department of Energy
EC 501100000780 European Commission|Comisión Europea|Comissão Europeia|Commission européenne|Europäische Kommission
EEA 501100000806 European Environment Agency
EPSRC 501100000266 Engineering and Physical Sciences Research Council
ERC 501100000781 European Research Council
ESRC 501100000269 Economic and Social Research Council
FAPEMIG 501100004901 Fundação de Amparo à Pesquisa do Estado de Minas Gerais
FAPERJ 501100004586 Fundação Carlos Chagas Filho de Amparo à Pesquisa do Estado do Rio de Janeiro
FAPESP 501100001807 Fundação de Amparo à Pesquisa do Estado de São Paulo|São Paulo Research Foundation
FCT 501100001871 Fundação para a Ciência e a Tecnologia|Fundação para a Ciência e Tecnologia|FCT/MCTES
FNRS 501100002661 Fonds De La Recherche Scientifique - FNRS
FWF 501100002428 Austrian Science Fund|Fonds zur Förderung der wissenschaftlichen Forschung
FWO 501100003130 Fonds Wetenschappelijk Onderzoek|Research Foundation Flanders
GATES 100000865 Bill and Melinda Gates Foundation|Bill & Melinda Gates Foundation|Gates Foundation
GSRT 501100003448 General Secretariat for Research and Technology|GSRI
HHMI 100000011 Howard Hughes Medical Institute
HRB 501100001590 Health Research Board
HRZZ 501100004488 Croatian Science Foundation|Hrvatska zaklada za znanost
INCA 501100006364 Institut National Du Cancer
IRC 501100002081 Irish Research Council
JSPS 501100001691 Japan Society for the Promotion of Science
MESTD 501100004564 Ministarstvo Prosvete, Nauke i Tehnološkog Razvoja|Ministry of Education, Science and Technological Development
MINECO 501100003329 Ministerio de Economía y Competitividad
MIUR 501100003407 Ministero dell'Istruzione, dell'Università e della Ricerca
MRC 501100000265 Medical Research Council
MZOS 501100006588 Ministarstvo Znanosti, Obrazovanja i Sporta
NASA 100000104 National Aeronautics and Space Administration
NERC 501100000270 Natural Environment Research Council
NHMRC 501100000925 National Health and Medical Research Council
NIH 100000002 National Institutes of Health
NIHR 501100000272 National Institute for Health Research|National Institute for Health and Care Research
NSERC 501100000038 Natural Sciences and Engineering Research Council of Canada|Natural Sciences and Engineering Research Council
NSF 100000001 National Science Foundation
NSFC 501100001809 National Natural Science Foundation of China
NWO 501100003246 Nederlandse Organisatie voor Wetenschappelijk Onderzoek|Dutch Research Council|Netherlands Organisation for Scientific Research
RCN 501100005416 Norges Forskningsråd|Research Council of Norway
RCUK 501100000690 Research Councils UK
SFI 501100001602 Science Foundation Ireland
SGOV 501100010198 Gobierno de España|Ministerio de Economía, Industria y Competitividad
SNSF 501100001711 Swiss National Science Foundation|Schweizerischer Nationalfonds zur Förderung der wissenschaftlichen Forschung|Fonds national suisse
SSHRC 501100000155 Social Sciences and Humanities Research Council of Canada|Social Sciences and Humanities Research Council
STFC 501100000271 Science and Technology Facilities Council
TUBITAK 501100004410 Türkiye Bilimsel ve Teknolojik Araştırma Kurumu|TÜBİTAK
UKRI 100014013 UK Research and Innovation
VR 501100004359 Vetenskapsrådet|Swedish Research Council
WT 100004440 Wellcome Trust|Wellcome
`;

const registry = '10.13039/';
/** The Commission and the Wellcome Trust have more than one entry. */
const otherIds: Readonly<Record<string, string>> = {
  '501100008530': '501100000780',
  '100010661': '501100000780',
  '100011102': '501100000780',
  '100010269': '100004440',
};

const byAbbreviation = new Map<string, KnownFunder>();
const byName = new Map<string, string>();
const byNumber = new Map<string, string>();
for (const line of table.trim().split('\n')) {
  const [, abbreviation = '', number = '', list = ''] = /^(\S+) (\d+) (.+)$/.exec(line) ?? [];
  const [name = '', ...others] = list.split('|');
  byAbbreviation.set(abbreviation, { name, id: `https://doi.org/${registry}${number}` });
  byNumber.set(number, abbreviation);
  for (const form of [name, abbreviation, ...others]) byName.set(foldedForm(form), abbreviation);
}

/** The funder of an abbreviation, in whatever case. */
export function funderOf(abbreviation: string): KnownFunder | undefined {
  return byAbbreviation.get(abbreviation.toUpperCase());
}

/** The abbreviation of a funder by its name, or by its DOI in the Crossref Funder Registry. */
export function funderAbbreviation({
  name = '',
  id = '',
}: {
  name?: string;
  id?: string;
}): string | undefined {
  const number = /10\.13039\/(\d+)/.exec(id)?.[1] ?? '';
  const known = byNumber.get(otherIds[number] ?? number);
  // "Fundação para a Ciência e a Tecnologia (FCT)" names it twice.
  return (
    known ?? byName.get(foldedForm(name)) ?? byName.get(foldedForm(name.replace(/\s*\([^()]*\)\s*$/, '')))
  );
}
