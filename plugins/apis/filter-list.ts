/** Narrows the list of APIs to rows that hold every word typed; what is typed stays in the address. */
export function wireFilter(): void {
  const list = document.querySelector('[data-api-list]');
  const input = list?.querySelector<HTMLInputElement>('[data-api-filter]');
  const count = list?.querySelector('[data-api-count]');
  if (!list || !input || !count) return;
  const rows = [...list.querySelectorAll<HTMLTableRowElement>('tbody tr')].map((row) => ({
    row,
    text: (row.textContent ?? '').toLowerCase(),
  }));

  function apply(value: string): void {
    const words = value.toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const { row, text } of rows) {
      row.hidden = !words.every((word) => text.includes(word));
      if (!row.hidden) shown++;
    }
    count!.textContent = words.length === 0 ? '' : `${shown} of ${rows.length} APIs`;
  }

  input.addEventListener('input', () => {
    const address = new URL(location.href);
    if (input.value === '') address.searchParams.delete('q');
    else address.searchParams.set('q', input.value);
    history.replaceState(history.state, '', address);
    apply(input.value);
  });
  input.value = new URLSearchParams(location.search).get('q') ?? '';
  apply(input.value);
}
