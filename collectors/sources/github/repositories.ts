import type { Repository } from '../../../plugins/types.ts';
import type { AccountState } from './account.ts';
import { peopleRepository } from './people.ts';
import { githubRepository, type RepositorySetting } from './repository.ts';

/** Everything known of an account, as repositories. */
export function repositoriesOf(
  state: AccountState,
  setting: Omit<RepositorySetting, 'catalogFiles' | 'followed'> & {
    catalogPaths: readonly string[];
  },
): Repository[] {
  const { source, store, account, idOf } = setting;
  const found: Repository[] = [];
  const extra = new Set(state.extra);
  for (const nodeId of new Set([...state.seen, ...state.extra])) {
    const record = store.record(nodeId);
    if (!record) continue;
    const named = state.catalogFiles[nodeId] ?? [];
    // A repository only Locations lead to gives what they name, nothing else.
    const catalogFiles = extra.has(nodeId) ? named : [...setting.catalogPaths, ...named];
    const followed = state.followed[nodeId] ?? [];
    found.push(githubRepository(record, { ...setting, catalogFiles, followed }));
  }
  if (Object.keys(state.people).length > 0)
    found.push(
      peopleRepository(source, idOf(account, 'people'), account, state.completedAt, state.people),
    );
  return found;
}
