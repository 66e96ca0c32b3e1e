import circleAlert from 'lucide-static/icons/circle-alert.svg?raw';
import copy from 'lucide-static/icons/copy.svg?raw';
import type { ReactNode } from 'react';

import { Age } from '../../../ui/Age.tsx';
import { SvgIcon } from '../../../ui/SvgIcon.tsx';
import type { Health } from '../schema.ts';
import { toneOf } from '../words.ts';

interface Props {
  title: string;
  health: Health;
  since: string | undefined;
  kubectl: string;
  link: string | undefined;
}

/** Why something is not well, in one sentence, and what to do next. */
export function Cause({ title, health, since, kubectl, link }: Props): ReactNode {
  const text = [health.message, ...(health.notes ?? [])].map(sentence).join(' ');
  return (
    <div data-k8s-cause>
      <div className={`note note-${toneOf(health.status)}`}>
        <SvgIcon svg={circleAlert} />
        <div>
          <p className="note-title" dir="auto">
            {title}
          </p>
          <p className="cluster cluster-s">
            <span dir="auto">{text}</span>
            {since && (
              <span className="muted">
                degraded since <Age at={since} />
              </span>
            )}
            {link && (
              <a href={link} rel="noopener noreferrer">
                Open in the dashboard
              </a>
            )}
          </p>
          <div className="code-block" data-copy-block>
            <div className="code-block-bar">
              <span>Next</span>
              <button
                type="button"
                className="button button-quiet button-s push needs-script no-print"
                data-copy=""
              >
                <SvgIcon svg={copy} />
                Copy
              </button>
            </div>
            {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex, jsx-a11y/prefer-tag-over-role -- a box that scrolls has to be reached by keyboard */}
            <pre tabIndex={0} role="region" aria-label={`Next for ${title}`}>
              <code>{kubectl}</code>
            </pre>
          </div>
        </div>
      </div>
    </div>
  );
}

function sentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
