import { InvalidArgumentError } from 'commander';

/** A port as typed after `--port`. */
export function readPort(value: string): number {
  const port = Number(value);
  if (Number.isInteger(port) && port > 0 && port < 65_536) return port;
  throw new InvalidArgumentError('expected a number from 1 to 65535');
}
