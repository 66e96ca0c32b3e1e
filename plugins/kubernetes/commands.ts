import type { Command } from 'commander';

import type { CommandContext } from '../types.ts';
import { diagnose } from './doctor.ts';
import { KubernetesOptions } from './options.ts';
import { rbacManifests } from './rbac.ts';

/** Adds `callboard kubernetes rbac` and `callboard kubernetes doctor`. */
export default function addCommands(command: Command, context: CommandContext): void {
  command
    .command('rbac')
    .summary('print the least rights a cluster has to give')
    .description(
      'Prints a service account, its token and the rights Callboard needs, to pipe into `kubectl apply -f -`.',
    )
    .option('--namespaces <names>', 'these namespaces only, comma-separated', list, [])
    .option(
      '--custom-resources <names>',
      'custom resources to read, as <plural>.<group>, comma-separated',
      list,
    )
    .option('--home <namespace>', 'namespace of the service account', 'callboard')
    .action(async (given: { namespaces: string[]; customResources?: string[]; home: string }) => {
      const options = await optionsOf(context);
      const customResources = given.customResources ?? customsOf(options);
      console.log(
        rbacManifests({
          namespaces: given.namespaces,
          customResources,
          home: given.home,
        }).trimEnd(),
      );
    });

  command
    .command('doctor')
    .summary('say per cluster and kind what can be read')
    .description(
      'Asks every cluster of the configuration for one object of every kind. Exit code 1 when one cannot be reached.',
    )
    .action(async () => {
      const found = await diagnose(await optionsOf(context), context.workingDirectory);
      if (found.length === 0)
        console.log('No live cluster is configured: see `plugins.kubernetes.clusters`.');
      for (const { cluster, lines } of found)
        console.log(`${cluster}\n${lines.map((line) => `  ${line}`).join('\n')}`);
      if (found.some((each) => !each.isReachable)) process.exitCode = 1;
    });
}

/** Custom resources read anywhere: one set of rights is printed for every cluster. */
function customsOf({ customResources, clusters }: KubernetesOptions): string[] {
  return [...new Set([...customResources, ...clusters.flatMap((each) => each.customResources)])];
}

/** Without a configuration the defaults do: a team may print rights anywhere. */
async function optionsOf(context: CommandContext): Promise<KubernetesOptions> {
  return (await context.options<KubernetesOptions>()) ?? KubernetesOptions.parse({});
}

function list(text: string): string[] {
  return text
    .split(',')
    .map((each) => each.trim())
    .filter((each) => each !== '');
}
