/*
 * Annex 1 of "Towards An Open Access Policy Framework: A Case Study of COAR" (LIBER Quarterly; CC BY 4.0): what 51
 * institutions said in June 2017, one a line, as printed. Serial number, name, the fourteen elements, and the article's own
 * count of policies; `√` is a policy without one of the codes.
 */
export const annex1Table = `
1	Queensland University of Technology	a1/a2, a4, a5	√	c5, c8,	d4	e1	f5	√	h1			k1	L1			10
2	University of Melbourne	a2	√		d5			√	h1, h2,	I3		k1			n1	7
3	Ghent University	a1			d1	e1		√								3
4	University of Antwerp	a1, a3			d1	e2		√								3
5	Queen’s University Library	a4			d2	e1		√								3
6	University of Toronto Libraries	a1			d1			√			√	k1			n1	2
7	University of Windsor	a1, a6			d3	e2		√								3
8	CAS	a1, a3						√								1
9	Universidad del Rosario	a3			d3			√								2
10	Helsinki University Library	a1, a3			d1	e1		√								3
11	Arts et Métiers				d1		f6	√								2
12	Centre National de la Recherche Scientifique	a4				e1		√								2
13	Université de Lorraine Library		√(Etds)		d1			√								2
14	Friedrich-Alexander-Universität Erlangen-Nürnberg	a6				e2		√								2
15	Humboldt-Universitaet zu Berlin	a3	√		d5	e3		√	h1			√				6
16	Universität Regensburg		√			√		√	h1		√	√				5
17	University of Bielefeld	a2, a3			d5	e1		√								3
18	University of Konstanz	a6			d1, d5	e2	f3, f4	√								4
19	University of Stuttgart					√		√			√	√				3
20	Zbw (German National Library of Economics)		√					√				√				2
21	Corvinus University of Budapest		√			√		√	h1		√	√				5
22	Library and Information Centre of the Hungarian Academy of Sciences	a1				√		√	h1							3
23	Padova University Libraries	a2, a5			d1	e4, e5		√								3
24	University of Nairobi Digital Repository	a1, a3			d1	e1, e5		√								3
25	University of Latvia		√					√				√				2
26	University of Luxembourg	a5			d1, d5	e2		√				√				4
27	Technische Universiteit Delft	a1, a5				e3		√	h1		√	√				5
28	Universidad Peruana de Ciencias Aplicadas	a2, a4			d1, d4	e2	f3, f4	√								4
29	ISCTE – University Institute of Lisbon	a1, a4			d1, d4	e1	f1, f3	√								4
30	Universidade do Minho	a1, a5			d1, d6	e1, e4, e5	f1, f2	√								4
31	Universidade do Porto				d1, d4			√								1
32	National Research Foundation of South Africa	a1, a6			d2, d5	e2	f3, f4	√								4
33	Consejo Superior de Investigaciones Cientifícas (CSIC)		√			√		√	h1			√				4
34	Universidad Pontificia de Salamanca				d1	√		√								2
35	Blekinge Institute of Technology	a1			d1			√								2
36	Chalmers University of Technology	a2, a6			d1, d4	e2	f3, f4	√				√				5
37	Lund University Libraries					e4, e5		√								1
38	Malmö University				d1			√								1
39	Swedish University of Agricultural Sciences – Library		√			√		√	h1			√				4
40	Uppsala University Library		√					√			√					2
41	ETH Library, ETH Zurich				d1			√								1
42	Izmir Institute of Technology Library	a1, a6	√		d1		f1, f2	√				√				5
43	Marmara University Libraries	a1, a5			d3, d4	e3		√								3
44	EDINA- University of Edinburgh	a1	√		d6	√		√	h1		√	√				7
45	Joint Information Systems Committee (JISC)	a1/a2, a6, a7, a8				e2	√	√			j3, j4	k1, k2				5
46	University of Edinburgh	a1	√		d6	√		√	h1		j1, j3, j4	k1, k2		m1, m2	n1	9
47	University of Glasgow	a1, a4, a9	√		d6	e1		√	h1	I2		√				7
48	Cornell University Library	a1, a8				e4, e5		√	h4			k3			n1	5
49	Massachusetts Institute of Technology—MIT	a1, a3		c9	d1	e4, e5		√	h3		j1, j2		L1		n1	8
50	University Libraries Virginia Polytechnic Institute & State University	a2	√		d1, d5	e3	f3, f4	√	h1		j3, j4	k1, k2			n1	9
51	University of California—Berkeley Law Library	a1, a3, a8			d1, d4	e4, e5	f3, f4	√	h1		j1	k1	L2			8
`;
