import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chromium, type Browser } from 'playwright-core';

const known = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

/** Starts Chromium: the one on this machine, else from the distribution, else by Playwright's own installer. */
export function launchChromium(): Promise<Browser> {
  return chromium.launch({
    executablePath: findChromium() ?? installChromium(),
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--disable-quic',
    ],
  });
}

function findChromium(): string | undefined {
  const named = process.env['CHROMIUM'];
  return [...(named ? [named] : []), ...known, chromium.executablePath()].find(
    (path) => path && existsSync(path),
  );
}

function installChromium(): string {
  const isRoot = process.getuid?.() === 0;
  const sudo = isRoot ? [] : ['sudo', '-n'];
  attempt([...sudo, 'apt-get', 'update', '-q']);
  attempt([...sudo, 'apt-get', 'install', '-yq', '--no-install-recommends', 'chromium']);
  const fromDistribution = findChromium();
  if (fromDistribution) return fromDistribution;
  attempt(['npx', 'playwright-core', 'install', '--with-deps', 'chromium']);
  const installed = findChromium();
  if (installed) return installed;
  throw new Error(
    'There is no Chromium here, and neither apt-get nor Playwright could install one. Set CHROMIUM to its path.',
  );
}

function attempt([command, ...parameters]: string[]): void {
  spawnSync(command!, parameters, {
    stdio: 'inherit',
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  });
}
