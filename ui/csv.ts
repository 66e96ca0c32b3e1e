/** Rows as CSV that a spreadsheet shows and never computes: what looks like a formula is marked as text. */
export function toCsv(rows: readonly (readonly string[])[]): string {
  return rows.map((row) => row.map(field).join(',')).join('\r\n') + '\r\n';
}

/** A leading `=`, `+`, `-`, `@`, tab or return starts a formula, also behind blanks. */
function field(text: string): string {
  const safe = /^\s*[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
