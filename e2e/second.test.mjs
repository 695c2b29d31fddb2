// The second factor in the browser: somebody binds an app, is asked for its code at the next sign-in, comes in with a recovery code when the phone is
// lost, and is freed by the security administrator.
import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { after, before, describe, test } from 'node:test'
import { visitor } from './lib.mjs'
import { done, office, password, press, send, visit } from './office.mjs'
import { says } from './steps.mjs'

const login = 'shenpi'
const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

// code is what the app shows for a secret at an instant (RFC 6238).
function code(secret, at) {
  const bits = [...secret].map((c) => letters.indexOf(c).toString(2).padStart(5, '0')).join('')
  const key = Buffer.from(bits.match(/.{8}/g).map((b) => parseInt(b, 2)))
  const step = Buffer.alloc(8)
  step.writeBigUInt64BE(BigInt(Math.floor(at / 30_000)))
  const mac = createHmac('sha1', key).update(step).digest()
  return String((mac.readUInt32BE(mac[19] & 15) & 0x7fffffff) % 1_000_000).padStart(6, '0')
}

// officeTime is the clock of the office, whose day the page says: it runs as the machine's, whole days beside it.
async function officeTime(page) {
  const day = await page.locator('html').getAttribute('data-today')
  const real = new Date(Date.now() + 8 * 3600_000).toISOString().slice(0, 10)
  return Date.now() + Date.parse(day) - Date.parse(real)
}

async function signIn(page) {
  await visit(page, '/sign-in')
  await page.locator('[name=account]').fill(login)
  await page.locator('[name=password]').fill(password)
  await press(page, '登录')
}

for (const js of [true, false]) {
  describe(`the second factor ${js ? 'with' : 'without'} JavaScript`, { timeout: 300_000 }, () => {
    let it
    let secret
    let spares
    let used
    before(async () => {
      it = await office({ js })
      await it.morning('2020-04-01')
    })
    after(() => it?.close())

    test('somebody binds an app, past a wrong code', async () => {
      const page = await it.as(login)
      await visit(page, '/account/second')
      await page.locator('[name=confirm]').fill(password)
      await press(page, '开始绑定')
      secret = (await page.locator('main code').innerText()).replaceAll(' ', '')
      assert.equal(await page.locator('main img').evaluate((img) => img.complete && img.naturalWidth > 100), true)
      await page.locator('[name=code]').fill('12345')
      await press(page, '确认绑定')
      assert.match(await page.title(), /^错误/)
      used = code(secret, await officeTime(page))
      await page.locator('[name=code]').fill(used)
      await press(page, '确认绑定')
      spares = await page.locator('main li code').allInnerTexts()
      assert.equal(spares.length, 10)
      await press(page, '已保存，继续')
    })

    test('the next sign-in asks for a code, which is good once, and takes a recovery code', async () => {
      const page = await visitor(it, { js })
      await signIn(page)
      await says(page, '密码正确')
      await visit(page, '/people') // nothing opens before the code
      await says(page, '密码正确')
      await page.locator('[name=code]').fill(used)
      await press(page, '登录')
      assert.match(await page.title(), /^错误/)
      await says(page, '验证码不正确或已用过')
      await page.locator('[name=code]').fill(spares[4].toUpperCase())
      await press(page, '登录')
      assert.equal(new URL(page.url()).pathname, '/people')
      await visit(page, '/account/second')
      await says(page, '还剩 9 个')
      await page.context().close()
    })

    test('the security administrator frees somebody whose phone is lost', async () => {
      const page = await it.as('anquan')
      await visit(page, '/accounts?q=' + login)
      await page.locator('main table a').first().click()
      await page.waitForLoadState()
      await send(page, '/second')
      assert.match(await done(page), /已解除该账号的动态验证码/)
      const free = await visitor(it, { js })
      await signIn(free)
      assert.equal(new URL(free.url()).pathname, '/')
      await free.context().close()
    })
  })
}
