import { didYouMean } from '../../../collectors/did-you-mean.ts';

/** Actions an unknown one may be meant as: those that end alike, else the one a typo is closest to. */
export function nearActions(action: string, known: Iterable<string>): string[] {
  const ids = [...known];
  const last = action.split(':').at(-1);
  const alike = ids.filter((id) => id.split(':').at(-1) === last);
  if (alike.length > 0) return alike.slice(0, 3);
  const near = didYouMean(action, ids);
  return near === undefined ? [] : [near];
}
