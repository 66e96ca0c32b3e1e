import { useMemo, useState, type ReactNode } from 'react';

import { tokensOf } from './highlight.ts';
import { lineDiff } from './line-diff.ts';
import type { PreviewFile } from './messages.ts';

const signs = { same: ' ', added: '+', removed: '−' } as const;
const words = { same: '', added: 'added: ', removed: 'removed: ' } as const;

/** One made file: as it is, or compared with the skeleton it came from. */
export function FileView({ file }: { file: PreviewFile }): ReactNode {
  const [isDiff, setDiff] = useState(false);
  const canCompare =
    file.text !== undefined && file.before !== undefined && file.before !== file.text;
  return (
    <div className="create-file">
      <div className="code-block-bar">
        <span className="mono truncate">{file.path}</span>
        {canCompare && (
          <button
            type="button"
            className="button button-s button-quiet push"
            aria-pressed={isDiff}
            onClick={() => setDiff(!isDiff)}
          >
            Compare with the skeleton
          </button>
        )}
      </div>
      {file.text === undefined && (
        <p className="muted create-waiting">
          Binary, {file.bytes.length.toLocaleString('en')} bytes: copied as it is.
        </p>
      )}
      {file.text !== undefined &&
        (isDiff && canCompare ? <Diff file={file} /> : <Content file={file} />)}
    </div>
  );
}

function Content({ file }: { file: PreviewFile }): ReactNode {
  const tokens = useMemo(() => tokensOf(file.path, file.text!), [file]);
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls: the keyboard must reach it
    <pre tabIndex={0} aria-label={file.path}>
      {tokens.map(({ kind, text, at }) =>
        kind === 'plain' ? (
          text
        ) : (
          <span className={`token-${kind}`} key={at}>
            {text}
          </span>
        ),
      )}
    </pre>
  );
}

function Diff({ file }: { file: PreviewFile }): ReactNode {
  const lines = useMemo(() => lineDiff(file.before!, file.text!), [file]);
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls: the keyboard must reach it
    <pre tabIndex={0} aria-label={`${file.path} compared with the skeleton`}>
      {lines.map(({ kind, text, number }) => (
        <span className={`diff-line diff-${kind}`} key={number}>
          <span aria-hidden="true">{signs[kind]} </span>
          {kind !== 'same' && <span className="visually-hidden">{words[kind]}</span>}
          {text}
          {'\n'}
        </span>
      ))}
    </pre>
  );
}
