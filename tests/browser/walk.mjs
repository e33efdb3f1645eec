// The portal and the admin, walked as people walk them: by the names they read, with and without scripts, on a desk
// and on a phone, in light and dark. Every page on the way is looked at (a picture, axe, its width).
// How a demo and a browser are started is in `lib.mjs`; ids such as V4 are rows of the requirements.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { minorUnits, openMenu, startBrowser, startDemo, visit, visitors } from './lib.mjs';

const minutes = 60_000;
let browser;

before(async () => {
  browser = await startBrowser('walk');
});

after(async () => {
  await browser?.close();
});

for (const visitor of visitors) {
  // Each with a demo of its own, because the second customer must find the plans as the first one did.
  test(`a customer moves down, then up, and pays: ${visitor.name}`, { timeout: 5 * minutes }, async () => {
    await withDemo(async (demo) => {
      const trip = await visit(browser, visitor, demo.portal.url, 'walk');
      await logIn(trip, demo.portal, 'Dashboard');
      await trip.look('dashboard');
      await moveDown(trip);
      await moveUp(trip);
      await trip.close();
    });
  });
}

test('every page of the menus opens, for the customer and for staff', { timeout: 5 * minutes }, async () => {
  await withDemo(async (demo) => {
    for (const side of ['portal', 'admin']) {
      for (const visitor of visitors.filter(({ scripts }) => scripts)) {
        const trip = await visit(browser, { ...visitor, name: `${side}-${visitor.name}` }, demo[side].url, 'walk');
        await logIn(trip, demo[side]);
        const links = trip.page.getByRole('navigation', { name: 'Main menu' }).getByRole('link');
        const pages = await links.evaluateAll((found) => found.map((link) => link.getAttribute('href')));
        assert.ok(pages.length >= 5, `the menu of the ${side} has ${pages.length} links`);
        for (const href of pages) {
          await trip.page.goto(new URL(href, demo[side].url).href);
          assert.ok(await trip.page.getByRole('heading', { level: 1 }).isVisible(), `${href} has a title`);
          await trip.look(href.replace(/\W+/g, '-').replace(/^-|-$/g, '') || 'start');
        }
        await trip.close();
      }
    }
  });
});

test('a wrong password is refused in words, and says nothing about who exists', { timeout: 2 * minutes }, async () => {
  await withDemo(async (demo) => {
    const said = [];
    for (const email of [demo.portal.email, 'nobody@example.test']) {
      const trip = await visit(browser, { ...visitors[0], name: 'wrong-password' }, demo.portal.url, 'walk');
      await logIn(trip, { ...demo.portal, email, password: 'not the password' }, null);
      said.push((await trip.page.getByRole('alert').innerText()).trim());
      await trip.look('refused');
      // The refusal itself is an answer of 4xx, and the browser notes it in its console.
      trip.troubles.splice(0);
      await trip.close();
    }
    assert.ok(said[0].length > 0);
    assert.equal(said[0], said[1]);
  });
});

// What the pages of two storefronts are called by whoever reads them; the walk is the same.
const speakers = [
  {
    whose: 'henriette', lang: 'de', visitor: visitors[0], way: -1, tax: /Darin enthalten: .+ \(19\u00a0% USt\)\./,
    amount: /^\d{1,3}(\.\d{3})*,\d\d\u00a0€$/, menu: 'Hauptmenü', plans: 'Tarif wählen', on: 'Weiter', notice: 'Upgrade', document: 'Rechnung',
  },
  {
    whose: 'mari', lang: 'ja', visitor: visitors[1], way: 0, tax: /消費税10%として.+を含みます。/,
    amount: /^¥\d{1,3}(,\d{3})*$/, menu: 'メインメニュー', plans: 'プランの選択', on: '次へ進む', notice: 'ダウングレード', document: 'クレジットノート',
  },
];

// Each business with its policy, catalogue, currency, language and look.
test('customers of a German and of a Japanese storefront change their plan in their language', { timeout: 3 * minutes }, async () => {
  await withDemo(async (demo) => {
    for (const words of speakers) {
      const trip = await visit(browser, { ...words.visitor, name: words.lang }, demo.portal.url, 'walk');
      await changeIn(trip, demo.customers(words.whose), words);
      await trip.close();
    }
  });
});

