import { InvalidArgumentError, Option } from 'commander';

/** `--limit N`, from 1 to `max`. */
export function limitOption(what: string, preset: number, max: number): Option {
  return new Option('--limit <N>', `how many ${what} to print, at most ${max}`)
    .default(preset)
    .argParser((text) => {
      const value = /^\d{1,9}$/.test(text) ? Number(text) : 0;
      if (value >= 1 && value <= max) return value;
      throw new InvalidArgumentError(`It has to be a whole number from 1 to ${max}.`);
    });
}
