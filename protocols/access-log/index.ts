/** Logs of web servers (Apache, nginx): their lines, and what the paths in them mean. */
export { lineRefusals, LineReader, type LogEntry } from './line.ts';
export { LogLines, LONGEST_LINE } from './lines.ts';
export { presetNames, presets, type PresetName } from './presets.ts';
export { isUse, meaningOf, type PathMeaning, type PathRule } from './rules.ts';
