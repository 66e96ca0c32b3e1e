const off = 'callboard:single-keys-off';
let isOffHere = false;

/** Whether keys that are a character alone do something (WCAG 2.1.4). */
export function areSingleKeysOff(): boolean {
  try {
    return isOffHere || localStorage.getItem(off) === '1';
  } catch {
    return isOffHere;
  }
}

/** Kept in this browser; where storage is forbidden, for this page. */
export function switchSingleKeys(isOn: boolean): void {
  isOffHere = !isOn;
  try {
    if (isOn) localStorage.removeItem(off);
    else localStorage.setItem(off, '1');
  } catch {
    // The switch lasts for this page.
  }
}