async function changeIn({ page, look }, { url, email, password }, words) {
  await page.goto(url);
  await page.getByLabel('Email').fill(email);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Log in' }).click();
  const menu = page.getByRole('navigation', { name: words.menu });
  for (const name of ['dashboard', 'billing', 'balance', 'settings']) {
    await menu.locator(`a[href="/${name}"]`).click();
    await page.getByRole('heading', { level: 1 }).waitFor();
    assert.equal(await page.locator('html').getAttribute('lang'), words.lang);
    await look(name);
  }
  await menu.locator('a[href="/services"]').click();
  await page.locator('tbody a').first().click();
  await look('service');
  await page.locator('a[href$="/change"]').first().click();
  const plans = page.getByRole('group', { name: words.plans }).getByRole('radio');
  await plans.nth(words.way === -1 ? (await plans.count()) - 1 : 0).check();
  await page.getByRole('button', { name: words.on }).waitFor();
  const shown = await page.locator('.due-amount').innerText();
  assert.match(shown, words.amount);
  await page.getByText(words.tax).first().waitFor();
  await look('choose');

  await page.getByRole('button', { name: words.on }).click();
  assert.equal(await page.locator('.due-amount').innerText(), shown, 'the review repeats the amount of the choice');
  await page.locator('details.why summary').first().click();
  await look('review');
  const confirm = page.locator('form[data-once] .form-end button');
  assert.ok((await confirm.innerText()).includes(shown), 'the button says the amount');
  await confirm.click();
  assert.ok((await page.getByRole('status').first().innerText()).includes(words.notice));
  await untilDone(page);
  await look('done');
  await page.locator('a[href^="/documents/doc_"]').first().click();
  await page.getByRole('article', { name: words.document }).waitFor();
  await page.getByText(words.tax).first().waitFor();
  await look('document');
}

// V4: the refund is shown, the notice names the right direction, the difference is on the balance with a document.
async function moveDown({ page, look }) {
  const before = await balance(page);
  const { name } = await choose({ page, look }, 'down');
  const shown = minorUnits(await due(page, 'To your balance'));
  assert.ok(shown > 0, 'something comes back');
  await look('down-choose');

  await page.getByRole('button', { name: 'Continue' }).click();
  assert.equal(minorUnits(await due(page, 'To your balance')), shown, 'the review repeats the amount of the choice');
  // V2: the restart is said before it is confirmed.
  await page.getByText('The server restarts').first().waitFor();
  await page.getByText('Why this amount?').first().click();
  await look('down-review');

  await page.getByRole('button', { name: /^Downgrade to / }).click();
  const notice = await page.getByRole('status').filter({ hasText: /downgrade/i }).first().innerText();
  assert.doesNotMatch(notice, /upgrade/i, 'the notice names the right direction');
  await look('down-notice');
  await untilDone(page);
  await look('down-done');

  assert.equal(await balance(page), before + shown, `the difference to ${name} is on the balance, to the cent`);
  await look('down-balance');
  await page.getByRole('link', { name: 'Documents' }).first().click();
  await page.getByText(/credit note/i).first().waitFor();
  await look('down-documents');
}

// V5 and V6: the charge is shown, a method is chosen, the invoice is on screen, and the plan changes once it is paid.
async function moveUp({ page, look }) {
  const { name, service } = await choose({ page, look }, 'up');
  const shown = minorUnits(await due(page, 'Due today'));
  await look('up-choose');

  await page.getByRole('button', { name: 'Continue' }).click();
  assert.equal(minorUnits(await due(page, 'Due today')), shown, 'the review repeats the amount of the choice');
  await page.getByText('The server restarts').first().waitFor();
  await page.getByText('Why this amount?').first().click();
  const methods = page.getByRole('group', { name: 'How do you want to pay?' }).getByRole('radio');
  assert.ok((await methods.count()) >= 1, 'a payment method can be chosen');
  await methods.first().check();
  await look('up-review');

  await page.getByRole('button', { name: /^Upgrade to / }).click();
  const notice = await page.getByRole('status').filter({ hasText: /upgrade/i }).first().innerText();
  assert.doesNotMatch(notice, /downgrade/i, 'the notice names the right direction');
  await look('up-notice');

  const pay = page.getByRole('button', { name: /^Pay / });
  if (await pay.count()) {
    assert.equal(minorUnits(await pay.first().innerText()), shown, 'what is to be paid is what was shown');
    await pay.first().click();
    await look('up-paid');
  }
  await untilDone(page);
  await look('up-done');

  await page.getByRole('link', { name: 'My services' }).first().click();
  const row = page.getByRole('row').filter({ hasText: service });
  await row.filter({ hasText: name }).waitFor();
  await look('up-services');
  await page.getByRole('link', { name: 'Billing' }).first().click();
  await page.getByRole('table').getByRole('link').first().click();
  await page.getByRole('article', { name: /^Invoice / }).waitFor();
  await look('up-invoice');
}

