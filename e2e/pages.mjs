// What pages weigh and how soon a slow PC on a thin line shows them; exits 1 when a page is over its budget.
//
//   node e2e/pages.mjs ACCOUNT PASSWORD PATH…    the first path is the first visit; the account may be "-" for the public
import { fileURLToPath } from 'node:url'
import { launch, signedIn, start, visitor } from './lib.mjs'

const budget = { first: 35_000, later: 10_000, script: 15_000, shown: 1000 } // bytes sent, bytes sent, bytes sent, ms
const slow = { cpu: 6, line: { offline: false, latency: 40, downloadThroughput: 1.6e6 / 8, uploadThroughput: 0.75e6 / 8 } }

/** What one visit to path sends, in bytes, and when its largest content is shown, in ms. */
export async function visit(page, path, { slowly = false, first = false } = {}) {
  const session = await page.context().newCDPSession(page)
  await session.send('Network.enable')
  if (first) await session.send('Network.clearBrowserCache')
  await session.send('Emulation.setCPUThrottlingRate', { rate: slowly ? slow.cpu : 1 })
  if (slowly) await session.send('Network.emulateNetworkConditions', slow.line)
  const kinds = new Map() // request → kind
  const sent = { all: 0, script: 0 }
  session.on('Network.responseReceived', (e) => kinds.set(e.requestId, e.type))
  session.on('Network.loadingFinished', (e) => {
    sent.all += e.encodedDataLength
    if (kinds.get(e.requestId) === 'Script') sent.script += e.encodedDataLength
  })
  await page.goto(path, { waitUntil: 'load' })
  const shown = await page.evaluate(() => new Promise((resolve) => {
    new PerformanceObserver((list) => resolve(list.getEntries().at(-1).startTime)).observe({ type: 'largest-contentful-paint', buffered: true })
  }))
  await session.detach()
  return { ...sent, shown: Math.round(shown) }
}

/** Visits every path: the first with an empty cache, the rest with what the first left; then each slowly. */
export async function measure(open, paths) {
  const page = await open()
  const rows = []
  for (const [i, path] of paths.entries()) {
    const { all, script } = await visit(page, path, { first: i === 0 })
    const { shown } = await visit(page, path, { slowly: true })
    const limit = i === 0 ? budget.first : budget.later
    rows.push({ path, sent: all, limit, script, shown, over: all > limit || script > budget.script || shown > budget.shown })
  }
  return rows
}

if (fileURLToPath(import.meta.url) === process.argv[1]) {
  const [account = '-', password = '', ...paths] = process.argv.slice(2)
  const house = { server: await start(), browser: await launch() }
  try {
    const open = () => (account === '-' ? visitor(house) : signedIn(house, account, password))
    const rows = await measure(open, paths.length ? paths : ['/sign-in'])
    console.table(rows)
    process.exitCode = rows.some((row) => row.over) ? 1 : 0
  } finally {
    await house.browser.close()
    await house.server.stop()
  }
}
