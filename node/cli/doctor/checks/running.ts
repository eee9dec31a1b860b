import { installation } from '../../../config/index.ts';
import { oneLine } from '../../print.ts';
import { failed, ok, warning, type Finding } from '../finding.ts';
import type { Patient } from '../patient.ts';

/** Whether the node that runs is of this version, and of this configuration. */
export async function runningCheck({ config, running, node }: Patient): Promise<Finding[]> {
  await Promise.resolve();
  const { version } = installation();
  if (running === undefined)
    return [ok(`the node does not run; this is NGR Node ${version} on Node.js ${process.version}`)];
  const restart = 'Restart the node.';
  const found: Finding[] = [];
  if (running.version !== version)
    found.push(warning(`NGR Node ${oneLine(running.version)} runs, and ${version} is installed.`, restart));
  if (node !== undefined && running.node !== node)
    found.push(failed('The key in the data directory is not the one that the node runs with.', restart));
  const changed = [
    ...(running.name === config.name ? [] : ['name']),
    ...(config.baseUrl === undefined || running.base === config.baseUrl ? [] : ['baseUrl']),
    ...(running.networks.join(' ') === config.networks.join(' ') ? [] : ['networks']),
  ];
  if (changed.length > 0)
    found.push(warning(`The node runs with another configuration: ${changed.join(', ')}.`, restart));
  return found.length > 0 ? found : [ok(`NGR Node ${version} on Node.js ${process.version}, as configured`)];
}
