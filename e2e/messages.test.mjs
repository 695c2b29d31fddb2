// Text messages in the browser: the county turns them on, begins a campaign in the quiet hours, the carrier takes it in the morning and reports, and a phone
// that wants none gets none. The carrier is a program of its own that speaks CMPP 3.0 on a loopback port.
import assert from 'node:assert/strict'
import { execFileSync, spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { after, before, describe, test } from 'node:test'
import { picture, root, screens } from './lib.mjs'
import { done, go, office, password, press, visit } from './office.mjs'
import { says } from './steps.mjs'

// carrier starts the simulated gateway; it gives its address and what was submitted to it.
async function carrier(folder) {
  const file = join(folder, 'carrier')
  execFileSync('go', ['build', '-o', file, './tools/carrier'], { cwd: root })
  const child = spawn(file)
  const texts = []
  const address = await new Promise((resolve) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      const event = JSON.parse(line)
      if (event.event === 'listening') resolve(event.text)
      if (event.event === 'submit') texts.push(event)
    })
  })
  return { address, texts, stop: () => child.kill('SIGTERM') }
}

// shown is a picture of the page on an office PC and on a phone, when they are asked for.
async function shown(page, name) {
  if (!process.env.HEFA_PICTURES) return
  await picture(page, `messages-${name}`)
  await page.setViewportSize(screens.phone)
  await picture(page, `messages-${name}-phone`)
  await page.setViewportSize(screens.office)
}

// set gives a rule a value from a day on.
async function set(page, key, value, from) {
  await visit(page, `/policies/${key}`)
  const box = page.locator(`[name=value][value="${value}"]`)
  if (await box.count()) await box.check()
  else await page.locator('[name=value]').fill(value)
  await page.locator('[name=effective]').fill(from)
  await page.locator('[name=basis]').fill('县残联通知')
  await press(page, '保存')
  assert.match(await done(page), /已/)
}

// settled reloads the list until every message of it has come to the state.
async function settled(page, path, text) {
  for (let i = 0; i < 100; i++) {
    await page.goto(path)
    if ((await page.locator('main').innerText()).includes(text)) return
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
  throw new Error(`${path} never said ${text}: ${(await page.locator('main').innerText()).slice(0, 800)}`)
}

describe('text messages', { timeout: 600_000 }, () => {
  let it, gateway
  const folder = mkdtempSync(join(tmpdir(), 'hefa-carrier-'))
  before(async () => {
    gateway = await carrier(folder)
    const file = join(folder, 'sms.json')
    writeFileSync(file, JSON.stringify({ default: 'yd', lines: [{ name: 'yd', protocol: 'cmpp', address: gateway.address, account: '901234', secret: 'secret', source: '10690000' }] }), { mode: 0o600 })
    it = await office({ args: ['--sms', file, '--sms-rate', '100'] })
    await it.morning('2020-04-01')
  })
  after(async () => {
    await it?.close()
    gateway?.stop()
    rmSync(folder, { recursive: true, force: true })
  })

  test('nothing is sent before the county has turned messages on', async () => {
    const clerk = await it.as('banzheng')
    await visit(clerk, '/messages/campaign')
    await clerk.locator('[name=confirm]').fill(password)
    await press(clerk, '生成并发送')
    await says(clerk, '短信没有启用')
  })

  test('a campaign in the quiet hours waits for the morning', async () => {
    const admin = await it.as('xitong')
    await set(admin, 'message.on', 'yes', '2020-04-01')
    const hour = Number(new Intl.DateTimeFormat('en-GB', { hour: 'numeric', hour12: false, timeZone: 'Asia/Shanghai' }).format(new Date())) % 24
    // hours that are not now, on the same day or the next
    await set(admin, 'message.from', String(hour < 12 ? 20 : 1), '2020-04-01')
    await set(admin, 'message.until', String(hour < 12 ? 21 : 2), '2020-04-01')
    const clerk = await it.as('banzheng')
    await visit(clerk, '/messages/campaign')
    await press(clerk, '生成并发送') // without the password nothing happens
    await says(clerk, '请再输入一次您的登录密码')
    await clerk.locator('[name=expires]').fill('2020-05-15')
    await clerk.locator('[name=confirm]').fill(password)
    await press(clerk, '生成并发送')
    assert.match(await done(clerk), /正在生成短信/)
    await settled(clerk, '/messages?kind=campaign', '待发送')
    await visit(clerk, '/messages?kind=campaign')
    await shown(clerk, 'quiet')
    assert.equal(gateway.texts.length, 0)
  })

  test('in the morning the carrier takes them, and reports', async () => {
    const admin = await it.as('xitong')
    await set(admin, 'message.from', '0', '2020-04-02')
    await set(admin, 'message.until', '24', '2020-04-02')
    await it.morning('2020-04-02')
    const clerk = await it.as('banzheng')
    await settled(clerk, '/messages?kind=campaign&state=delivered', '已送达')
    await visit(clerk, '/messages?kind=campaign')
    await shown(clerk, 'sent')
    assert.ok(gateway.texts.length > 0)
    assert.match(gateway.texts[0].text, /^【.+】/)
    const said = await clerk.locator('main').innerText()
    for (const t of gateway.texts) assert.ok(!said.includes(t.phone), 'a phone is shown whole')
  })

  test('a phone that refuses gets no more', async () => {
    const phone = gateway.texts[0].phone
    const clerk = await it.as('banzheng')
    await visit(clerk, '/messages')
    await go(clerk, '拒收短信的号码')
    await clerk.locator('[name=phone]').fill('123')
    await press(clerk, '登记拒收')
    await says(clerk, '请填写 11 位手机号码')
    await clerk.locator('[name=phone]').fill(phone)
    await press(clerk, '登记拒收')
    assert.match(await done(clerk), /不再向这个号码发送/)
    await says(clerk, `${phone.slice(0, 3)}****${phone.slice(7)}`)
    await shown(clerk, 'refused')
    const before = gateway.texts.length
    await visit(clerk, '/messages/campaign')
    await clerk.locator('[name=expires]').fill('2020-05-15')
    await clerk.locator('[name=confirm]').fill(password)
    await press(clerk, '生成并发送')
    await settled(clerk, '/messages?kind=campaign&state=delivered', '2020-04-02')
    for (let i = 0; i < 100 && gateway.texts.length < 2 * before - 1; i++) await new Promise((resolve) => setTimeout(resolve, 200))
    assert.equal(gateway.texts.length, 2 * before - 1)
    assert.equal(gateway.texts.filter((t) => t.phone === phone).length, 1)
  })
})
