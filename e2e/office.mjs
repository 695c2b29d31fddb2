// An office whose days pass: the program stops in the evening and starts again on another day over the same data; its people sign in anew.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { checked, launch, picture, root, signedIn, start, today, visitor } from './lib.mjs'

/** Every demonstration account's password; the accounts stand in internal/demo/office.go. */
export const password = 'Hefa-Demo-2020'

/** Opens the office; js: false is for people whose browsers run no scripts, cases is how many in all states lie there already, args are more of the program's. */
export async function office({ js = true, cases = 0, args = [] } = {}) {
  const data = mkdtempSync(join(tmpdir(), 'hefa-office-'))
  if (cases) execFileSync('go', ['run', './tools/bench', 'fill', join(data, 'hefa.db'), '--cases', String(cases), '--today', today, '--keys', join(data, 'master.key')], { cwd: root })
  const it = { js, server: null, browser: await launch(), pages: new Map() }
  /** The morning of a day, YYYY-MM-DD. */
  it.morning = async (day) => {
    await it.evening()
    it.server = await start({ args: ['--demo', '--today', day, '--metrics', '', ...args], data })
  }
  it.evening = async () => {
    for (const page of it.pages.values()) await page.context().close()
    it.pages.clear()
    await it.server?.stop()
    it.server = null
  }
  /** The page of somebody who is signed in; "" is the public. */
  it.as = async (login) => {
    if (!it.pages.has(login)) {
      it.pages.set(login, login ? await signedIn(it, login, password, { js }) : await visitor(it, { js }))
    }
    return it.pages.get(login)
  }
  it.close = async () => {
    await it.evening()
    await it.browser.close()
    rmSync(data, { recursive: true, force: true })
  }
  return it
}

/** Goes to a path and checks the page. */
export async function visit(page, path) {
  await page.goto(path)
  await checked(page)
}

/** Presses the button, or follows the link, with the text and goes where it leads. */
export async function go(page, text) {
  const main = page.locator('main')
  await leave(page, main.getByRole('button', { name: text }).or(main.getByRole('link', { name: text })).first())
}

// leave clicks what leads to another page and waits for that; when it does not, a picture shows why.
async function leave(page, target) {
  try {
    await Promise.all([page.waitForEvent('framenavigated'), target.click()])
    await page.waitForLoadState()
  } catch (err) {
    throw new Error(`${page.url()} stayed, see ${await picture(page, 'stayed')}`, { cause: err })
  }
}

/** The same, and checks the page it leads to. */
export async function press(page, text) {
  await go(page, text)
  await checked(page)
}

/** Opens what is folded away on the page. */
export async function unfold(page) {
  await page.locator('main details').evaluateAll((folds) => folds.forEach((fold) => (fold.open = true)))
}

/** Sends the form whose address ends so, and checks the answer. */
export async function send(page, end) {
  await unfold(page)
  await leave(page, page.locator(`main form[action$="${end}"] button`).first())
  await checked(page)
}

/** The sentence at the top that says what was done; fails when there is none. */
export async function done(page) {
  return page.locator('.govuk-notification-banner, .moj-alert').first().innerText({ timeout: 2000 })
}

/** Waits until the page says the text: the work runs in the background. */
export async function until(page, text) {
  if (page.js) return page.locator('main').getByText(text).first().waitFor({ timeout: 60_000 })
  for (let i = 0; i < 200; i++) {
    if ((await page.locator('main').innerText()).includes(text)) return
    await new Promise((resolve) => setTimeout(resolve, 200))
    await page.reload()
  }
  throw new Error(`${page.url()} never said ${text}`)
}
