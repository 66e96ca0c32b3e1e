import type { ProblemInput } from '../../types.ts';
import { lineSql, type FileColumns, type KeyColumn } from './columns.ts';
import { csvSql, readHeader, verifyGzip } from './csv.ts';
import { named, quoted, reasonOf, type Engine } from './engine.ts';

/** A file that can be read, as two relations: its lines in our columns, and as it is. */
export interface StagedFile {
  file: string;
  /** Lines in our columns, with `file`. */
  lines: string;
  /** The file as it is, and what of it makes our columns. */
  raw: string;
  select: string;
  columns: FileColumns;
  /** Columns that tell lines apart and are there. */
  keys: readonly KeyColumn[];
}

/** How the columns of a bill's files are read. */
export interface Reading {
  mapping?: Record<string, string> | undefined;
  currency?: string | undefined;
  skus: boolean;
}

/** Opens every file of a bill; those that cannot be read are reported and left out. */
export async function stageFiles(
  engine: Engine,
  files: readonly string[],
  reading: Reading,
  report: (problem: ProblemInput) => void,
  relative: (file: string) => string,
): Promise<StagedFile[]> {
  const staged: StagedFile[] = [];
  for (const [index, file] of files.entries()) {
    try {
      staged.push(
        file.endsWith('.parquet')
          ? await stageParquet(engine, file, reading)
          : await stageCsv(engine, file, index, reading, report, relative),
      );
    } catch (error) {
      report({
        code: 'costs/unreadable-file',
        message: `Bill cannot be read: ${reasonOf(error).replaceAll(file, 'it')}; nothing of this file was counted`,
        hint: 'Copy the file again. If it comes from an export, check that the export is complete.',
        at: { file: relative(file) },
      });
    }
  }
  return staged;
}

async function stageParquet(engine: Engine, file: string, reading: Reading): Promise<StagedFile> {
  const raw = `read_parquet(${quoted(file)})`;
  const columns = await columnsOf(engine, raw);
  const line = lineSql(columns, reading);
  if (line.select === undefined) throw new Error(`expected ${line.lacks}`);
  // The footer says where everything is; that the pages are there too shows only when they are read.
  await engine.run(
    `SELECT ${['billed', 'effective', 'day', 'tags'].map((name) => `max(${name})`).join(', ')} FROM (SELECT ${line.select} FROM ${raw} LIMIT 1)`,
  );
  return {
    file,
    raw,
    select: line.select,
    columns,
    keys: line.keys,
    lines: `SELECT ${line.select}, ${quoted(file)} AS file FROM ${raw}`,
  };
}

async function stageCsv(
  engine: Engine,
  file: string,
  index: number,
  reading: Reading,
  report: (problem: ProblemInput) => void,
  relative: (file: string) => string,
): Promise<StagedFile> {
  const header = await readHeader(file).catch((error: unknown) => {
    throw file.endsWith('.gz') ? damaged(error) : error;
  });
  const columns = new Map(header.columns.map((column) => [column, 'VARCHAR']));
  const raw = csvSql(file, header);
  const slashed = await slashDate(engine, csvSql(file, header, true), columns, reading);
  const line = lineSql(columns, { ...reading, hasSlashDates: slashed !== undefined });
  if (line.select === undefined) throw new Error(`expected ${line.lacks}`);
  const table = `csv_${index}`;
  const verified = file.endsWith('.gz') ? verifyGzip(file) : Promise.resolve();
  const failure = verified.then(
    () => undefined,
    (error: unknown) => error,
  );
  await engine.run(`CREATE OR REPLACE TEMP TABLE ${table} AS SELECT ${line.select} FROM ${raw}`);
  const broken = await failure;
  if (broken) {
    await engine.run(`DROP TABLE ${table}`);
    throw damaged(broken);
  }
  await reportRejected(engine, file, report, relative);
  if (slashed)
    report({
      code: 'costs/slash-dates',
      message: `Dates are written like \`${slashed}\`, expected ISO 8601 like \`2026-04-01\`; they were read as month/day/year`,
      at: { file: relative(file) },
    });
  return {
    file,
    raw,
    select: line.select,
    columns,
    keys: line.keys,
    lines: `SELECT *, ${quoted(file)} AS file FROM ${table}`,
  };
}

/** The first date with slashes at the beginning of a file; undefined when there is none. */
async function slashDate(
  engine: Engine,
  raw: string,
  columns: FileColumns,
  { mapping = {} }: Reading,
): Promise<string | undefined> {
  const column = [...columns.keys()].find(
    (name) => (mapping[name] ?? name).toLowerCase() === 'chargeperiodstart',
  );
  if (!column) return undefined;
  const [row] = await engine.rows(
    `SELECT min(date) AS date FROM (SELECT ${named(column)} AS date FROM ${raw} LIMIT 100) WHERE regexp_full_match(date, '\\s*\\d{1,2}/\\d{1,2}/(\\d\\d){1,2}\\s*')`,
  );
  return typeof row?.['date'] === 'string' ? row['date'].trim() : undefined;
}

function damaged(error: unknown): Error {
  return new Error(`its gzip data are damaged or cut short (${reasonOf(error)})`, { cause: error });
}

async function reportRejected(
  engine: Engine,
  file: string,
  report: (problem: ProblemInput) => void,
  relative: (file: string) => string,
): Promise<void> {
  const rejected = await engine.rows(
    `SELECT line::INTEGER AS line, error_message AS message FROM reject_errors e JOIN reject_scans s USING (scan_id, file_id) WHERE s.file_path = ${quoted(file)} ORDER BY line`,
  );
  const first = rejected[0];
  if (!first) return;
  report({
    code: 'costs/unreadable-line',
    message: `${rejected.length === 1 ? 'A line has' : `${rejected.length} lines have`} another shape than the header (${reasonOf(new Error(String(first['message'])))}); left out, the rest was counted`,
    hint: 'Quote values that hold the delimiter or line ends.',
    at: { file: relative(file), line: Number(first['line']) },
  });
}

async function columnsOf(engine: Engine, relation: string): Promise<FileColumns> {
  const rows = await engine.rows(`DESCRIBE SELECT * FROM ${relation}`);
  return new Map(rows.map((row) => [String(row['column_name']), String(row['column_type'])]));
}

/** Everything that tells one line of a file from another, costs and quantities aside, as one number. */
export function identitySql(columns: FileColumns): string {
  const telling = [...columns.keys()].filter((name) => !/(?:cost|price|quantity|^id)$/i.test(name));
  const parts = telling.toSorted().map((name) => `${named(name)}::VARCHAR`);
  return `hash(${parts.join(', ')})`;
}
