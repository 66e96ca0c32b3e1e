type Labels = Readonly<Record<string, string>>;

/** A label selector as kubectl takes it; undefined for one that cannot be read. */
export function parseSelector(text: string): ((labels: Labels) => boolean) | undefined {
  const requirements = text.match(/[^,(]+(?:\([^)]*\))?/g) ?? [];
  const tests = requirements.map((each) => requirement(each.trim()));
  if (tests.length === 0 || tests.some((each) => each === undefined)) return undefined;
  return (labels) => tests.every((test) => test!(labels));
}

const key = String.raw`([a-zA-Z0-9][\w./-]*)`;

function requirement(text: string): ((labels: Labels) => boolean) | undefined {
  const equal = new RegExp(`^${key}\\s*(==|=|!=)\\s*([\\w.-]*)$`).exec(text);
  if (equal) {
    const [, name = '', operator, value] = equal;
    return (labels) => (labels[name] === value) === (operator !== '!=');
  }
  const set = new RegExp(`^${key}\\s+(in|notin)\\s*\\(([^)]*)\\)$`).exec(text);
  if (set) {
    const [, name = '', operator, list = ''] = set;
    const values = list.split(',').map((each) => each.trim());
    return (labels) => values.includes(labels[name] ?? '\0') === (operator === 'in');
  }
  const exists = new RegExp(`^(!?)\\s*${key}$`).exec(text);
  if (exists === null) return undefined;
  const [, not, name = ''] = exists;
  return (labels) => name in labels === (not === '');
}
