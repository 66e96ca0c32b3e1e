/** What is remembered in this browser. Where storage is forbidden, nothing is, and everything else works. */
export function kept(key: string, storage: 'localStorage' | 'sessionStorage'): string | undefined {
  try {
    return window[storage].getItem(key) ?? undefined;
  } catch {
    return undefined;
  }
}

export function keep(key: string, value: string, storage: 'localStorage' | 'sessionStorage'): void {
  try {
    window[storage].setItem(key, value);
  } catch {
    // It lasts for this page.
  }
}
