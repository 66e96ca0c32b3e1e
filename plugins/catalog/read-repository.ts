import type { ProblemInput, Repository } from '../types.ts';
import { readCodeOwners, type CodeOwner, type CodeOwners } from './codeowners.ts';
import { readDocuments } from './documents.ts';
import { isCatalogFile, isEntity, looksLikeEntity, mayHoldEntity } from './is-entity.ts';
import { limits } from './limits.ts';
import { locationCycles, targetFiles, type Edge } from './locations.ts';
import { readEntity, type PlaceOf, type ReadEntity } from './read-entity.ts';
import { fetchedFolders, isSkeleton } from './skeletons.ts';
import { decodeText, placeOf } from './text.ts';

/** What was decided about one document that is an entity, or was meant to be. */
export interface ReadDocument {
  file: string;
  index: number;
  verdict: 'valid' | 'invalid' | 'unknown-kind' | 'yaml-error';
  /** Whether `$text`, `$json` or `$yaml` occurred in it. */
  hasPlaceholders: boolean;
  /** When valid. */
  entity?: ReadEntity;
}

/** Everything one repository contributes, in the order of its files. */
export interface RepositoryReading {
  repository: Repository;
  documents: ReadDocument[];
  problems: ProblemInput[];
  codeOwners: CodeOwners;
}

interface CatalogFile {
  path: string;
  text: string;
  /** Every document must be an entity. */
  isStrict: boolean;
}

/** Reads a repository's catalog files and what their Locations name. A file or entity that cannot be read never loses another. */
export async function readRepository(
  repository: Repository,
  signal?: AbortSignal,
): Promise<RepositoryReading> {
  const documents: ReadDocument[] = [];
  const problems: ProblemInput[] = [];
  const edges: Edge[] = [];
  const codeOwners = await readCodeOwners(repository);
  const fetched = new Set<string>();
  const seen = new Set<string>();

  const paths = await repository.find(repository.catalogFiles);
  const templateFolders = new Set(
    paths
      .filter((path) => /(?:^|\/)template\.ya?ml$/i.test(path))
      .map((path) => path.slice(0, path.lastIndexOf('/')) || '.'),
  );
  let files: CatalogFile[] = [];
  for (const path of paths) {
    signal?.throwIfAborted();
    seen.add(path);
    const file = await readFile(path, isCatalogFile(path, repository.catalogFiles));
    if (!file) continue;
    files.push(file);
    for (const folder of fetchedFolders(path, file.text)) fetched.add(folder);
  }
  files = files.filter(({ path }) => !isSkeleton(path, fetched, templateFolders));
  while (files.length > 0) {
    const named: string[] = [];
    for (const file of files) {
      signal?.throwIfAborted();
      await readEntities(file, named);
    }
    files = [];
    for (const path of named) {
      if (seen.has(path)) continue;
      seen.add(path);
      const file = await readFile(path, true);
      if (file) files.push(file);
    }
  }
  problems.push(...locationCycles(repository.id, edges));
  documents.sort((a, b) => compare(a.file, b.file) || a.index - b.index);
  return { repository, documents, problems, codeOwners };

  async function readFile(path: string, isStrict: boolean): Promise<CatalogFile | undefined> {
    let bytes: Uint8Array | null;
    try {
      bytes = await repository.read(path, limits.fileBytes);
    } catch (error) {
      const isTooLarge = (error as { reason?: string }).reason === 'too-large';
      problems.push({
        code: isTooLarge ? 'catalog/file-too-large' : 'catalog/file-unreadable',
        message: error instanceof Error ? error.message : String(error),
        hint: isTooLarge
          ? 'Split the file, or take it out of the catalog files.'
          : 'Make it a plain file that the collect may read.',
        at: { repository: repository.id, file: path },
      });
      return undefined;
    }
    if (bytes === null) return undefined;
    const { text, trouble, offset } = decodeText(bytes);
    if (!isStrict && !mayHoldEntity(text)) return undefined;
    if (trouble) {
      const at = { repository: repository.id, file: path, ...placeOf(text, offset) };
      problems.push({ code: 'catalog/encoding', at, owner: ownerOf(path), ...encoding[trouble] });
    }
    return trouble === 'binary' ? undefined : { path, text, isStrict };
  }

  async function readEntities(file: CatalogFile, named: string[]): Promise<void> {
    for (const document of readDocuments(file.text)) {
      const { value, raw, index } = document;
      if (!file.isStrict && !(value === undefined ? looksLikeEntity(raw) : isEntity(value)))
        continue;
      const place = { repository: repository.id, file: file.path };
      for (const { code, severity, message, hint, line, column } of document.findings) {
        const at = { ...place, line, column };
        problems.push({
          code: `catalog/${code}`,
          severity,
          message,
          hint,
          at,
          owner: ownerOf(file.path),
        });
      }
      const base = { file: file.path, index };
      if (value === undefined) {
        documents.push({ ...base, verdict: 'yaml-error', hasPlaceholders: false });
        continue;
      }
      const read = await readEntity(document, file.path, repository);
      for (const problem of read.problems)
        problems.push({ ...problem, owner: problem.owner ?? ownerOf(file.path) });
      const { verdict, hasPlaceholders, entity } = read;
      documents.push({ ...base, verdict, hasPlaceholders, ...(entity && { entity }) });
      if (entity?.entity.kind === 'Location' && read.placeOf)
        await followLocation(entity, read.placeOf, named);
    }
  }

  async function followLocation(
    entity: ReadEntity,
    placeOf: PlaceOf,
    named: string[],
  ): Promise<void> {
    const { targets, problems: found } = await targetFiles(entity, placeOf, repository);
    problems.push(...found);
    for (const { path, isGlob, place } of targets) {
      edges.push({ from: entity.origin.file, to: path, place, entity: entity.ref });
      // A glob means the entities below a folder, not what templates there would generate.
      if (!isGlob || !isSkeleton(path, fetched, templateFolders)) named.push(path);
    }
  }

  function ownerOf(path: string): string | undefined {
    const [owner] = codeOwners(path);
    return owner && codeOwnerRef(owner);
  }
}

/** The group or user a CODEOWNERS entry most likely is in the catalog. */
export function codeOwnerRef({ organization, name }: CodeOwner): string {
  return `${organization === undefined ? 'user' : 'group'}:default/${name}`.toLowerCase();
}

/** Order that depends on nothing but the text. */
export function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

const encoding = {
  binary: {
    severity: 'error',
    message: 'The file holds a NUL byte, expected text in UTF-8.',
    hint: 'Save it as plain text.',
  },
  'not-utf-8': {
    severity: 'warning',
    message:
      'The file is not UTF-8, expected UTF-8. Characters that could not be read show as \uFFFD.',
    hint: 'Save it as UTF-8; it looks like Latin-1 or Windows-1252.',
  },
  'utf-16': {
    severity: 'warning',
    message: 'The file is UTF-16, expected UTF-8.',
    hint: 'Save it as UTF-8: Backstage reads nothing else.',
  },
} as const;
