/** Short and pet forms of given names, a person's forms a line; folded. */
const forms = `
  abraham avi abe
  alexander alex sasha xander
  andrew andy drew
  anthony tony
  antonio toni tonho
  barbara barb
  benjamin ben benny
  catherine katherine kathryn kate cathy kathy
  charles chuck charlie
  christopher chris kit
  daniel dan danny
  david dave
  donald don
  edward ted ed eddie ned
  elizabeth betty beth liz lisa eliza
  eugene gene
  francisco paco pancho chico
  frederick fred
  gerald jerry gerry
  gregory greg
  henry hank harry
  hector tito
  ignacio nacho
  james jim jimmy jamie
  jeffrey geoffrey jeff geoff
  jesus chucho
  john jack johnny jon
  jonathan jon
  joseph joe
  jose pepe ze
  lawrence laurence larry
  leonard len leo
  luis lucho
  manuel manolo
  margaret peggy meg maggie
  mary molly polly
  matthew matt
  michael mike mick misha
  nicholas nick
  patricia pat patty
  patrick pat paddy
  peter pete
  philip phil
  rafael rafa
  raymond ray
  richard dick rick rich ricky
  robert bob rob bobby robin
  ronald ron
  samuel sam
  stanley stan
  stephen steven steve
  susan sue susie
  theodore ted theo
  thomas tom tommy
  timothy tim
  vincent vince vinny
  walter walt
  william bill will billy willy liam
`;

const people = new Map<string, number[]>();
const initials = new Map<string, string>();
for (const [person, line] of forms.trim().split('\n').entries()) {
  const ofOne = line.trim().split(' ');
  for (const form of ofOne) {
    people.set(form, [...(people.get(form) ?? []), person]);
    // Of the name that stands first in its line: the others are short for it.
    initials.set(form, (initials.get(form) ?? '') + (ofOne[0] ?? '').charAt(0));
  }
}

/** Whether two given names, folded, are forms of one: "bob" and "robert". */
export function areFormsOfOneName(a: string, b: string): boolean {
  const others = people.get(b);
  return others !== undefined && (people.get(a)?.some((person) => others.includes(person)) ?? false);
}

/** Whether a letter is the initial of a given name or of another form of it: "r" of "bob". */
export function isInitialOf(letter: string, name: string): boolean {
  return name.startsWith(letter) || (initials.get(name)?.includes(letter) ?? false);
}
