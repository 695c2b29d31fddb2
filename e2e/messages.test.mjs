// Text messages in the browser: the administrator switches them on, the county tells holders, a gateway outside takes some and refuses one, the clerk sends
// that one again, and a number that wants none gets none, neither from the county nor from the morning's round.
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { picture, screens } from './lib.mjs'
import { done, office, password, press, unfold, visit } from './office.mjs'
import { says } from './steps.mjs'

// gateway plays a provider of text messages: it keeps what it is sent and refuses the numbers in black.
async function gateway() {
  const it = { sent: [], black: new Set() }
  const server = createServer((request, answer) => {
    let text = ''
    request.on('data', (part) => (text += part))
    request.on('end', () => {
      const message = JSON.parse(text)
      const refused = it.black.has(message.mobile)
      if (!refused) it.sent.push(message)
      answer.setHeader('Content-Type', 'application/json')
      answer.end(JSON.stringify(refused ? { code: 5, msg: '运营商黑名单' } : { code: 0, data: { id: String(it.sent.length) } }))
    })
  })
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
  it.url = `http://127.0.0.1:${server.address().port}/send`
  it.close = () => new Promise((resolve) => server.close(resolve))
  return it
}

describe('text messages', { timeout: 300_000 }, () => {
  let it, provider, folder
  const config = () => join(folder, 'sms.json')
  before(async () => {
    provider = await gateway()
    folder = mkdtempSync(join(tmpdir(), 'hefa-sms-'))
    writeFileSync(config(), JSON.stringify({ url: provider.url, headers: { 'Content-Type': 'application/json' }, body: '{"mobile":"{phone}","content":"{text}"}',
      ok: { field: 'code', value: '0' }, ref: 'data.id', reason: 'msg' }), { mode: 0o600 })
    it = await office({ args: ['--sms', config(), '--sms-rate', '500'] })
    await it.morning('2020-04-01')
  })
  after(async () => {
    await it?.close()
    await provider?.close()
    rmSync(folder, { recursive: true, force: true })
  })

  // set changes a rule from today on.
  async function set(page, key, value) {
    await visit(page, `/policies/${key}`)
    const choice = page.locator(`[name=value][value="${value}"]`)
    if (await choice.count()) await choice.check()
    else await page.locator('[name=value]').fill(value)
    await page.locator('[name=effective]').fill('2020-04-01')
    await page.locator('[name=basis]').fill('运营商审核通过（演示）')
    await press(page, '保存')
  }

  test('they are off until the administrator switches them on', async () => {
    const clerk = await it.as('banzheng')
    await visit(clerk, '/messages')
    await says(clerk, '短信没有启用')
    const admin = await it.as('xitong')
    await set(admin, 'message.from', '99')
    assert.match(await admin.title(), /^错误/)
    for (const [key, value] of [['message.on', 'yes'], ['message.from', '0'], ['message.until', '24'], ['message.tries', '1']]) {
      await set(admin, key, value)
      assert.doesNotMatch(await admin.title(), /^错误/, `${key}: ${await admin.locator('main').innerText()}`)
    }
  })

  test('the county tells those whose certificates end soon, and the gateway gets the approved words', async () => {
    const clerk = await it.as('banzheng')
    await visit(clerk, '/messages/campaign')
    await clerk.locator('[name=expires]').fill('下个月')
    await press(clerk, '生成并发送')
    assert.match(await clerk.title(), /^错误/)
    assert.equal(await clerk.locator('[name=expires]').inputValue(), '下个月')
    if (process.env.HEFA_PICTURES) await picture(clerk, 'messages-campaign-error')
    await clerk.locator('[name=region]').selectOption('533103105')
    await clerk.locator('[name=expires]').fill('2020-05-31')
    await clerk.locator('[name=confirm]').fill(password)
    await press(clerk, '生成并发送')
    assert.match(await done(clerk), /正在生成短信/)
    await delivered(() => provider.sent.length > 5)
    assert.ok(provider.sent.every((m) => /^【.+】/.test(m.content) && /^1\d{10}$/.test(m.mobile)), JSON.stringify(provider.sent[0]))
    await visit(clerk, '/messages?state=sent')
    const text = await clerk.locator('main').innerText()
    assert.match(text, /政策宣传/)
    assert.doesNotMatch(text, new RegExp(provider.sent[0].mobile), 'a list shows a whole number')
    if (process.env.HEFA_PICTURES) {
      await picture(clerk, 'messages')
      await clerk.setViewportSize(screens.phone)
      await picture(clerk, 'messages-phone')
      await clerk.setViewportSize(screens.office)
    }
  })

  test('who answers that they want none gets none the next day, and one that failed is sent again', async () => {
    const told = [...new Set(provider.sent.map((m) => m.mobile))]
    const [unwilling, black] = told
    assert.ok(black, 'the holders of the demonstration have one number')
    const worker = await it.as('cun-fengping')
    await visit(worker, '/messages/refused')
    await worker.locator('[name=phone]').fill('12')
    await press(worker, '登记拒收')
    assert.match(await worker.title(), /^错误/)
    await worker.locator('[name=phone]').fill(unwilling)
    await press(worker, '登记拒收')
    await says(worker, unwilling.replace(/^(\d{3})\d{4}/, '$1****'))

    provider.sent.length = 0
    provider.black.add(black)
    await it.morning('2020-04-02')
    // The morning's round writes beside each letter of the days before, when there were no messages yet; everybody the county told has such a letter.
    const round = (m) => m.content.includes('您的残疾人证将于')
    const others = told.filter((phone) => phone !== unwilling && phone !== black)
    assert.ok(others.length > 3, `only ${others.length} others were told`)
    const reached = () => others.filter((phone) => provider.sent.some((m) => round(m) && m.mobile === phone))
    await delivered(() => reached().length > 2)
    const clerk = await it.as('banzheng')
    for (let i = 0; i < 100 && (await unsent(clerk)) > 0; i++) await new Promise((resolve) => setTimeout(resolve, 100))
    assert.equal(await unsent(clerk), 0)
    assert.ok(provider.sent.every((m) => m.mobile !== unwilling), 'a number that wants none got one from the round')
    provider.sent.length = 0
    await visit(clerk, '/messages/campaign')
    await clerk.locator('[name=region]').selectOption('533103105')
    await clerk.locator('[name=expires]').fill('2020-05-31')
    await clerk.locator('[name=confirm]').fill(password)
    await press(clerk, '生成并发送')
    await delivered(() => provider.sent.length > 3)
    for (let i = 0; i < 100 && !(await clerk.locator('main').innerText()).includes('运营商黑名单'); i++) await clerk.goto('/messages?state=failed')
    await visit(clerk, '/messages?state=failed')
    await says(clerk, '运营商黑名单')
    assert.ok(provider.sent.every((m) => m.mobile !== unwilling), 'a number that wants none got one')
    await press(clerk, '重新发送勾选的短信')
    assert.match(await clerk.title(), /^错误/)
    provider.black.clear()
    await unfold(clerk)
    await clerk.locator('[name=ids]').first().check()
    await press(clerk, '重新发送勾选的短信')
    assert.match(await done(clerk), /已重新排队/)
    await delivered(() => provider.sent.some((m) => m.mobile === black))
  })
})

// unsent is how many messages wait in the queue, as far as one page shows them.
async function unsent(page) {
  await page.goto('/messages?state=queued')
  return page.locator('main table tbody tr').count()
}

// delivered waits for what the provider gets.
async function delivered(so, limit = 60_000) {
  for (const began = Date.now(); !so(); ) {
    if (Date.now() - began > limit) throw new Error('the provider never got it')
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}
