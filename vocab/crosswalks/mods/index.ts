export { mods } from './mods.ts';
