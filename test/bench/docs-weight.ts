/**
 * How much HTML the docs pages of a built portal have around their content.
 *
 *   node test/bench/docs-weight.ts <dist>
 */
import { weighDocs } from '../docs-weight.ts';

const most = 8_000;
const [dist] = process.argv.slice(2);
if (!dist) {
  console.error('Usage: node test/bench/docs-weight.ts <dist>');
  process.exit(2);
}
const weights = weighDocs(dist);
for (const { path, around } of weights.slice(0, 5)) console.log(`${around}  ${path}`);
console.log(
  `RESULT ${JSON.stringify({
    bench: 'docs-weight',
    pages: weights.length,
    heaviest: weights[0]?.around,
    median: weights[Math.floor(weights.length / 2)]?.around,
    holds: weights.length > 0 && weights[0]!.around < most,
  })}`,
);
