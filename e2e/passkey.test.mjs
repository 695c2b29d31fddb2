// Security keys in the browser, with Chromium's virtual authenticator: somebody adds a key, signs in with it, proves a grave act with it, and takes it
// off; without scripts the pages say what to do instead.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { axe, picture, visitor } from './lib.mjs'
import { done, office, password, press, visit } from './office.mjs'
import { says } from './steps.mjs'

const login = 'shenpi'
const pictures = process.env.PICTURES // a folder, to look at the pages

// plug puts a USB key into the browser of a page, which touches itself.
async function plug(page) {
  const line = await page.context().newCDPSession(page)
  await line.send('WebAuthn.enable')
  const options = { protocol: 'ctap2', transport: 'usb', hasResidentKey: false, hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true }
  const { authenticatorId } = await line.send('WebAuthn.addVirtualAuthenticator', { options })
  return { line, authenticatorId }
}

// credentials takes the credentials out of one key, and lend puts them into another, as carrying it to another PC does.
const credentials = async ({ line, authenticatorId }) => (await line.send('WebAuthn.getCredentials', { authenticatorId })).credentials
async function lend(key, all) {
  for (const credential of all) await key.line.send('WebAuthn.addCredential', { authenticatorId: key.authenticatorId, credential })
}

async function withPassword(page) {
  await visit(page, '/sign-in')
  await page.locator('[name=account]').fill(login)
  await page.locator('[name=password]').fill(password)
  await press(page, '登录')
}

const shot = (page, name) => pictures && picture(page, name, pictures)

describe('security keys', { timeout: 300_000 }, () => {
  let it
  let page
  let key
  let spares
  before(async () => {
    it = await office()
    await it.morning('2020-04-01')
    it.server.url = it.server.url.replace('127.0.0.1', 'localhost') // browsers ask keys under a name
    page = await visitor(it)
    key = await plug(page)
    await withPassword(page)
  })
  after(() => it?.close())

  test('somebody adds a key, past a name left out', async () => {
    await visit(page, '/account/second/keys')
    await shot(page, 'keys-empty')
    await page.locator('[name=confirm]').fill(password)
    await press(page, '下一步')
    assert.match(await page.title(), /^错误/)
    await shot(page, 'keys-error')
    await page.locator('[name=name]').fill('蓝色 USB 密钥')
    await page.locator('[name=confirm]').fill(password)
    await press(page, '下一步')
    await shot(page, 'keys-touch')
    await press(page, '开始，然后触摸密钥')
    spares = await page.locator('main li code').allInnerTexts()
    assert.equal(spares.length, 10)
    await visit(page, '/account/second/keys')
    await says(page, '蓝色 USB 密钥')
    await shot(page, 'keys-one')
    assert.equal((await credentials(key)).length, 1)
  })

  test('the next sign-in asks for the key, which opens it', async () => {
    const other = await visitor(it)
    const same = await plug(other)
    await lend(same, await credentials(key))
    await withPassword(other)
    await says(other, '请用安全密钥确认')
    await shot(other, 'keys-sign-in')
    await visit(other, '/people') // nothing opens before the key
    await says(other, '请用安全密钥确认')
    await press(other, '用安全密钥确认')
    assert.equal(new URL(other.url()).pathname, '/people')
    await other.context().close()
  })

  test('a grave act is proved with the key', async () => {
    await page.context().clearCookies()
    await withPassword(page)
    await page.locator('[name=code]').fill(spares[0])
    await press(page, '登录')
    await visit(page, '/account/second/keys')
    await page.getByRole('link', { name: /移除“蓝色/ }).click()
    await page.waitForLoadState()
    await axe(page)
    await shot(page, 'keys-drop')
    await press(page, '移除') // nothing given
    await says(page, '请填写动态验证码，或用安全密钥确认')
    const [one] = await credentials(key)
    await key.line.send('WebAuthn.removeCredential', { authenticatorId: key.authenticatorId, credentialId: one.credentialId })
    await lend(key, [{ ...one, signCount: 50 }]) // it signed elsewhere meanwhile
    await page.getByRole('button', { name: '用安全密钥确认' }).click()
    await page.getByText('安全密钥已确认，请继续').waitFor()
    await axe(page)
    await press(page, '移除')
    assert.match(await done(page), /已移除安全密钥/)
    await says(page, '还没有安全密钥')
  })

  test('a key that no longer answers says so, and nothing is sent', async () => {
    await page.locator('[name=name]').fill('再来一把')
    await page.locator('[name=confirm]').fill(password)
    await press(page, '下一步')
    await page.evaluate(() => { navigator.credentials.create = () => Promise.reject(new Error('the person went away')) })
    await page.getByRole('button', { name: '开始，然后触摸密钥' }).click()
    await page.getByText('安全密钥没有添加成功').waitFor()
    await axe(page)
  })

  test('without scripts the pages say what to do instead', async () => {
    const plain = await visitor(it, { js: false })
    await withPassword(plain)
    await visit(plain, '/account/second/keys')
    await says(plain, '浏览器没有启用脚本，不能添加安全密钥')
    await shot(plain, 'keys-plain')
    await plain.context().close()
  })
})
