/** The package declares types for its main entry only; this one has the same face, with the smaller tables in it. */
declare module 'eld/small' {
  export { eld } from 'eld';
}
