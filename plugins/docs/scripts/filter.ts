/** Filters the list of sites by what is typed, and keeps it in the address. */
const input = document.querySelector<HTMLInputElement>('[data-docs-filter]');
const rows = [...document.querySelectorAll<HTMLTableRowElement>('[data-docs-rows] tr')];
const none = document.querySelector<HTMLElement>('[data-docs-none]');

if (input) {
  input.hidden = false;
  input.value = new URLSearchParams(location.search).get('filter') ?? '';
  input.addEventListener('input', apply);
  apply();
}

function apply(): void {
  const text = input!.value.trim().toLowerCase();
  let shown = 0;
  for (const row of rows) {
    row.hidden = !(row.textContent ?? '').toLowerCase().includes(text);
    if (!row.hidden) shown += 1;
  }
  if (none) none.hidden = shown > 0;
  const url = new URL(location.href);
  if (text) url.searchParams.set('filter', text);
  else url.searchParams.delete('filter');
  history.replaceState(null, '', url);
}
