import { showAges } from '../../ui/age.ts';
import type { EntityData } from './view/entity-data.ts';

/**
 * Asks the host for data newer than the page and draws the page's part anew from it. Says nothing when there is none, or
 * none it can read: what was built stays.
 */
export async function refreshLive(root: Document): Promise<void> {
  for (const box of root.querySelectorAll<HTMLElement>('[data-k8s-live]')) {
    const { k8sLive: address, k8sAsOf: asOf, k8sBase: base, k8sView: view } = box.dataset;
    if (!address || !asOf || base === undefined) continue;
    const data = await read(address);
    if (data === undefined || !(Date.parse(data.asOf) > Date.parse(asOf))) continue;
    const { drawEntity } = await import('./view/draw.tsx');
    if (drawEntity(box, view === 'summary' ? 'summary' : 'state', data, base)) showAges(box);
  }
}

async function read(address: string): Promise<EntityData | undefined> {
  try {
    const response = await fetch(address, { cache: 'no-cache' });
    const body: unknown = response.ok ? await response.json() : undefined;
    return isEntityData(body) ? body : undefined;
  } catch {
    return undefined;
  }
}

/** Of a run of the same kind; what is wrong deeper inside is found when it is drawn. */
function isEntityData(body: unknown): body is EntityData {
  const data = body as Partial<EntityData> | null | undefined;
  return (
    data?.version === 1 &&
    typeof data.asOf === 'string' &&
    typeof data.health?.status === 'string' &&
    Array.isArray(data.workloads) &&
    Array.isArray(data.objects)
  );
}
