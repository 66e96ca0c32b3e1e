#!/usr/bin/env node
/**
 * The `callboard` command: runs on any Node >= 20 and hands over to the Node that package.json pins,
 * so that what it does never depends on the machine. Plain JavaScript because old Nodes read no TypeScript.
 */
import { spawn } from 'node:child_process';
import { ensureInstalled, nodeArguments, pinnedNode } from './install.mjs';

ensureInstalled();

const child = spawn(pinnedNode(), nodeArguments(process.argv.slice(2)), { stdio: 'inherit' });
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
child.on('exit', (code, signal) => {
  if (!signal) process.exit(code ?? 70);
  process.removeAllListeners(signal);
  process.kill(process.pid, signal);
});
child.on('error', (error) => {
  console.error(`callboard: cannot start Node at ${pinnedNode()}: ${error.message}`);
  process.exit(70);
});
