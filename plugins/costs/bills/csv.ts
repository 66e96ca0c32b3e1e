import { createReadStream } from 'node:fs';
import { createGunzip } from 'node:zlib';

import { quoted } from './engine.ts';

/** Header of a CSV file. */
export interface CsvHeader {
  columns: string[];
  delimiter: string;
}

const headerLimit = 1024 * 1024;

/** Reads the header line, gzipped or not. Throws on a file that is none. */
export async function readHeader(file: string): Promise<CsvHeader> {
  const stream = createReadStream(file);
  const source = file.endsWith('.gz') ? stream.pipe(createGunzip()) : stream;
  let text = '';
  try {
    await new Promise<void>((resolve, reject) => {
      stream.once('error', reject);
      source.once('error', reject);
      source.once('end', resolve);
      source.on('data', (chunk: Buffer | string) => {
        text += chunk.toString();
        if (lineEnd(text) >= 0 || text.length > headerLimit) resolve();
      });
    });
  } finally {
    stream.destroy();
    source.destroy();
  }
  const end = lineEnd(text);
  const line = (end < 0 ? text : text.slice(0, end)).replace(/^\uFEFF/, '').replace(/\r$/, '');
  if (!line.trim()) throw new Error('it is empty');
  if (line.length > headerLimit) throw new Error('its first line is longer than 1 MB');
  const delimiter = [',', ';', '\t', '|'].toSorted(
    (a, b) => line.split(b).length - line.split(a).length,
  )[0]!;
  return { columns: unique(splitLine(line, delimiter)), delimiter };
}

/**
 * The file as a relation of text columns; nothing is guessed. Lines that cannot be split land in the engine's table
 * `reject_errors`, once for each time they are read; `isGlance` leaves them out of it.
 */
export function csvSql(file: string, { columns, delimiter }: CsvHeader, isGlance = false): string {
  const rejects = isGlance ? 'ignore_errors = true' : 'store_rejects = true, rejects_limit = 100';
  const types = columns.map((column) => `${quoted(column)}: 'VARCHAR'`).join(', ');
  return `read_csv(${quoted(file)}, auto_detect = false, header = true, delim = ${quoted(delimiter)}, quote = '"', escape = '"', nullstr = ['', 'NULL', 'null'], ${rejects}, columns = {${types}})`;
}

/** Reads a gzip file to its end. The engine takes a file that was cut short for a short file; its checksum tells. */
export async function verifyGzip(file: string): Promise<void> {
  const stream = createReadStream(file, { highWaterMark: 1024 * 1024 });
  const source = stream.pipe(createGunzip({ chunkSize: 1024 * 1024 }));
  await new Promise<void>((resolve, reject) => {
    stream.once('error', reject);
    source.once('error', reject);
    source.once('end', resolve);
    source.resume();
  });
}

function lineEnd(text: string): number {
  let isQuoted = false;
  for (let at = 0; at < text.length; at += 1) {
    if (text[at] === '"') isQuoted = !isQuoted;
    else if (text[at] === '\n' && !isQuoted) return at;
  }
  return -1;
}

function splitLine(line: string, delimiter: string): string[] {
  const cells: string[] = [];
  let cell = '';
  let isQuoted = false;
  for (const letter of line) {
    if (letter === '"') isQuoted = !isQuoted;
    else if (letter === delimiter && !isQuoted) {
      cells.push(cell.trim());
      cell = '';
    } else cell += letter;
  }
  return [...cells, cell.trim()];
}

function unique(columns: readonly string[]): string[] {
  const seen = new Set<string>();
  return columns.map((column, index) => {
    const name =
      column && !seen.has(column.toLowerCase()) ? column : `${column || 'column'}_${index + 1}`;
    seen.add(name.toLowerCase());
    return name;
  });
}