// V3: My services → ⋮ → Change plan, one entry for both directions. Takes the first service with room that way: down to
// the next plan, up to the largest, which costs more than the way down has put on the balance. Plans stand in order of size.
async function choose({ page, look }, direction) {
  for (let at = 0; ; at += 1) {
    await page.getByRole('link', { name: 'My services' }).first().click();
    await page.getByRole('heading', { level: 1, name: 'My services' }).waitFor();
    const rows = page.getByRole('row').filter({ has: page.locator('.menu-cell a', { hasText: 'Change plan' }) });
    assert.ok(at < (await rows.count()), `no service has room to move ${direction}`);
    if (at === 0) await look(`${direction}-services`);
    const opener = await rows.nth(at).locator('summary').getAttribute('aria-label');
    await openMenu(rows.nth(at), /More/);
    if (at === 0) await look(`${direction}-menu`);
    await rows.nth(at).getByRole('link', { name: 'Change plan' }).click();

    // The end of the page is there, so all of its plans are.
    await page.getByRole('heading', { name: 'What it means' }).waitFor();
    const plans = page.getByRole('group', { name: 'Choose a plan' }).locator('label');
    const texts = await plans.allInnerTexts();
    const present = texts.findIndex((text) => text.includes('Your plan'));
    assert.ok(present >= 0, `the present plan is marked among ${texts.length}`);
    const beyond = texts.map((_, place) => place).filter((place) => (direction === 'down' ? place < present : place > present));
    const open = [];
    for (const place of beyond) if (await plans.nth(place).getByRole('radio').isEnabled()) open.push(place);
    if (open.length === 0) continue;
    const next = open.at(-1);

    await plans.nth(next).getByRole('radio').check();
    // With scripts the meaning appears by itself; without, a button asks for it.
    const ask = page.getByRole('button', { name: /what it means$/ });
    const carryOn = page.getByRole('button', { name: 'Continue' });
    if (!(await carryOn.count()) && (await ask.first().isVisible())) await ask.first().click();
    await carryOn.waitFor();
    const name = texts[next].split('\n')[0].trim();
    return { name, service: opener.replace(/^More for /, '') };
  }
}

async function logIn({ page, look }, { url, email, password }, title) {
  await page.goto(url);
  await page.getByLabel('Email').fill(email);
  await page.getByLabel('Password').fill(password);
  if (title) await look('login');
  await page.getByRole('button', { name: 'Log in' }).click();
  if (title !== null) {
    await page.getByRole('navigation', { name: 'Main menu' }).waitFor();
    if (title) await page.getByRole('heading', { level: 1, name: title }).waitFor();
  }
}

/** The large figures below their words, as they are written. */
async function due(page, words) {
  return page.locator('.due').filter({ hasText: words }).first().locator('.due-amount').innerText();
}

async function balance(page) {
  await page.getByRole('link', { name: 'Balance' }).first().click();
  const figures = page.getByRole('region', { name: 'Your balance' });
  return minorUnits(await figures.locator('.figure-amount').first().innerText());
}

/** Looks again until every step of the progress line is behind us; the demo's server takes seconds. */
async function untilDone(page) {
  const deadline = Date.now() + minutes;
  for (;;) {
    const steps = await page.locator('ol.progress > li').evaluateAll((found) =>
      found.map((step) => ({ done: step.classList.contains('done'), failed: step.classList.contains('failed') })));
    assert.ok(steps.length > 0, 'a progress line is on the page');
    assert.ok(!steps.some(({ failed }) => failed), 'no step failed');
    if (steps.every(({ done }) => done)) return;
    assert.ok(Date.now() < deadline, 'the change is not done after a minute');
    await page.waitForTimeout(500);
    await page.reload();
  }
}

async function withDemo(walk) {
  const demo = await startDemo();
  try {
    await walk(demo);
  } catch (error) {
    error.message += `\nthe demo said:\n${demo.output()}`;
    throw error;
  } finally {
    await demo.stop();
  }
}
