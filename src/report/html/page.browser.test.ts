/** The page in a real browser, as a reader uses it: by mouse, by keyboard, on a phone, without script. */
import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import type { Report } from '../../outcome.js';
import { sampleReport } from '../sample-report.js';
import { toHtml } from './page.js';

const executablePath = '/usr/bin/chromium';
const skip = existsSync(executablePath)
  ? false
  : `${executablePath} is missing: install the Debian package chromium`;
const offline = [
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-quic',
];

interface Contrast {
  readonly text: string;
  readonly ratio: number;
}

const contrastOfTexts = readFileSync(new URL('contrast.test.client.js', import.meta.url), 'utf8');

const hostileName = '</script><img src=x onerror="globalThis.hacked = 1">\u0000\u202e';

/** With a scenario, a message and evidence that try to become markup. */
function hostileReport(): Report {
  const report = sampleReport({ scenarios: 48, backends: 6 });
  const outcome = {
    kind: 'failed',
    signature: '',
    step: `Then ${hostileName}`,
    message: hostileName,
    evidence: [{ title: hostileName, text: hostileName }],
  } as const;
  const deviation = { kind: 'bug', reason: hostileName, reference: 'javascript:globalThis.hacked = 1' };
  const scenarios = report.header.scenarios.map((scenario, row) =>
    row === 0 ? { ...scenario, id: 'evil.1:<b>&"\'% é', name: hostileName, steps: [hostileName] } : scenario,
  );
  const results = report.results.map((result) =>
    result.scenario === 'whiteouts.1'
      ? ({
          ...result,
          scenario: 'evil.1:<b>&"\'% é',
          verdict: 'changed-deviation',
          outcome,
          deviation,
        } as const)
      : result,
  );
  return { ...report, header: { ...report.header, scenarios }, results };
}

describe('the page in a browser', { skip }, () => {
  const directory = mkdtempSync(join(tmpdir(), 'union-conformance-page-'));
  const address = pathToFileURL(join(directory, 'index.html')).href;
  const complaints: string[] = [];
  let browser: Browser;

  before(async () => {
    writeFileSync(join(directory, 'index.html'), toHtml(hostileReport()));
    browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu', ...offline] });
  });
  after(async () => {
    await browser?.close();
    rmSync(directory, { recursive: true });
    assert.deepEqual(complaints, []);
  });

  async function open(hash = '', options: BrowserContextOptions = {}): Promise<Page> {
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
    const page = await context.newPage();
    page.setDefaultTimeout(10_000);
    page.on('console', (message) => complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('request', (request) => {
      if (!request.url().startsWith(address)) complaints.push(`it asked for ${request.url()}`);
    });
    await page.goto(address + hash);
    return page;
  }
  const shownRows = (page: Page) => page.locator('#matrix .row:visible').count();

  test('the filter takes words, verdicts and a backend, and counts what is left', async () => {
    const page = await open();
    assert.equal(await shownRows(page), 48);
    await page.fill('[name=words]', 'FIFO Copy-Up');
    assert.equal(await page.textContent('#shown'), '1 of 48 scenarios');
    assert.equal(await shownRows(page), 1);
    await page.click('text=Clear');
    await page.check('label:has-text("hangs") input');
    assert.deepEqual(
      await page.locator('#matrix .row:visible').evaluateAll((all) => all.map(({ id }) => id)),
      ['copy-up.10'],
    );
    await page.selectOption('[name=backend]', 'embedded');
    assert.equal(await shownRows(page), 0);
    assert.ok(await page.isVisible('text=No scenario fits.'));
  });

  test('a link opens its scenario or claim, even one that the filter hides', async () => {
    const page = await open('#copy-up.12%3Aa%20fifo');
    assert.ok(await page.isVisible('[id="copy-up.12:a fifo"] .gherkin'));
    assert.equal(await shownRows(page), 48);
    await page.fill('[name=words]', 'whiteouts.2');
    await page.goto(`${address}#rename.3`);
    await page.waitForSelector('[id="rename.3"] .gherkin', { state: 'visible' });
    assert.equal(await page.inputValue('[name=words]'), '');
    assert.ok(await (await open('#U14')).isVisible('#U14 .shown-by'));
    await page.click('[id="rename.4"] > summary');
    assert.match(page.url(), /#rename\.4$/);
  });

  test('the keyboard does everything', async () => {
    const page = await open();
    const focused = async () => (await page.textContent(':focus')) ?? '';
    await page.keyboard.press('Tab');
    assert.equal(await focused(), 'To the scenarios');
    await page.keyboard.press('/');
    assert.equal(await page.getAttribute(':focus', 'name'), 'words');
    await page.keyboard.type('rename');
    await page.keyboard.press('Escape');
    assert.equal(await page.inputValue('[name=words]'), '');
    await page.focus('[id="whiteouts.2"] > summary');
    await page.keyboard.press('ArrowDown');
    assert.match(await focused(), /whiteouts\.3/);
    await page.keyboard.press('Enter');
    assert.ok(await page.isVisible('[id="whiteouts.3"] .verdicts'));
    await page.keyboard.press('End');
    assert.match(await focused(), /opaque-directories\.12/);
    const outline = await page.evaluate('getComputedStyle(document.activeElement).outlineStyle');
    assert.equal(outline, 'solid');
  });

  test('a failure shows where it stopped, the coloured difference, and a command to copy', async () => {
    const page = await open('#copy-up.10');
    const row = page.locator('[id="copy-up.10"]');
    assert.match(
      (await row.locator('.gherkin .stopped').textContent()) ?? '',
      /Then the state is now:.*H fuse-overlayfs/,
    );
    assert.equal(
      await row.locator('.line.expected').first().textContent(),
      '- d/new  old  mode 0644 owner 0:0 mtime 1000000000.000000000 links 1\n',
    );
    await row.locator('.command button').first().click();
    await page.waitForSelector('#announcement:has-text("in the clipboard")');
  });

  test('names stay names', async () => {
    const page = await open(`#${encodeURIComponent('evil.1:<b>&"\'% é')}`);
    assert.match(
      (await page.textContent('.row[open] .message')) ?? '',
      /^<\/script><img .*\\x00\\u\{202e\}$/,
    );
    assert.equal(await page.locator('img, .deviation a').count(), 0);
    assert.equal(await page.evaluate("'hacked' in globalThis"), false);
  });

  for (const colorScheme of ['light', 'dark'] as const) {
    test(`it can be read in ${colorScheme} colours`, async () => {
      const page = await open('#rename.5', { colorScheme });
      const contrasts = await page.evaluate<readonly Contrast[]>(contrastOfTexts);
      assert.ok(contrasts.length > 100);
      assert.deepEqual(
        contrasts.filter(({ ratio }) => ratio < 4.5),
        [],
      );
      const paper = await page.evaluate('getComputedStyle(document.body).backgroundColor');
      assert.equal(paper, colorScheme === 'light' ? 'rgb(252, 251, 248)' : 'rgb(21, 23, 26)');
    });
  }

  test('a phone shows all of it without scrolling sideways', async () => {
    const page = await open('#rename.5', { viewport: { width: 390, height: 844 } });
    assert.equal(await page.evaluate('document.documentElement.scrollWidth'), 390);
    assert.ok(await page.isVisible('[id="rename.5"] .command button'));
  });

  test('without script there are scores, failures and a table of the features', async () => {
    const page = await open('', { javaScriptEnabled: false });
    assert.equal(await page.locator('.scores tbody tr').count(), 6);
    assert.ok(await page.isVisible('noscript table'));
  });
});
