import type { DuckDBConnection } from '@duckdb/node-api';

/** The SQL engine, in this process, on a file of its own. It reads the files it is given and nothing else. */
export interface Engine {
  run(sql: string): Promise<void>;
  /** Rows as plain values: numbers, bigints, text, null. */
  rows(sql: string): Promise<Record<string, unknown>[]>;
  connection: DuckDBConnection;
  close(): void;
}

/** Limits of the engine. */
export interface EngineLimits {
  memoryMegabytes: number;
  threads: number;
}

/** Opens the engine. Nothing is downloaded: what it can read is linked into the package. */
export async function openEngine(databaseFile: string, limits: EngineLimits): Promise<Engine> {
  // Loaded for a bill only: it takes a tenth of a second.
  const { DuckDBInstance } = await import('@duckdb/node-api');
  const instance = await DuckDBInstance.create(databaseFile, {
    memory_limit: `${limits.memoryMegabytes}MB`,
    threads: String(limits.threads),
    preserve_insertion_order: 'false',
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
    allow_community_extensions: 'false',
  });
  const connection = await instance.connect();
  await connection.run("SET TimeZone = 'UTC'");
  return {
    connection,
    run: async (sql) => {
      await connection.run(sql);
    },
    rows: async (sql) => (await connection.runAndReadAll(sql)).getRowObjectsJS(),
    close: () => {
      connection.closeSync();
      instance.closeSync();
    },
  };
}

/** A text as SQL. */
export function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** A column name as SQL. */
export function named(column: string): string {
  return `"${column.replaceAll('"', '""')}"`;
}

/** First line of an error of the engine, without its kind. */
export function reasonOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return text.split('\n')[0]!.replace(/^(?:[A-Z][\w ]* Error: )+/, '');
}
