/** Filters the tables of the costs page as people type; what they typed is in the address, so a view can be shared. */
export function filterSlices(root: Document): void {
  for (const bar of root.querySelectorAll<HTMLElement>('[data-slices-filter]')) {
    const input = bar.querySelector('input');
    const dimension = bar.dataset['slicesFilter'] ?? '';
    const rows = bar.parentElement?.querySelectorAll<HTMLElement>('[data-slice]');
    if (!input || !rows || input.dataset['isReady']) continue;
    input.dataset['isReady'] = 'true';
    input.value = new URLSearchParams(location.search).get(dimension) ?? '';
    input.addEventListener('input', apply);
    apply();

    function apply(): void {
      const wanted = input!.value.trim().toLowerCase();
      for (const row of rows!) row.hidden = !row.dataset['slice']?.includes(wanted);
      const address = new URL(location.href);
      if (wanted) address.searchParams.set(dimension, wanted);
      else address.searchParams.delete(dimension);
      if (address.href !== location.href) history.replaceState(history.state, '', address);
    }
  }
}
