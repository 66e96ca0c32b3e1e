import type { Health } from './schema.ts';

/** Fill of the right half; text on each is white with at least 4.5:1. */
const fills: Record<Health['status'], string> = {
  Healthy: '#2a7e3b',
  Progressing: '#0d6bbd',
  Suspended: '#60646c',
  Stale: '#60646c',
  Missing: '#8f5400',
  Unknown: '#60646c',
  Forbidden: '#60646c',
  Unreachable: '#60646c',
  Degraded: '#c4262b',
};

/** Pixels of a character at 11 px, on average, with room to spare. */
const perCharacter = 6.6;

/** A two-part badge. It has no script, no link and no font of its own, so that any README may embed it. */
export function badgeSvg(label: string, text: string, status: Health['status']): string {
  const left = Math.ceil(label.length * perCharacter) + 12;
  const right = Math.ceil(text.length * perCharacter) + 12;
  const [safeLabel, safeText] = [escapeXml(label), escapeXml(text)];
  const width = left + right;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="20" role="img" aria-label="${safeLabel}: ${safeText}"><title>${safeLabel}: ${safeText}</title><rect width="${width}" height="20" rx="3" fill="#43484e"/><path d="M${left} 0h${right - 3}a3 3 0 0 1 3 3v14a3 3 0 0 1-3 3H${left}z" fill="${fills[status]}"/><g fill="#fff" font-family="Verdana,Geneva,DejaVu Sans,sans-serif" font-size="11" text-anchor="middle"><text x="${left / 2}" y="14">${safeLabel}</text><text x="${left + right / 2}" y="14">${safeText}</text></g></svg>\n`;
}

function escapeXml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
