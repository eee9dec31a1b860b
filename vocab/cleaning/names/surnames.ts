/** Frequent family names, by which the order of a name can be told; in lower case and without accents. */

export const spanishSurnames = surnames(
  'garcia rodriguez gonzalez fernandez lopez martinez sanchez perez gomez martin jimenez ruiz hernandez diaz moreno munoz alvarez romero alonso gutierrez navarro torres dominguez vazquez ramos gil ramirez serrano blanco molina morales suarez ortega delgado castro ortiz rubio marin sanz nunez iglesias medina garrido cortes castillo santana lozano guerrero cano prieto mendez cruz calvo gallego herrera marquez leon vidal pena flores cabrera campos vega fuentes carrasco diez reyes caballero nieto aguilar pascual santiago lorenzo vargas gimenez hidalgo ibanez montero ferrer duran vicente benitez mora arias carmona crespo roman pastor soto saez velasco soler moya esteban parra bravo gallardo rojas pardo merino franco espinosa izquierdo lara rivas silva rivera casado arroyo redondo camacho vera segura luque montes rios contreras mejia salazar sepulveda valenzuela espinoza tapia figueroa quispe mamani huaman acosta ayala aguirre avila bustos caceres cardenas carrillo chavez cordoba correa davila escobar estrada guzman ibarra juarez lugo maldonado miranda mendoza montoya olivera orozco osorio pacheco padilla palacios paredes pineda ponce quintero restrepo rincon robles rosales salas salinas solis sosa trujillo uribe urena valdez valencia vasquez velez villalobos zambrano zapata zuniga',
);

/** With these the last name alone is the family name, as in Portuguese. */
export const portugueseSurnames = surnames(
  'silva santos oliveira souza sousa costa pereira ferreira almeida rodrigues lima carvalho alves gomes martins ribeiro lopes barbosa soares fernandes vieira teixeira moreira nunes marques machado mendes freitas cardoso nascimento araujo cavalcanti borges pinto correia batista moura barros azevedo dias goncalves monteiro coelho cunha fonseca antunes matos neves figueiredo guimaraes pires tavares',
);

/** Chinese, in Pinyin; those that are as well given names of Japan are left out. */
export const chineseSurnames = surnames(
  'wang li zhang liu chen yang zhao huang zhou wu xu sun hu zhu gao lin he guo ma luo liang song zheng xie han tang feng dong xiao cheng cao yuan deng fu shen zeng peng lu su jiang cai jia ding wei xue ye yan pan du xia zhong tian ren fan fang shi yao tan liao zou xiong jin hao kong bai cui kang mao qiu qin gu hou shao meng wan duan qian tao yin gong',
);

export const koreanSurnames = surnames(
  'kim lee park choi jung jeong kang cho yoon jang lim shin seo kwon hwang ahn yoo hong jeon moon bae baek heo nam noh kwak cha',
);

/** Vietnamese ones that are nothing else. */
export const vietnameseSurnames = surnames(
  'nguyen tran pham huynh bui hoang phan dang truong trinh dinh luong',
);

/** All frequent Vietnamese ones: standing last, they may be the family name. */
export const allVietnameseSurnames: ReadonlySet<string> = new Set([
  ...vietnameseSurnames,
  ...surnames('vo vu do ngo ho le ly mai lam cao ta phung thai to duong doan ha quach vuong chau luu'),
]);

export const hungarianSurnames = surnames(
  'nagy kovacs toth szabo horvath varga kiss molnar nemeth farkas balogh papp takacs juhasz lakatos meszaros olah racz fekete szilagyi torok feher szucs kocsis pinter fodor szalai sipos magyar lukacs gulyas biro kiraly katona bogdan balog boros somogyi voros fazekas bakos hegedus vincze barta veres szekeres',
);

/** Given names of Hungary, which stand last there. */
export const hungarianGivenNames = surnames(
  'peter istvan janos laszlo gabor zoltan attila andras tamas ferenc sandor gyorgy balazs jozsef miklos csaba zsolt imre lajos pal tibor bela gyula akos mate levente adam bence maria eva katalin ildiko zsuzsanna zsuzsa agnes judit erzsebet anna andrea monika ilona marta krisztina eszter noemi reka dora orsolya',
);

function surnames(list: string): ReadonlySet<string> {
  return new Set(list.split(' '));
}
