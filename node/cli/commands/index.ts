import type { Command } from 'commander';
import type { CommandContext } from '../command.ts';

type CreateCommand = (context: CommandContext) => Command;

/** Every command of `ngr` by its name, in the order of `ngr --help`. */
const commands: Readonly<Record<string, () => Promise<CreateCommand>>> = {
  init: async () => (await import('./init.ts')).initCommand,
  doctor: async () => (await import('./doctor.ts')).doctorCommand,
  start: async () => (await import('./start.ts')).startCommand,
  status: async () => (await import('./status.ts')).statusCommand,
  harvest: async () => (await import('./harvest.ts')).harvestCommand,
  import: async () => (await import('./import.ts')).importCommand,
  check: async () => (await import('./check.ts')).checkCommand,
  assess: async () => (await import('./assess.ts')).assessCommand,
  search: async () => (await import('./search.ts')).searchCommand,
  related: async () => (await import('./related.ts')).relatedCommand,
  duplicates: async () => (await import('./duplicates.ts')).duplicatesCommand,
  citations: async () => (await import('./citations.ts')).citationsCommand,
  peers: async () => (await import('./peers.ts')).peersCommand,
  people: async () => (await import('./people.ts')).peopleCommand,
  usage: async () => (await import('./usage.ts')).usageCommand,
  report: async () => (await import('./report.ts')).reportCommand,
  withdraw: async () => (await import('./withdraw.ts')).withdrawCommand,
  reinstate: async () => (await import('./reinstate.ts')).reinstateCommand,
  notifications: async () => (await import('./notifications.ts')).notificationsCommand,
  backup: async () => (await import('./backup.ts')).backupCommand,
  restore: async () => (await import('./restore.ts')).restoreCommand,
  identity: async () => (await import('./identity.ts')).identityCommand,
  'rotate-key': async () => (await import('./rotate-key.ts')).rotateKeyCommand,
  store: async () => (await import('./store.ts')).storeCommand,
};

/** The command that the first word names; all of them where it names none. Only what is given back is loaded. */
export async function commandsFor([name = '']: readonly string[]): Promise<CreateCommand[]> {
  const wanted = Object.hasOwn(commands, name) ? commands[name] : undefined;
  return await Promise.all(wanted === undefined ? Object.values(commands).map((load) => load()) : [wanted()]);
}
