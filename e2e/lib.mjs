// What the browser journeys share: the real program on a fresh demonstration county, Debian's Chromium, axe, pictures.
import assert from 'node:assert/strict'
import { execFileSync, spawn } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { chromium } from 'playwright-core'

/** The root of the tree. */
export const root = dirname(dirname(fileURLToPath(import.meta.url)))

/** The day on which the demonstration county shows its document's own numbers. */
export const today = '2020-04-01'

const startLimit = 60_000 // ms; the first start loads the regions and makes the county
const stepLimit = 10_000 // ms; no single step of a journey takes longer unless it says so
const flags = [
  '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync',
]
const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']

/**
 * Starts the program on a free port with a data folder of its own.
 * Gives its address, the lines it printed, its process id, its folder, and stop, which ends it and removes the folder.
 */
export async function start({ program = [hefa], args = ['--demo', '--today', today], data } = {}) {
  const folder = data ?? mkdtempSync(join(tmpdir(), 'hefa-e2e-'))
  const [command, ...first] = program
  if (command === hefa && args.includes('--demo') && args[args.indexOf('--today') + 1] === today && readdirSync(folder).length === 0) {
    cpSync(await furnished(), folder, { recursive: true })
  }
  return run([command, ...first], args, folder, !data)
}

const hefa = join(root, 'bin/hefa')

// furnished is a folder in which the demonstration county lies as it is on its first start, which takes seconds. It is made once an hour for each build, and anew
// on another day, so that the clock of a program over a copy is never behind what was written.
async function furnished() {
  const { mtimeMs, size } = statSync(hefa)
  const hour = new Date(Date.now() + 8 * 3600_000).toISOString().slice(0, 13) // in Beijing, where the program's day ends
  const kept = join(root, '.cache', `demo-${Math.round(mtimeMs)}-${size}-${hour}`)
  if (existsSync(kept)) return kept
  mkdirSync(dirname(kept), { recursive: true })
  for (const old of readdirSync(dirname(kept)).filter((name) => name.startsWith('demo-'))) rmSync(join(dirname(kept), old), { recursive: true, force: true })
  const fresh = mkdtempSync(join(dirname(kept), 'filling-'))
  const first = await run([hefa], ['--demo', '--today', today, '--metrics', ''], fresh, false)
  await first.stop()
  renameSync(fresh, kept)
  return kept
}

// run starts a program over a folder, which it removes in the end when it is its own.
async function run([command, ...first], args, folder, own) {
  const child = spawn(command, [...first, 'serve', ...args, '--addr', '127.0.0.1:0', '--data', folder], { cwd: root })
  const exited = new Promise((resolve) => child.once('close', resolve))
  const lines = []
  const stop = async () => {
    child.kill('SIGTERM')
    await exited
    if (own) rmSync(folder, { recursive: true, force: true })
  }
  try {
    const url = await listening(child, lines)
    return { url, lines, pid: child.pid, data: folder, stop }
  } catch (err) {
    await stop()
    throw err
  }
}

// listening waits for the line that tells the address.
function listening(child, lines) {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => fail(`did not listen within ${startLimit / 1000} s`), startLimit)
    const fail = (why) => {
      clearTimeout(timer)
      reject(new Error(`the program ${why}\n${lines.join('\n')}`))
    }
    const read = (line) => {
      lines.push(line)
      const found = /listening on (http:\/\/127\.0\.0\.1:\d+)/.exec(line)
      if (found) {
        clearTimeout(timer)
        resolve(found[1])
      }
    }
    createInterface({ input: child.stdout }).on('line', read)
    createInterface({ input: child.stderr }).on('line', read)
    child.once('error', (err) => fail(`does not start: ${err.message}`))
    child.once('close', (code) => fail(`ended with ${code} before it listened`))
  })
}

/** Starts Chromium with more flags; close it with close(). */
export function launch(more = []) {
  const executablePath = execFileSync('sh', ['-c', 'command -v chromium || command -v chromium-browser'], { encoding: 'utf8' }).trim()
  return chromium.launch({ executablePath, headless: true, args: [...flags, ...more] })
}

/**
 * Starts the program and Chromium for the tests of one file, through node:test's before and after.
 * Gives an object whose server and browser are set once the tests run.
 */
export function county({ before, after }, options) {
  const it = { server: null, browser: null }
  before(async () => {
    it.server = await start(options)
    it.browser = await launch()
  })
  after(async () => {
    await it.browser?.close()
    await it.server?.stop()
  })
  return it
}

/** Screens to try: an office PC, a phone, and an office PC at 400 % zoom. */
export const screens = {
  office: { width: 1280, height: 900 },
  phone: { width: 390, height: 844 },
  zoomed: { width: 320, height: 256 },
}

/**
 * Opens a page of a fresh person at the computer (no cookies). js: false switches scripts off.
 * What the page complains about (errors of scripts, breaches of the content policy, broken requests) is collected in page.complaints.
 */
