import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import * as z from 'zod';
import { ProblemSchema, SourceStateSchema } from '../plugins/problem-schema.ts';
import type { AnyPlugin, Problem, SourceState } from '../plugins/types.ts';
import { CallboardError, exitCode } from './callboard-error.ts';

/** What `content/snapshot/<plugin>.json` holds. */
export interface Snapshot<Data = unknown> {
  /** `<plugin>@<version>`. */
  schema: string;
  data: Data;
  sources: SourceState[];
  problems: Problem[];
}

const Envelope = z.strictObject({
  schema: z.string(),
  data: z.unknown(),
  sources: z.array(SourceStateSchema),
  problems: z.array(ProblemSchema),
});

/** Path of a plugin's snapshot below the organisation's folder. */
export function snapshotPath(directory: string, plugin: string): string {
  return join(directory, 'content', 'snapshot', `${plugin}.json`);
}

/** Reads a plugin's snapshot; undefined when there is none, a CallboardError (exit 3) when it cannot be trusted. */
export function readSnapshot(directory: string, plugin: AnyPlugin): Snapshot | undefined {
  const path = snapshotPath(directory, plugin.name);
  const text = readText(path);
  if (text === undefined) return undefined;
  const envelope = parseEnvelope(text, path);
  const expected = schemaName(plugin);
  if (envelope.schema !== expected) {
    throw unusable(
      path,
      `it was written as ${envelope.schema}, and this version reads ${expected}`,
    );
  }
  const data = plugin.snapshot!.schema.safeParse(envelope.data);
  if (!data.success) throw unusable(path, firstIssue(data.error, ['data']));
  return { ...envelope, data: data.data };
}

/** Writes a snapshot so that a reader finds the old one or the new one, whole, whatever happens in between. */
export function writeSnapshot(directory: string, plugin: AnyPlugin, snapshot: Snapshot): number {
  const path = snapshotPath(directory, plugin.name);
  const text = `${JSON.stringify(snapshot, null, 1)}\n`;
  writeAtomically(path, text);
  return Buffer.byteLength(text);
}

/** Version a plugin's snapshots are written with. */
export function schemaName(plugin: AnyPlugin): string {
  return `${plugin.name}@${plugin.snapshot?.version ?? 0}`;
}

/** Replaces a file by way of a complete copy beside it, flushed before it takes the name. */
export function writeAtomically(
  path: string,
  text: string,
  write: typeof writeSync = writeSync,
): void {
  const partial = `${path}.partial`;
  try {
    mkdirSync(dirname(path), { recursive: true });
    const file = openSync(partial, 'w');
    try {
      const bytes = Buffer.from(text);
      for (let written = 0; written < bytes.length;) written += write(file, bytes, written);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(partial, path);
  } catch (error) {
    rmSync(partial, { force: true });
    const reason = error instanceof Error ? error.message : String(error);
    throw new CallboardError(
      exitCode.nothing,
      `${path} could not be written: ${reason}. What was there before is unchanged.`,
      'Free space or correct the rights of the folder, then collect again.',
      error,
    );
  }
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw unusable(path, error instanceof Error ? error.message : String(error));
  }
}

function parseEnvelope(text: string, path: string): Snapshot {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw unusable(
      path,
      `it is not JSON (${error instanceof Error ? error.message : String(error)})`,
    );
  }
  const envelope = Envelope.safeParse(value);
  if (!envelope.success) throw unusable(path, firstIssue(envelope.error, []));
  return { ...envelope.data, data: envelope.data.data };
}

function firstIssue(error: z.ZodError, before: readonly string[]): string {
  const issue = error.issues[0]!;
  return `${[...before, ...issue.path].join('.') || 'the document'}: ${issue.message}`;
}

function unusable(path: string, reason: string): CallboardError {
  return new CallboardError(
    exitCode.nothing,
    `The snapshot ${path} cannot be used: ${reason}.`,
    'Run `callboard collect` to write it anew; snapshots are not edited by hand.',
  );
}
