/** One generated documentation corpus for every tool: pages of about 600 words with a table, code and links. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const words =
  'service request order basket payment slot courier picker shelf price event topic queue retry timeout deploy region cluster node volume backup restore metric alert runbook incident review owner team catalog entity schema field value default option limit quota cache index search result filter page section heading anchor link image table row column list item step rule check test build release version branch commit change review merge'.split(
    ' ',
  );

/** Same numbers on every machine and in every run. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
}

const perSection = 50;

export function pagePath(index: number): string {
  return `section-${Math.floor(index / perSection)}/page-${index}.md`;
}

export function pageText(index: number, total: number, edited = ''): string {
  const next = random(index + 1);
  function word(): string {
    return words[Math.floor(next() * words.length)]!;
  }
  function sentence(length: number): string {
    const text = Array.from({ length }, word).join(' ');
    return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
  }
  function paragraph(): string {
    return Array.from({ length: 5 }, () => sentence(12)).join(' ');
  }
  const other = 1 + Math.floor(next() * (total - 1));
  const link = `../${pagePath(other)}`;
  const parts = [`# Page ${index}: ${word()} ${word()}`, paragraph() + edited];
  for (let section = 0; section < 4; section += 1) {
    parts.push(
      `## ${word()} ${word()} ${section}`,
      paragraph(),
      `See [${word()} ${word()}](${link}) and \`${word()}_${word()}()\`.`,
      paragraph(),
    );
    if (section === 0) {
      parts.push(
        `| Field | Type | Meaning |\n|---|---|---|\n${[1, 2, 3, 4].map(() => `| \`${word()}\` | ${word()} | ${sentence(4)} |`).join('\n')}`,
      );
    }
    if (section === 1) {
      parts.push(
        `\`\`\`python\ndef ${word()}_${index}(${word()}: int) -> str:\n    """${sentence(6)}"""\n    if ${word()} > ${index}:\n        return "${word()}"\n    return f"{${word()}}"\n\`\`\``,
      );
    }
    if (section === 2) {
      parts.push(
        `\`\`\`yaml\n${word()}: ${index}\n${word()}:\n  - name: ${word()}\n    ${word()}: true\n  - name: ${word()}\n\`\`\``,
      );
      parts.push(Array.from({ length: 4 }, () => `- ${sentence(6)}`).join('\n'));
    }
  }
  return `${parts.join('\n\n')}\n`;
}

/** Writes a home page and the others below `folder`: `total` together, as many as one site may have. */
export function writePages(folder: string, total: number, home: string): void {
  writeFileIn(folder, home, '# Home\n\nGenerated pages.\n');
  for (let index = 1; index < total; index += 1) {
    writeFileIn(folder, pagePath(index), pageText(index, total));
  }
}

export function writeFileIn(folder: string, path: string, text: string): void {
  const file = join(folder, path);
  mkdirSync(join(file, '..'), { recursive: true });
  writeFileSync(file, text);
}
