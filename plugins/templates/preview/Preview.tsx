import { useState, type ReactNode } from 'react';

import type { JsonObject } from '../engine/index.ts';
import { FileTree } from './FileTree.tsx';
import { FileView } from './FileView.tsx';
import type { PreviewFile, PreviewResult } from './messages.ts';
import { usePreview, type PreviewSource } from './use-preview.ts';

interface Props extends PreviewSource {
  name: string;
  parameters: JsonObject;
}

/** The files the template would make, while the form is filled in. */
export function Preview({ name, parameters, ...source }: Props): ReactNode {
  const { bundle } = source;
  const { result, failure } = usePreview(source, parameters);
  const [chosen, setChosen] = useState<string>();
  const files = result?.files ?? [];
  const file =
    files.find(({ path }) => path === chosen) ??
    files.find(({ path }) => /readme/i.test(path)) ??
    files[0];
  return (
    <section className="card card-flush create-preview" aria-label="Preview">
      <div className="card-header">
        <h2>Preview</h2>
        {result && <span className="count">{files.length} files</span>}
        <div className="card-actions">
          {files.length > 0 && (
            <button
              type="button"
              className="button button-s"
              onClick={() => void download(name, files)}
            >
              Download ZIP
            </button>
          )}
        </div>
      </div>
      <div className="card-body">
        {!bundle && (
          <p className="note note-info">
            The skeletons of this template are not part of the portal, so there is nothing to show.
          </p>
        )}
        {failure && (
          <p className="note note-error" role="alert">
            {failure}
          </p>
        )}
        {result?.error && <output className="block note note-warn">{result.error}</output>}
        {bundle && !result && !failure && (
          <output className="block muted create-waiting">Rendering…</output>
        )}
        {result && <Left result={result} />}
        {result && result.unresolved.length > 0 && (
          <Unresolved result={result} onShow={setChosen} />
        )}
        {files.length > 0 && file && (
          <div className="create-files">
            <FileTree files={files} chosen={file.path} onChoose={setChosen} />
            <FileView file={file} />
          </div>
        )}
      </div>
    </section>
  );
}

/** Steps whose work a preview cannot show. */
function Left({ result }: { result: PreviewResult }): ReactNode {
  const left = result.steps.filter(({ state }) => state === 'dry');
  if (left.length === 0) return null;
  return (
    <p className="small muted create-left">
      Only in a real run:{' '}
      {left.map(({ name, action }) => (name === action ? name : `${name} (${action})`)).join(', ')}.
    </p>
  );
}

function Unresolved({
  result,
  onShow,
}: {
  result: PreviewResult;
  onShow(path: string): void;
}): ReactNode {
  const shown = result.unresolved.slice(0, 8);
  return (
    <details className="create-unresolved">
      <summary>{result.unresolved.length} places read a value that is not there yet</summary>
      <ul>
        {shown.map(({ file, line, column, name }) => {
          const made = result.files.find(({ path }) => path === file || path.endsWith(`/${file}`));
          return (
            <li key={`${file}:${line}:${column} ${name}`}>
              <code>{name}</code> in{' '}
              {made ? (
                <button type="button" className="create-place" onClick={() => onShow(made.path)}>
                  {placeText(file, line, column)}
                </button>
              ) : (
                placeText(file, line, column)
              )}
            </li>
          );
        })}
        {result.unresolved.length > shown.length && (
          <li>and {result.unresolved.length - shown.length} more</li>
        )}
      </ul>
    </details>
  );
}

/** `file:line:column`; the input of a step has no line. */
function placeText(file: string, line: number, column: number): string {
  return line === 0 ? file : `${file}:${line}:${column}`;
}

/** Packs the files; the packer is loaded when somebody asks for it. */
async function download(name: string, files: readonly PreviewFile[]): Promise<void> {
  const { zipOf } = await import('../engine/zip.ts');
  const folder = name.slice(name.indexOf('/') + 1);
  const archive = zipOf(
    files.map(({ path, mode, bytes }) => ({ path: `${folder}/${path}`, mode, content: bytes })),
  );
  const url = URL.createObjectURL(new Blob([archive], { type: 'application/zip' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = `${folder}.zip`;
  link.click();
  URL.revokeObjectURL(url);
}
