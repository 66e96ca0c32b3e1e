/** Hides the rows that do not fit the form; the form's state is the address, so a view can be shared. */
export function startProblemFilters(): void {
  const form = document.querySelector<HTMLFormElement>('[data-problem-filters]');
  if (!form) return;
  form.hidden = false;
  const address = new URLSearchParams(location.search);
  for (const field of fieldsOf(form)) field.value = address.get(field.name) ?? '';
  form.addEventListener('submit', (event) => event.preventDefault());
  form.addEventListener('input', () => {
    const wanted = new URLSearchParams(
      fieldsOf(form)
        .filter((field) => field.value !== '')
        .map((field) => [field.name, field.value]),
    );
    history.replaceState(undefined, '', wanted.size > 0 ? `?${wanted}` : location.pathname);
    apply(form);
  });
  apply(form);
}

function fieldsOf(form: HTMLFormElement): (HTMLInputElement | HTMLSelectElement)[] {
  return [...form.querySelectorAll<HTMLInputElement | HTMLSelectElement>('[name]')];
}

function apply(form: HTMLFormElement): void {
  const wanted = Object.fromEntries(
    fieldsOf(form).map((field) => [field.name, field.value.toLowerCase()]),
  );
  let shown = 0;
  for (const group of document.querySelectorAll<HTMLElement>('.problem-group')) {
    const isOwner =
      wanted['owner'] === '' || group.dataset['owner']?.toLowerCase() === wanted['owner'];
    let rows = 0;
    for (const row of group.querySelectorAll<HTMLElement>('[data-problem]')) {
      const fits =
        isOwner &&
        (wanted['severity'] === '' || row.dataset['severity'] === wanted['severity']) &&
        (wanted['code'] === '' || row.dataset['code'] === wanted['code']) &&
        (row.textContent ?? '').toLowerCase().includes(wanted['q'] ?? '');
      row.hidden = !fits;
      if (fits) rows++;
    }
    group.hidden = rows === 0;
    shown += rows;
  }
  const count = document.querySelector<HTMLElement>('[data-problem-count]');
  const all = Number(count?.dataset['problemCount']);
  if (count) count.textContent = `${shown.toLocaleString('en')} of ${all.toLocaleString('en')}`;
}
