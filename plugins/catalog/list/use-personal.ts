import { useCallback, useEffect, useMemo, useState } from 'react';

import { myTeam, starred, toggleStar, type Remembered } from '../personal/memory.ts';
import type { TeamSummary } from '../teams.ts';
import type { Personal } from './view.ts';

/** The reader's stars and team, known after the first render only: the HTML is the same for everybody. */
export function usePersonal(base: string): Personal & { toggle(entity: Remembered): void } {
  const [stars, setStars] = useState<ReadonlySet<string>>(new Set());
  const [team, setTeam] = useState<ReadonlySet<string>>(new Set());
  useEffect(() => {
    // oxlint-disable-next-line react/set-state-in-effect -- what the browser remembers is unknown while the HTML is rendered
    setStars(starRefs());
    const mine = myTeam();
    if (!mine) return;
    setTeam(new Set([mine]));
    fetch(`${base}api/catalog/teams.json`)
      .then((response) => response.json() as Promise<TeamSummary[]>)
      .then((teams) =>
        setTeam(new Set([mine, ...(teams.find(({ ref }) => ref === mine)?.below ?? [])])),
      )
      .catch(() => {
        // Without the tree, what the groups below own is left out.
      });
  }, [base]);
  const toggle = useCallback(({ ref, title, path }: Remembered) => {
    toggleStar({ ref, title, path });
    setStars(starRefs());
  }, []);
  return useMemo(() => ({ starred: stars, team, toggle }), [stars, team, toggle]);
}

function starRefs(): ReadonlySet<string> {
  return new Set(starred().map(({ ref }) => ref));
}
