import type { Command } from 'commander';
import type { CommandContext } from '../command.ts';
import { assessCommand } from './assess.ts';
import { backupCommand } from './backup.ts';
import { checkCommand } from './check.ts';
import { citationsCommand } from './citations.ts';
import { doctorCommand } from './doctor.ts';
import { duplicatesCommand } from './duplicates.ts';
import { harvestCommand } from './harvest.ts';
import { identityCommand } from './identity.ts';
import { importCommand } from './import.ts';
import { initCommand } from './init.ts';
import { notificationsCommand } from './notifications.ts';
import { peersCommand } from './peers.ts';
import { reinstateCommand } from './reinstate.ts';
import { peopleCommand } from './people.ts';
import { relatedCommand } from './related.ts';
import { reportCommand } from './report.ts';
import { restoreCommand } from './restore.ts';
import { rotateKeyCommand } from './rotate-key.ts';
import { searchCommand } from './search.ts';
import { startCommand } from './start.ts';
import { statusCommand } from './status.ts';
import { storeCommand } from './store.ts';
import { usageCommand } from './usage.ts';
import { withdrawCommand } from './withdraw.ts';

/** Every command of `ngr`, in the order of `ngr --help`. */
export const commands: readonly ((context: CommandContext) => Command)[] = [
  initCommand,
  doctorCommand,
  startCommand,
  statusCommand,
  harvestCommand,
  importCommand,
  checkCommand,
  assessCommand,
  searchCommand,
  relatedCommand,
  duplicatesCommand,
  citationsCommand,
  peersCommand,
  peopleCommand,
  usageCommand,
  reportCommand,
  withdrawCommand,
  reinstateCommand,
  notificationsCommand,
  backupCommand,
  restoreCommand,
  identityCommand,
  rotateKeyCommand,
  storeCommand,
];
