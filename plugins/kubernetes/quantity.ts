const units: Record<string, number> = {
  n: 1e-9,
  u: 1e-6,
  m: 1e-3,
  '': 1,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  E: 1e18,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
  Pi: 2 ** 50,
  Ei: 2 ** 60,
};

/** Number of a Kubernetes quantity such as `250m` or `1.5Gi`; undefined for anything else. */
export function quantity(text: string | undefined): number | undefined {
  const match = /^([+-]?[\d.]+(?:e[+-]?\d+)?)([numkMGTPE]i?)?$/.exec(text ?? '');
  const unit = units[match?.[2] ?? ''];
  const value = Number(match?.[1]) * (unit ?? Number.NaN);
  return Number.isFinite(value) ? value : undefined;
}

/** `1.5 cores` or `250m`, as people write CPU. */
export function cpuText(millicores: number): string {
  if (millicores < 1000) return `${Math.round(millicores)}m`;
  return `${Number((millicores / 1000).toFixed(2))}`;
}

/** `512Mi` or `1.5Gi`, as people write memory. */
export function memoryText(bytes: number): string {
  if (bytes >= 2 ** 30) return `${Number((bytes / 2 ** 30).toFixed(1))}Gi`;
  return `${Math.round(bytes / 2 ** 20)}Mi`;
}
