// Every page in every state, as the samples of the templates show it: axe, no wider than the screen, nothing in the
// console, nothing asked from anybody else, with every menu closed and every menu open. No demo is needed: the
// example `pages` has written them into a folder, named by PAGES (else `target/pages`).
// The walks through a running demo are in `walk.mjs`.

import assert from 'node:assert/strict';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { startBrowser, target, visit, visitors } from './lib.mjs';

const folder = process.env.PAGES ?? join(target, 'pages');
const kinds = { '.html': 'text/html; charset=utf-8', '.css': 'text/css', '.js': 'text/javascript' };

let browser;
let server;
let home;

before(async () => {
  browser = await startBrowser('pages');
  server = createServer((request, answer) => {
    const path = normalize(new URL(request.url, 'http://localhost').pathname);
    const file = join(folder, path);
    if (!existsSync(file) || !kinds[extname(file)]) return answer.writeHead(404).end();
    // The strictest policy that the pages must live with: nothing inline, nothing from elsewhere.
    answer.setHeader('content-security-policy',
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'");
    answer.setHeader('content-type', kinds[extname(file)]);
    return answer.end(readFileSync(file));
  });
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  home = `http://127.0.0.1:${server.address().port}/`;
});

after(async () => {
  await browser?.close();
  server?.closeAllConnections();
  server?.close();
});

// One visitor on each core.
describe('every page', { concurrency: true }, () => {
  for (const visitor of visitors.filter(({ scripts }) => scripts)) {
    test(`every page in every state is sound: ${visitor.name}`, { timeout: 300_000 }, async () => {
      const names = readdirSync(folder).filter((name) => name.endsWith('.html'));
      assert.ok(names.length > 50, `${folder} has ${names.length} pages`);
      const trip = await visit(browser, visitor, home, 'pages');
      const wrong = new Map();
      for (const name of names) {
        await trip.page.goto(home + name);
        // The style guide shows the same part twice on purpose, once in each colour scheme.
        const without = name.startsWith('style-guide') ? ['landmark-unique'] : [];
        for (const state of ['closed', 'open']) {
          if (state === 'open') {
            const menus = trip.page.locator('details');
            if ((await menus.count()) === 0) continue;
            await menus.evaluateAll((found) => found.forEach((one) => { one.open = true; }));
          }
          const page = `${name.replace('.html', '')}-${state}`;
          // All that is wrong is told at once, and once: what is wrong in a component is wrong on twenty pages.
          await trip.look(page, { without }).catch(({ message }) => {
            const what = message.replace(`${page}: `, '');
            wrong.set(what, [...(wrong.get(what) ?? []), page]);
          });
        }
      }
      const told = [...wrong].map(([what, pages]) => `${what}\n  on ${pages.join(', ')}`).join('\n');
      assert.ok(wrong.size === 0, told);
      await trip.close();
    });
  }
});
