import type { Step, TemplateSpec } from './engine/index.ts';

/** A skeleton a step names, cut where the address depends on values. */
export interface SkeletonAddress {
  step: string;
  /** Position of the step. */
  index: number;
  address: string;
  /** Everything of the address that is fixed, up to its last whole folder. */
  fixed: string;
  isFixed: boolean;
  isFile: boolean;
}

const fetching = new Map([
  ['fetch:template', false],
  ['fetch:plain', false],
  ['fetch:template:file', true],
  ['fetch:plain:file', true],
]);

/** The skeletons of a template's steps. */
export function skeletonAddresses(spec: TemplateSpec): SkeletonAddress[] {
  return spec.steps.flatMap((step, index) => {
    const address = addressOf(step);
    if (address === undefined) return [];
    const cut = address.search(/\$\{\{|\{%/);
    const isFixed = cut === -1;
    const fixed = isFixed ? address : address.slice(0, cut).replace(/[^/]*$/, '') || './';
    return [{ step: step.id, index, address, fixed, isFixed, isFile: fetching.get(step.action)! }];
  });
}

function addressOf(step: Step): string | undefined {
  if (!fetching.has(step.action)) return undefined;
  const url = step.input?.['url'];
  return typeof url === 'string' && url !== '' ? url : undefined;
}
