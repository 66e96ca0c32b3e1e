/** How a run tells what it is doing: one changing line on a terminal, plain lines elsewhere, nothing when quiet. */
export interface Progress {
  step(stage: string, done: number, total: number, what?: string): void;
  line(text: string): void;
  /** Lines that belong together; GitHub folds them. */
  group(title: string, lines: readonly string[]): void;
  end(): void;
}

/** Writes to standard error, so that standard output holds results only. */
export function createProgress(
  quiet: boolean,
  stream: NodeJS.WriteStream = process.stderr,
): Progress {
  if (quiet) return { step() {}, line() {}, group() {}, end() {} };
  const isTerminal = stream.isTTY && !process.env['CI'];
  return isTerminal ? terminalProgress(stream) : plainProgress(stream);
}

function terminalProgress(stream: NodeJS.WriteStream): Progress {
  let last = 0;
  function clear(): void {
    stream.write('\r\u001B[2K');
  }
  function line(text: string): void {
    clear();
    stream.write(`${text}\n`);
  }
  return {
    step(stage, done, total, what) {
      const now = performance.now();
      if (now - last < 80 && done < total) return;
      last = now;
      clear();
      stream.write(
        `${stage} ${done}/${total}${what ? ` ${what}` : ''}`.slice(
          0,
          // A terminal that does not say how wide it is.
          Math.max(20, (stream.columns || 80) - 1),
        ),
      );
    },
    line,
    group(title, lines) {
      line(title);
      for (const each of lines) line(`  ${each}`);
    },
    end: clear,
  };
}

/** A line per stage every ten seconds is enough for a log. */
function plainProgress(stream: NodeJS.WriteStream): Progress {
  const inActions = process.env['GITHUB_ACTIONS'] === 'true';
  const lastByStage = new Map<string, number>();
  function line(text: string): void {
    stream.write(`${text}\n`);
  }
  return {
    step(stage, done, total, what) {
      const now = performance.now();
      const last = lastByStage.get(stage) ?? (lastByStage.set(stage, now), now);
      if (now - last < 10_000) return;
      lastByStage.set(stage, now);
      line(`${stage} ${done}/${total}${what ? ` ${what}` : ''}`);
    },
    line,
    group(title, lines) {
      line(inActions ? `::group::${title}` : title);
      for (const each of lines) line(`  ${each}`);
      if (inActions) line('::endgroup::');
    },
    end() {},
  };
}
