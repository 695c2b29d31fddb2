// A card is checked in the browser: on the page of the installation, and with the file that works when its server is stopped.
import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { axe, visitor } from './lib.mjs'
import { begin, number, papers } from './matters.mjs'
import { office, press, visit } from './office.mjs'
import { says } from './steps.mjs'

describe('checking a card', { timeout: 300_000 }, () => {
  let it
  let code
  let other
  let lost
  const files = mkdtempSync(join(tmpdir(), 'hefa-verify-'))
  before(async () => {
    it = await office()
    await it.morning('2020-04-01')
  })
  after(async () => {
    await it?.close()
    rmSync(files, { recursive: true, force: true })
  })

  test('the county takes out the electronic form of a certificate', async () => {
    const page = await it.as('banzheng')
    await visit(page, '/certificates?region=533103&state=valid&from=2027-01-01')
    const links = await page.locator('main table a[href^="/certificates/"]').evaluateAll((all) => all.map((a) => a.getAttribute('href')))
    await visit(page, `${links[0]}/electronic`)
    assert.equal(await page.locator('main img').evaluate((img) => img.complete && img.naturalWidth > 200), true)
    code = await page.locator('main code').evaluate((c) => c.textContent)
    assert.match(code, /^HEFA1\.[\w-]+\.[\w-]+$/)
    const pdf = await page.request.get(`${links[0]}/electronic.pdf`)
    assert.equal(pdf.headers()['content-type'], 'application/pdf')
    await visit(page, `${links[1]}/electronic`)
    other = await page.locator('main code').evaluate((c) => c.textContent)
  })

  test('another one is lost, and void from the acceptance on', async () => {
    const town = await it.as('fengping')
    await visit(town, '/certificates?state=valid&from=2020-06-01&region=533103105')
    const page = await it.as('banzheng')
    await visit(page, `${await town.locator('main table tbody a').first().getAttribute('href')}/electronic`)
    lost = await page.locator('main code').evaluate((c) => c.textContent)
    assert.notEqual(lost, code)
    await begin(town, await number(town, 0), 'reissue')
    await town.locator('[name=stated]').fill('赶集时遗失，已在村里声明作废')
    await press(town, '登记并提交')
    await papers(town)
  })

  for (const js of [true, false]) {
    test(`anybody checks it on the page ${js ? 'with' : 'without'} JavaScript`, async () => {
      const page = await visitor(it, { js })
      if (js) {
        await page.goto(`/verify#${code}`) // as a phone opens it
        await page.getByText('核验结果').first().waitFor()
        assert.equal(new URL(page.url()).hash, '')
      } else {
        await visit(page, '/verify')
        await page.locator('[name=code]').fill(code)
        await press(page, '核验')
      }
      await says(page, '有效')
      await visit(page, '/verify')
      await page.locator('[name=code]').fill(code.slice(0, -4) + 'AAAA')
      await press(page, '核验')
      assert.match(await page.title(), /^错误/)
      await page.context().close()
    })
  }

  test('the file goes on checking when the server is stopped', async () => {
    const page = await visitor(it, { js: true })
    const [html, list] = [join(files, 'check.html'), join(files, 'list.json')]
    writeFileSync(html, await (await page.request.get('/verify/offline.html')).body())
    writeFileSync(list, await (await page.request.get('/verify/ended/533103.json')).body())
    await it.evening()
    const alone = await it.browser.newPage()
    const trouble = []
    alone.on('pageerror', (err) => trouble.push(String(err)))
    alone.on('console', (m) => m.type() === 'error' && trouble.push(m.text()))
    await alone.clock.setFixedTime(new Date('2020-04-01T10:00:00+08:00')) // the office's day, on which the list is fresh
    await alone.goto(`file://${html}`)
    await axe(alone)
    const check = async (text) => {
      await alone.locator('#code').fill(text)
      await alone.locator('#check').click()
      await alone.waitForFunction(() => document.querySelector('#result p'))
      await new Promise((resolve) => setTimeout(resolve, 300))
      return alone.locator('#result').innerText()
    }
    assert.match(await check(code), /签名正确[^]*没有选择失效名单[^]*533199/)
    await axe(alone)
    assert.match(await check(code.slice(0, -4) + 'AAAA'), /核验没有通过/)
    assert.match(await check('HEFA1.x'), /不是完整的核验码/)
    const [, message, signature] = code.split('.')
    const forged = Buffer.from(Buffer.from(message, 'base64url').toString().replace('533199', '533198')).toString('base64url')
    assert.match(await check(`HEFA1.${forged}.${signature}`), /核验没有通过/)
    assert.match(await check(`HEFA1.${message}.${other.split('.')[2]}`), /核验没有通过/)
    await alone.locator('#list').setInputFiles(list)
    assert.match(await check(code), /签名正确[^]*\n不在失效名单里[^]*名单制作时间[^]*名单应在此前更新/)
    assert.match(await check(lost), /签名正确[^]*证件已失效（在失效名单里）[^]*名单制作时间/)
    assert.doesNotMatch(await check(lost), /不在失效名单里/)
    await alone.clock.setFixedTime(new Date('2020-05-01T10:00:00+08:00'))
    assert.match(await check(code), /失效名单已过期/)
    assert.match(await check(lost), /证件已失效（在失效名单里）[^]*失效名单已过期/) // an old list still names those that had ended
    const wrong = JSON.parse(readFileSync(list))
    writeFileSync(list, JSON.stringify({ ...wrong, hashes: [...wrong.hashes, 'AAAAAAAAAAAAAAAAAAAAAA'] }))
    await alone.locator('#list').setInputFiles(list)
    assert.match(await check(code), /失效名单的签名不对/)
    assert.deepEqual(trouble, [])
    await alone.close()
  })
})
