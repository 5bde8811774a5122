// The picture that README.md shows. Each run makes it anew, beside the site: build/shots/play.png.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { enter, inEmulator, newContext, SITE, waitForTally } from './fixture.mjs';

const SHOWN = fileURLToPath(new URL('../../web/docs/play.png', import.meta.url));
const MADE = join(SITE, '..', 'shots', 'play.png');
const MOST = 0.05; // of the pixels may differ: their edges do, from one version of Chromium to the next

// Five tasks in the scenario of languages, one of which is accepted.
export async function playLanguages(page) {
  await enter(page, '#play?open=languages');
  for (let example = 1; example <= 5; example += 1) {
    await page.click(`.examples button:nth-child(${example})`);
    await page.click('#create-task');
    await page.locator(`.mark-task[data-task="${example}"]`).first().waitFor();
  }
  await page.click('[aria-label^="Accept task 1"]');
  await waitForTally(page, { status: 'assigned', count: 1 });
}

// Whether the page's letters are those of the picture.
function hasItsFonts() {
  return spawnSync('fc-match', ['system-ui'], { encoding: 'utf8' }).stdout?.startsWith('DejaVuSans.');
}

// The share of pixels that differ, or 1 if the sizes do.
async function difference(one, other) {
  const context = await newContext();
  try {
    const page = await context.newPage();
    return await page.evaluate(
      async (pictures) => {
        const read = async (text) => {
          const bytes = Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
          const bitmap = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
          const { width, height } = bitmap;
          const canvas = new OffscreenCanvas(width, height).getContext('2d');
          canvas.drawImage(bitmap, 0, 0);
          return { width, height, data: canvas.getImageData(0, 0, width, height).data };
        };
        const [a, b] = await Promise.all(pictures.map(read));
        if (a.width !== b.width || a.height !== b.height) return 1;
        let differing = 0;
        for (let at = 0; at < a.data.length; at += 4) {
          const far = [0, 1, 2].some((channel) => Math.abs(a.data[at + channel] - b.data[at + channel]) > 32);
          if (far) differing += 1;
        }
        return (differing * 4) / a.data.length;
      },
      [one, other].map((bytes) => bytes.toString('base64')),
    );
  } finally {
    await context.close();
  }
}

export function pictureTests() {
  test('the picture in README.md is what the page looks like', (context) =>
    inEmulator(
      async (page) => {
        await playLanguages(page);
        await page.mouse.move(0, 0);
        const made = await page.screenshot({ fullPage: true });
        mkdirSync(dirname(MADE), { recursive: true });
        writeFileSync(MADE, made);
        if (!hasItsFonts()) return context.skip('the picture is of a system with DejaVu Sans');
        const share = await difference(made, readFileSync(SHOWN));
        assert.ok(share <= MOST, `${(share * 100).toFixed(1)} % differ: look at ${MADE}, and copy it to web/docs/play.png`);
        return undefined;
      },
      { viewport: { width: 1280, height: 900 }, colorScheme: 'light', reducedMotion: 'reduce' },
    )(),
  );
}
