/**
 * `npm run conformance:catalog -- <corpus>`: reads a folder with repos/ and ENTITIES.tsv and compares every verdict with
 * the one there. Documents marked as skeleton are no entities and must not be read as such where they are not valid.
 */
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { readRepository, type ReadDocument } from '../../plugins/catalog/read-repository.ts';
import { LocalOptions } from '../../collectors/sources/local-options.ts';
import { localSource } from '../../collectors/sources/local.ts';

const corpus = resolve(process.argv[2] ?? '../shared/corpus');
const expected = readExpected(join(corpus, 'ENTITIES.tsv'));
const { documents, seconds } = await readAll(join(corpus, 'repos'));
const disagreements: string[] = [];
let agreed = 0;
let excepted = 0;

for (const [key, { verdict, error, isSkeleton }] of expected) {
  if (isSkeleton) continue;
  const found = documents.get(key);
  const ours = found?.verdict ?? 'not read';
  if (ours === verdict) agreed += 1;
  else if (found?.hasPlaceholders && verdict === 'invalid' && ours === 'valid') excepted += 1;
  else disagreements.push(`${key}: expected ${verdict}, got ${ours}${error ? ` (${error})` : ''}`);
}
for (const [key, { verdict }] of documents) {
  const entry = expected.get(key);
  if (!entry) disagreements.push(`${key}: expected no entity, got ${verdict}`);
  else if (entry.isSkeleton) disagreements.push(`${key}: expected a skeleton, got ${verdict}`);
}

for (const line of disagreements) console.log(line);
const compared = agreed + excepted + disagreements.length;
console.log(
  `${agreed} of ${compared} verdicts agree; ${excepted} were invalid there only because of a placeholder that is filled in here; ${disagreements.length} disagree.`,
);
const holds = disagreements.length === 0 && agreed > 0;
console.log(
  `RESULT ${JSON.stringify({ compared, agreed, excepted, disagreements: disagreements.length, seconds, holds })}`,
);
process.exitCode = holds ? 0 : 1;

interface Expected {
  verdict: ReadDocument['verdict'];
  error: string;
  isSkeleton: boolean;
}

function readExpected(file: string): Map<string, Expected> {
  const rows = readFileSync(file, 'utf8').split('\n').slice(1).filter(Boolean);
  return new Map(
    rows.map((row) => {
      const [path, index, skeleton, , , , verdict, error = ''] = row.split('\t');
      const plain = verdict === 'valid-alpha' ? 'valid' : verdict;
      const key = `${path}#${index}`;
      return [
        key,
        {
          verdict: plain as ReadDocument['verdict'],
          error: error.slice(0, 120),
          isSkeleton: skeleton === 'skeleton' || skeleton === '1',
        },
      ];
    }),
  );
}

async function readAll(
  root: string,
): Promise<{ documents: Map<string, ReadDocument>; seconds: number }> {
  const started = performance.now();
  const options = LocalOptions.parse({
    type: 'local',
    root,
    repositories: '*',
    catalogFiles: ['**/*.{yaml,yml}'],
  });
  const source = localSource(options, {
    workingDirectory: root,
    kept: '',
    scratch: '',
    progress() {},
  });
  const { repositories } = await source.list(new AbortController().signal);
  const documents = new Map<string, ReadDocument>();
  for (const repository of repositories) {
    const reading = await readRepository(repository);
    for (const document of reading.documents)
      documents.set(`repos/${repository.name}/${document.file}#${document.index}`, document);
  }
  const seconds = Math.round((performance.now() - started) / 10) / 100;
  return { documents, seconds };
}
