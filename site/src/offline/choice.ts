/** Whether this browser is to hold all of the portal, remembered beside the copy itself. */
export function isKeeping(base: string): boolean {
  try {
    return localStorage.getItem(keyOf(base)) === '1';
  } catch {
    return false;
  }
}

export function setKeeping(base: string, isOn: boolean): void {
  try {
    if (isOn) localStorage.setItem(keyOf(base), '1');
    else localStorage.removeItem(keyOf(base));
  } catch {
    // Storage may be forbidden: the copy is there all the same, and is not brought up to date by itself.
  }
}

function keyOf(base: string): string {
  return `callboard:offline:${base}`;
}
