import picomatch from 'picomatch';

const maxPatternLength = 500;

/** Whether a path matches one of the globs, as globby reads them: a bare folder means everything in it, `!` excludes. */
export function matcherOf(
  patterns: readonly string[],
  isFolder: (path: string) => boolean,
  options: { dot: boolean } = { dot: true },
): (path: string) => boolean {
  const [excluded, included] = [true, false].map((isNegative) =>
    patterns
      .filter(
        (pattern) => pattern.length <= maxPatternLength && pattern.startsWith('!') === isNegative,
      )
      .map((pattern) => (isNegative ? pattern.slice(1) : pattern).replace(/^\.\//, ''))
      .flatMap((pattern) => {
        const folder = pattern.replace(/\/+$/, '');
        return isFolder(folder) ? [folder, `${folder}/**`] : [pattern];
      })
      .map((pattern) => picomatch(pattern, { dot: options.dot })),
  );
  return (path) =>
    included!.some((matches) => matches(path)) && !excluded!.some((matches) => matches(path));
}
