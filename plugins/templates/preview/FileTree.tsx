import type { ReactNode } from 'react';

import type { PreviewFile } from './messages.ts';

interface Folder {
  name: string;
  folders: Map<string, Folder>;
  files: PreviewFile[];
}

interface Props {
  files: readonly PreviewFile[];
  chosen: string;
  onChoose(path: string): void;
}

/** The made files by folder. */
export function FileTree({ files, chosen, onChoose }: Props): ReactNode {
  return (
    <nav className="create-tree" aria-label="Files">
      <Entries folder={treeOf(files)} chosen={chosen} onChoose={onChoose} />
    </nav>
  );
}

function Entries({
  folder,
  chosen,
  onChoose,
}: { folder: Folder } & Omit<Props, 'files'>): ReactNode {
  return (
    <ul>
      {[...folder.folders.values()].map((inner) => (
        <li key={inner.name}>
          <details open>
            <summary>{inner.name}/</summary>
            <Entries folder={inner} chosen={chosen} onChoose={onChoose} />
          </details>
        </li>
      ))}
      {folder.files.map(({ path, mode }) => (
        <li key={path}>
          <button
            type="button"
            aria-current={path === chosen ? 'true' : undefined}
            onClick={() => onChoose(path)}
          >
            {path.slice(path.lastIndexOf('/') + 1)}
            {mode === 0o100755 && <span className="muted"> *</span>}
          </button>
        </li>
      ))}
    </ul>
  );
}

function treeOf(files: readonly PreviewFile[]): Folder {
  const root: Folder = { name: '', folders: new Map(), files: [] };
  for (const file of files) {
    let folder = root;
    for (const name of file.path.split('/').slice(0, -1)) {
      const inner = folder.folders.get(name) ?? { name, folders: new Map(), files: [] };
      folder.folders.set(name, inner);
      folder = inner;
    }
    folder.files.push(file);
  }
  return root;
}