export async function visitor({ server, browser }, { js = true, screen = screens.office, limit = stepLimit } = {}) {
  const context = await browser.newContext({ baseURL: server.url, javaScriptEnabled: js, viewport: screen, locale: 'zh-CN', timezoneId: 'Asia/Shanghai' })
  context.setDefaultTimeout(limit)
  const page = await context.newPage()
  page.complaints = []
  page.js = js
  page.on('pageerror', (err) => page.complaints.push(`script: ${err.message}`))
  page.on('console', (msg) => {
    // Chromium also reports every 4xx answer here; those are the journey's business.
    if (msg.type() === 'error' && !/status of 4\d\d/.test(msg.text())) page.complaints.push(`console: ${msg.text()}`)
  })
  page.on('response', (answer) => answer.status() >= 500 && page.complaints.push(`${answer.status()} ${answer.url()}`))
  return page
}

/** Signs a fresh person in and gives their page. */
export async function signedIn(county, account, password, options) {
  const page = await visitor(county, options)
  await page.goto('/sign-in')
  await page.locator('[name=account]').fill(account)
  await page.locator('[name=password]').fill(password)
  await page.locator('main form [type=submit], main form button').first().click()
  await page.waitForURL((url) => url.pathname !== '/sign-in')
  return page
}

/** The checker's program, to run in a page. */
export const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

// What axe has passed in this process: a page that differs from one of these in nothing but its words need not be judged again.
const passed = new Set()

/**
 * Fails unless the page satisfies every rule of WCAG 2.2 A and AA that axe knows.
 * toAll: true is for pages of the public, where text must have the contrast of AAA.
 */
export async function axe(page, { toAll = false } = {}) {
  const shape = `${toAll} ${page.js} ${JSON.stringify(page.viewportSize())} ${await page.evaluate(outline)}`
  if (passed.has(shape)) return
  const target = page.js ? page : await replica(page)
  await target.evaluate(axeSource)
  const { violations, passes } = await target.evaluate((options) => globalThis.axe.run(options), {
    runOnly: rules,
    rules: { 'color-contrast-enhanced': { enabled: toAll }, 'target-size': { enabled: true } },
    resultTypes: ['violations'],
  })
  assert.ok(passes.length > 0, `axe tried nothing on ${page.url()}`)
  const found = violations.map((v) => `${v.id}: ${v.help}\n${v.nodes.map((n) => `    ${n.html}\n    ${n.failureSummary}`).join('\n')}`)
  assert.equal(found.length, 0, `axe on ${page.url()}:\n${found.join('\n')}`)
  passed.add(shape)
}

// outline runs in the page: its elements with everything that axe looks at, but for the words, of which it says only whether there are any.
// Rows alike that follow each other count once.
function outline() {
  const named = ['class', 'id', 'for', 'name', 'type', 'role', 'lang', 'open', 'hidden', 'checked', 'disabled', 'tabindex', 'scope', 'colspan', 'rowspan', 'style']
  const trace = (node) => {
    if (node.nodeType === Node.TEXT_NODE) return node.data.trim() ? 'w' : ''
    if (node.nodeType !== Node.ELEMENT_NODE || node.localName === 'script') return ''
    if (node.localName === 'style' || node.localName === 'link') return node.outerHTML
    const said = [...node.attributes].map(({ name, value }) => (named.includes(name) ? `${name}=${value.replace(/\d+|[0-9a-z]{20,}/g, '0')}` : `${name}${value ? '=w' : ''}`))
    const inside = [...node.childNodes].map(trace).filter((t, i, all) => t && t !== all[i - 1])
    return `<${node.localName} ${said.sort().join(' ')}>${inside.join('')}</>`
  }
  return trace(document.documentElement)
}

// replica is a page as it stands without scripts, in a window in which axe can run: its HTML less the scripts, what is in noscript shown. The
// window is opened once for each page.
async function replica(page) {
  const html = (await page.content()).replace(/<script\b[\s\S]*?<\/script>/g, '').replace(/<(\/?)noscript\b/g, '<$1div')
  page.copy ??= await page.context().browser().newContext({ locale: 'zh-CN' }).then((context) => context.newPage())
  await page.copy.setViewportSize(page.viewportSize())
  await page.copy.unrouteAll()
  await page.copy.route(page.url(), (route) => route.fulfill({ body: html, contentType: 'text/html; charset=utf-8' }))
  await page.copy.goto(page.url())
  return page.copy
}

/** Fails when the page complained or reaches beyond its window sideways; ends every visit to a page. */
export async function sound(page) {
  assert.deepEqual(page.complaints, [], `complaints on ${page.url()}`)
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
  assert.ok(wide <= 0, `${page.url()} is ${wide} px wider than its window`)
}

/** axe and sound: what every page and its error state must pass. */
export async function checked(page) {
  await axe(page)
  await sound(page)
}

/** Writes a picture of the whole page to test-results/NAME.png and gives its path. */
export async function picture(page, name, folder = join(root, 'test-results')) {
  const path = join(folder, `${name}.png`)
  mkdirSync(dirname(path), { recursive: true })
  await page.screenshot({ path, fullPage: true })
  return path
}

/** An invented identity number: the unassigned area 533199, the birth day as YYYYMMDD, an order of three digits, and its check (GB 11643). */
export function madeNumber(birth, order) {
  const body = `533199${birth}${String(order).padStart(3, '0')}`
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
  const sum = [...body].reduce((n, c, i) => n + Number(c) * weights[i], 0)
  return body + '10X98765432'[sum % 11]
}
