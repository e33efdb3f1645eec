// What every walk needs: a demo of its own, Chromium with an empty profile, pictures, and checks that hold on every
// page (axe, nothing wider than the screen, no error in the console, no request to anybody else).
// The walks themselves, with the names of things on the pages, are in `walk.mjs`.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { createRequire } from 'node:module';
import { delimiter, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
/** Where the build puts things, and we our pictures. */
export const target = resolve(root, process.env.CARGO_TARGET_DIR ?? 'target');
const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** The ways people come: a name for the pictures, and what Chromium is told. */
export const visitors = [
  { name: 'desktop-light', width: 1280, height: 900, scheme: 'light', scripts: true },
  { name: 'phone-dark', width: 390, height: 844, scheme: 'dark', scripts: true },
  { name: 'desktop-dark-no-scripts', width: 1280, height: 900, scheme: 'dark', scripts: false },
  { name: 'phone-light-no-scripts', width: 390, height: 844, scheme: 'light', scripts: false },
];

/**
 * Starts `midcycle demo` on a free port and waits until it has said where it is and answers there.
 * Resolves to `{ portal, admin, customers, stop }`, the first two as `{ url, email, password }`; `customers` finds another one
 * of the demo's logins by the beginning of its mail address.
 */
export async function startDemo() {
  const program = process.env.MIDCYCLE_BIN ?? ['debug', 'release'].map((profile) => join(target, profile, 'midcycle')).find(existsSync);
  assert.ok(program, `no binary in ${target}: run cargo build -p midcycle`);
  const port = await freePort();
  const demo = spawn(program, ['demo', '--port', String(port)], { stdio: ['ignore', 'pipe', 'pipe'], cwd: root });

  let said = '';
  const listeners = new Set();
  const hear = (chunk) => {
    said += chunk;
    for (const listener of listeners) listener();
  };
  demo.stdout.setEncoding('utf8').on('data', hear);
  demo.stderr.setEncoding('utf8').on('data', hear);
  let ended = null;
  const end = new Promise((done) => {
    demo.on('error', (error) => done((ended = String(error))));
    demo.on('exit', (code, signal) => done((ended = `exit code ${code}, signal ${signal}`)));
  });

  const stop = async () => {
    if (ended === null) {
      demo.kill('SIGTERM');
      const hard = setTimeout(() => demo.kill('SIGKILL'), 10_000);
      await end;
      clearTimeout(hard);
    }
  };
  const login = (label, whose = '') => {
    const lines = said.split('\n').filter((text) => text.trim().startsWith(label) && text.includes('password'));
    const line = lines.find((text) => text.includes(`login ${whose}`));
    const found = line?.match(/(https?:\/\/\S+)\s+login\s+(\S+)\s+password\s+(\S+)/);
    return found ? { url: found[1], email: found[2], password: found[3] } : null;
  };

  try {
    const ready = new Promise((done) => {
      const look = () => login('portal') && login('admin') && done();
      listeners.add(look);
      look();
    });
    await within(120_000, 'the demo to print its addresses', Promise.race([
      ready,
      end.then((why) => assert.fail(`the demo ended before it was ready (${why})`)),
    ]));
    const addresses = { portal: login('portal'), admin: login('admin') };
    for (const { url } of Object.values(addresses)) {
      // A port taken by somebody else between our look and the demo's bind would test a stranger.
      assert.equal(new URL(url).port, String(port), `the demo printed ${url}, and was told port ${port}`);
      const answer = await fetch(url, { signal: AbortSignal.timeout(10_000) });
      assert.ok(answer.status < 500, `${url} answers ${answer.status}`);
    }
    assert.equal(ended, null, 'the demo still runs');
    return { ...addresses, customers: (whose) => login('portal', whose), stop, output: () => said };
  } catch (error) {
    await stop();
    error.message += `\nthe demo said:\n${said}`;
    throw error;
  }
}

/** Chromium with an empty profile, thrown away after. The album's old pictures go, so that none is stale. */
export async function startBrowser(album) {
  rmSync(join(target, 'browser', album), { recursive: true, force: true });
  return chromium.launch({
    executablePath: findChromium(),
    headless: true,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--no-first-run',
    ],
  });
}

/**
 * A page as one visitor sees it, with everything that went wrong on the way in `troubles`.
 * `close` fails when there were any.
 */
