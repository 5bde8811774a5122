// Chromium, as every test in a browser starts it.
import { existsSync } from 'node:fs';

const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';
const playwright = await import('playwright-core').catch(() => undefined);

// Why there is no Chromium here, or false.
export const isMissing =
  (!playwright || !existsSync(executablePath)) && 'Chromium or playwright-core is not installed';

export const launchChromium = () =>
  playwright.chromium.launch({
    executablePath,
    args: [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
