import type { Units } from '../money.ts';
import type { Efficiency } from '../schema.ts';

/** What could be requested less, keeping a fifth above what is used. */
export interface RightSize {
  cpu: number;
  memory: number;
  /** Requests that would do. */
  cpuEnough: number;
  memoryEnough: number;
  /** Money a month, in units. */
  saving: Units;
}

const headroom = 1.2;
const daysPerMonth = 30.4;

/** Used part of what is requested, and an estimate of what fitting requests would save. */
export function rightSize(so: Efficiency): RightSize {
  const cpuEnough = Math.min(so.cpuRequested, so.cpuUsed * headroom);
  const memoryEnough = Math.min(so.memoryRequested, so.memoryUsed * headroom);
  const cpuSpare = part(so.cpuRequested - cpuEnough, so.cpuRequested);
  const memorySpare = part(so.memoryRequested - memoryEnough, so.memoryRequested);
  const perMonth = daysPerMonth / Math.max(1, so.days);
  return {
    cpu: part(so.cpuUsed, so.cpuRequested),
    memory: part(so.memoryUsed, so.memoryRequested),
    cpuEnough,
    memoryEnough,
    saving: Math.round((so.cpuCost * cpuSpare + so.memoryCost * memorySpare) * perMonth),
  };
}

function part(amount: number, whole: number): number {
  return whole > 0 ? amount / whole : 0;
}