export async function visit(browser, visitor, home, album) {
  const context = await browser.newContext({
    viewport: { width: visitor.width, height: visitor.height },
    colorScheme: visitor.scheme,
    javaScriptEnabled: visitor.scripts,
    reducedMotion: 'reduce',
    hasTouch: visitor.width < 600,
    locale: 'en-GB',
  });
  context.setDefaultTimeout(15_000);
  const page = await context.newPage();
  const troubles = [];
  const origin = new URL(home).origin;
  page.on('console', (message) => {
    if (message.type() === 'error') troubles.push(`console: ${message.text()}`);
  });
  page.on('pageerror', (error) => troubles.push(`script: ${error}`));
  page.on('response', (answer) => {
    if (answer.status() >= 400) troubles.push(`${answer.request().method()} ${answer.url()} answered ${answer.status()}`);
  });
  page.on('request', (request) => {
    const url = new URL(request.url());
    if (url.protocol.startsWith('http') && url.origin !== origin) troubles.push(`a request to ${url.origin}`);
  });

  let count = 0;
  const folder = join(target, 'browser', album, visitor.name);
  mkdirSync(folder, { recursive: true });
  const look = async (name, { without = [] } = {}) => {
    count += 1;
    await page.screenshot({ path: join(folder, `${String(count).padStart(2, '0')}-${name}.png`), fullPage: true });
    await fitsTheScreen(page, name);
    if (visitor.scripts) await axeFindsNothing(page, name, without);
  };
  const close = async () => {
    await context.close();
    assert.ok(troubles.length === 0, `${visitor.name}: on the way\n  ${troubles.join('\n  ')}`);
  };
  return { page, look, close, troubles };
}

/** Opens a menu by its button: with scripts off too, so it must be a real button or a `<summary>`. */
export async function openMenu(scope, name) {
  const opener = scope.getByRole('button', { name }).or(scope.locator('summary').and(scope.getByLabel(name)));
  await opener.first().click();
}

/** An amount of money (of a currency with two decimals) as it stands on a page, in minor units: "€1,234.50" → 123450, "−€6.67" → −667. */
export function minorUnits(text) {
  const found = text.match(/[−-]?\s*(?:[A-Z]{3}|[€$£¥])?\s*[−-]?\s*(\d[\d,\u00a0\u202f ]*)(?:\.(\d{2}))?/u);
  assert.ok(found, `no amount in "${text}"`);
  const units = BigInt(found[1].replace(/\D/g, '')) * 100n + BigInt(found[2] ?? 0);
  return Number(/[−-]/.test(found[0]) ? -units : units);
}

async function fitsTheScreen(page, name) {
  const { wide, screen } = await overDevtools(
    page,
    '({ wide: document.documentElement.scrollWidth, screen: document.documentElement.clientWidth })',
  );
  assert.ok(wide <= screen, `${name}: the page is ${wide} wide on a screen of ${screen}`);
}

async function axeFindsNothing(page, name, without) {
  await overDevtools(page, `${axeSource}; 0`);
  const rules = JSON.stringify(Object.fromEntries(without.map((rule) => [rule, { enabled: false }])));
  const violations = await overDevtools(
    page,
    `axe.run(document, { resultTypes: ['violations'], rules: ${rules} }).then(({ violations }) =>
      violations.map(({ id, help, nodes }) => id + ': ' + help + '\\n    ' +
        nodes.map((node) => node.target.join(' ') + ' ' + (node.any[0]?.message ?? '')).join('\\n    ')))`,
  );
  assert.ok(violations.length === 0, `${name}: axe finds\n  ${violations.join('\n  ')}`);
}

// Not `page.evaluate`, which needs eval and would meet the Content-Security-Policy that we want to keep switched on.
async function overDevtools(page, expression) {
  const session = await page.context().newCDPSession(page);
  try {
    const answer = await session.send('Runtime.evaluate', { expression, awaitPromise: true, returnByValue: true });
    assert.equal(answer.exceptionDetails, undefined, JSON.stringify(answer.exceptionDetails));
    return answer.result.value;
  } finally {
    await session.detach();
  }
}

function findChromium() {
  if (process.env.CHROMIUM) return process.env.CHROMIUM;
  const folders = (process.env.PATH ?? '').split(delimiter);
  const found = ['chromium', 'chromium-browser', 'google-chrome']
    .flatMap((name) => folders.map((folder) => join(folder, name)))
    .find(existsSync);
  assert.ok(found, 'no Chromium on this machine: install the package chromium, or set CHROMIUM to the program');
  return found;
}

function freePort() {
  return new Promise((done, failed) => {
    const server = createServer().on('error', failed);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => done(port));
    });
  });
}

async function within(limit, what, promise) {
  let timer;
  const late = new Promise((_, failed) => {
    timer = setTimeout(() => failed(new Error(`waited ${limit / 1000} s in vain for ${what}`)), limit);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
