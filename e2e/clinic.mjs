// What the journeys of assessment share: a demonstration county with a relay, programs that seed it through the API, and invented people.
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { launch, root, signedIn, start, today } from './lib.mjs'
import { password } from './office.mjs'

/** The village of the demonstration's village worker. */
export const village = '533103105201'

/** A camera and a microphone that Chromium plays itself, on a machine that may have no network but its own. */
export const camera = ['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream', '--allow-loopback-in-peer-connection']

/** Opens the county with a relay on a free port. */
export async function clinic({ flags = [] } = {}) {
  const data = mkdtempSync(join(tmpdir(), 'hefa-clinic-'))
  const [server, browser] = await Promise.all([start({ args: ['--demo', '--today', today, '--metrics', '', '--relay', '127.0.0.1:0'], data }), launch(flags)])
  const it = { server, browser, pages: new Map(), tokens: new Map() }
  it.as = async (login) => {
    if (!it.pages.has(login)) it.pages.set(login, await signedIn(it, login, password))
    return it.pages.get(login)
  }
  /** One call of the API as somebody. */
  it.api = async (login, method, path, body) => {
    if (!it.tokens.has(login)) {
      it.tokens.set(login, execFileSync(join(root, 'bin/hefa'), ['token', 'create', '--user', login, '--name', 'e2e', '--days', '1', '--data', data], { encoding: 'utf8' }).trim())
    }
    const answer = await fetch(`${it.server.url}/api/v1${path}`, { method, headers: { Authorization: `Bearer ${it.tokens.get(login)}`, 'Content-Type': 'application/json' }, body: JSON.stringify(body) })
    const text = await answer.text()
    assert.ok(answer.ok, `${method} ${path} as ${login}: ${answer.status} ${text}`)
    return text ? JSON.parse(text) : null
  }
  it.close = async () => {
    for (const page of it.pages.values()) await page.context().close()
    await it.browser.close()
    await it.server.stop()
    rmSync(data, { recursive: true, force: true })
  }
  return it
}

// number is an invented identity number of a county that does not exist; nobody of the first forty is born in the same year as another.
function number(n) {
  const head = `533199${1941 + n % 40}0504${String(n).padStart(3, '0')}`
  const sum = [...head].reduce((all, c, i) => all + Number(c) * (2 ** (17 - i) % 11), 0)
  return head + '10X98765432'[sum % 11]
}

/** An invented person of a village whose case is accepted, with what they need on the day; gives its id. */
export async function accepted(it, n, name, wanted, { at = village, aids } = {}) {
  const a = await it.api('fengping', 'POST', '/applications', {
    matter: 'new', wanted,
    person: { name, number: number(n), region: at, phone: '19900000001', guardian: '测试监护', guardian_relation: '子女', guardian_phone: '19900000002' },
  })
  await it.api('fengping', 'POST', `/applications/${a.id}/submit`, {})
  await it.api('fengping', 'POST', `/applications/${a.id}/accept`, { sighted: ['identity', 'household', 'photo', 'form', 'records', 'guardian'], aids })
  return a.id
}

/** A session of 风平镇 on the day of the office; gives its id. */
export async function session(it, kind, capacity, hospital = 'demo-hospital-zhou') {
  return (await it.api('banzheng', 'POST', '/sessions', { region: '533103105', hospital, kind, day: today, place: '二楼', capacity })).id
}

/** What a doctor finds of each category, complete for the standard, with the level that it suggests. */
export const found = {
  2: { category: '2', meets: true, level: '1', findings: '双耳听力丧失', cause: '原因不明', values: { method: 'pure', immittance: 'yes', objective: 'yes', months: '36',
    'right-500': '95', 'right-1000': '95', 'right-2000': '95', 'right-4000': '95', 'left-500': '95', 'left-1000': '95', 'left-2000': '95', 'left-4000': '95' } },
  4: { category: '4', meets: true, level: '1', findings: '双下肢完全瘫痪', cause: '外伤', values: { paralysis: 'para-complete', adl: '1', origin: 'accident' } },
  6: { category: '6', meets: true, level: '2', findings: '生活不能自理', cause: '疾病', values: { diagnosis: 'F20', months: '36', adaptive: '2', whodas: '110', items: '36', records: 'yes' } },
}

/** The doctors of the hospital by what they assess, and who signs second. */
export const doctors = { 2: 'zhou-wuguan', 4: 'zhou-guke', 6: 'zhou-jingshen' }
export const second = '演示医生丁'

/** Ticks boxes of a long list at once. */
export const tick = (page, name, values) => page.locator(`[name=${name}]`).evaluateAll((boxes, all) => boxes.filter((b) => all.includes(b.value)).forEach((b) => b.click()), values)

/** Enters the findings of one category on the page of a case. */
export async function findings(page, category) {
  const f = found[category]
  await page.locator(`[name=category-${category}][value=met]`).check()
  await page.locator(`[name=level-${category}]`).selectOption(f.level)
  await page.locator(`[name=findings-${category}]`).fill(f.findings)
  for (const [name, value] of Object.entries(f.values)) {
    const field = page.locator(`[name=f${category}-${name}]`)
    const kind = await field.first().evaluate((e) => e.type)
    if (kind === 'select-one') await field.selectOption(value)
    else if (kind === 'radio' || kind === 'checkbox') await field.and(page.locator(`[value="${value}"]`)).check()
    else await field.fill(value)
  }
}

/** The second doctor's signature under what another has signed. */
export const countersigned = (it, id) => it.api('zhou-zhuren', 'POST', `/applications/${id}/countersign`, {})

/** Signs for one category of a case through the API, both doctors. */
export async function concluded(it, id, category) {
  await it.api(doctors[category], 'POST', `/applications/${id}/assess`, { findings: [found[category]], second })
  await countersigned(it, id)
}
