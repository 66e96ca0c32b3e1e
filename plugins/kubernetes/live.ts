import { showAges } from '../../ui/age.ts';
import { darkCount } from './view/dark.ts';
import type { Drawable, View } from './view/draw.tsx';
import type { FleetData } from './view/fleet-data.ts';

/**
 * Asks the host for data newer than the page and draws the page's part anew from it. Says nothing when there is none, or
 * none it can read: what was built stays.
 */
export async function refreshLive(root: Document): Promise<void> {
  for (const box of root.querySelectorAll<HTMLElement>('[data-k8s-live]')) {
    const { k8sLive: address, k8sAsOf: asOf, k8sBase: base, k8sView: view = 'state' } = box.dataset;
    if (!address || !asOf || base === undefined) continue;
    const data = only(await read(address, view as View), box.dataset['k8sName']);
    if (data === undefined || !isNewer(data, asOf, Number(box.dataset['k8sDark'] ?? 0))) continue;
    const { draw } = await import('./view/draw.tsx');
    if (draw(box, { view, data } as Drawable, base)) showAges(box);
  }
}

/** A page of one cluster is told its age by that cluster, not by the newest of the fleet. */
function only(
  data: Drawable['data'] | undefined,
  name: string | undefined,
): Drawable['data'] | undefined {
  if (data === undefined || name === undefined) return data;
  const cluster = (data as FleetData).clusters.find((each) => each.name === name);
  return cluster && { version: 1, asOf: cluster.asOf, clusters: [cluster] };
}

/**
 * Read later than the page was; or as late, with more clusters that do not answer any more: one that fails keeps the time
 * of its last answer.
 */
function isNewer(data: Drawable['data'], asOf: string, darkClusters: number): boolean {
  const [theirs, ours] = [Date.parse(data.asOf), Date.parse(asOf)];
  return theirs > ours || (theirs === ours && darkCount(data.clusters) > darkClusters);
}

/** Lists the data of each view have; what is wrong deeper inside is found when they are drawn. */
const lists: Record<View, readonly string[]> = {
  state: ['workloads', 'objects', 'clusters'],
  summary: ['workloads', 'clusters'],
  fleet: ['clusters'],
  cluster: ['clusters'],
  broken: ['clusters'],
};

async function read(address: string, view: View): Promise<Drawable['data'] | undefined> {
  try {
    const response = await fetch(address, { cache: 'no-cache' });
    const body = (response.ok ? await response.json() : undefined) as Record<string, unknown>;
    const isKnown =
      body?.['version'] === 1 &&
      typeof body['asOf'] === 'string' &&
      lists[view].every((field) => Array.isArray(body[field]));
    return isKnown ? (body as unknown as Drawable['data']) : undefined;
  } catch {
    return undefined;
  }
}
