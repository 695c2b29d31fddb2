// A pile of fifty mixed forms, as the program prints them and a scanner scans them: some turned, one from nowhere, some without a code. It files itself, and what
// is left is filed by hand; then a folder that a scanner drops into, watched by a program that is killed on the way.
import assert from 'node:assert/strict'
import { execFileSync, spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { checked, picture, root, screens, today } from './lib.mjs'
import { office } from './office.mjs'

const cases = 4500 // that many put a case of nearly every state into each township

let it
before(async () => {
  it = await office({ cases })
  await it.morning(today)
}, { timeout: 300_000 })
after(() => it?.close())

/** The rendered pages of a PDF, as grey JPEG; turn is degrees clockwise. */
function scanned(pdf, turn = 0) {
  const folder = mkdtempSync(join(tmpdir(), 'hefa-scan-'))
  try {
    const [plain, turned] = ['a.pdf', 'b.pdf'].map((name) => join(folder, name))
    writeFileSync(plain, pdf)
    if (turn) execFileSync('qpdf', [plain, turned, `--rotate=+${turn}`])
    execFileSync('pdftoppm', ['-r', '110', '-gray', '-jpeg', turn ? turned : plain, join(folder, 'p')])
    return readdirSync(folder).filter((name) => name.endsWith('.jpg')).sort().map((name) => readFileSync(join(folder, name)))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

// The size of a JPEG stands in its start-of-frame segment.
function size(jpeg) {
  for (let at = 2; ; at += 2 + jpeg.readUInt16BE(at + 2)) {
    const mark = jpeg[at + 1]
    if (mark >= 0xc0 && mark <= 0xc2) return { high: jpeg.readUInt16BE(at + 5), wide: jpeg.readUInt16BE(at + 7) }
  }
}

/** A PDF as scanners write it: a JPEG a page. */
function book(pages) {
  const parts = [Buffer.from('%PDF-1.4\n')]
  const places = []
  let length = parts[0].length
  const add = (...pieces) => {
    places.push(length)
    for (const p of [`${places.length} 0 obj\n`, ...pieces, '\nendobj\n'].map((x) => Buffer.from(x))) {
      parts.push(p)
      length += p.length
    }
  }
  add('<</Type/Catalog/Pages 2 0 R>>')
  add(`<</Type/Pages/Count ${pages.length}/Kids[${pages.map((_, i) => `${3 * i + 3} 0 R`).join(' ')}]>>`)
  pages.forEach((jpeg, i) => {
    const { wide, high } = size(jpeg)
    const [w, h] = wide < high ? [595, 842] : [842, 595]
    const draw = `q ${w} 0 0 ${h} 0 0 cm /I Do Q`
    add(`<</Type/Page/Parent 2 0 R/MediaBox[0 0 ${w} ${h}]/Contents ${3 * i + 4} 0 R/Resources<</XObject<</I ${3 * i + 5} 0 R>>>>>>`)
    add(`<</Length ${draw.length}>>\nstream\n${draw}\nendstream`)
    add(`<</Type/XObject/Subtype/Image/Width ${wide}/Height ${high}/ColorSpace/DeviceGray/BitsPerComponent 8/Filter/DCTDecode/Length ${jpeg.length}>>\nstream\n`, jpeg, '\nendstream')
  })
  const start = length
  parts.push(Buffer.from(`xref\n0 ${places.length + 1}\n0000000000 65535 f \n${places.map((p) => `${String(p).padStart(10, '0')} 00000 n \n`).join('')}trailer\n<</Size ${places.length + 1}/Root 1 0 R>>\nstartxref\n${start}\n%%EOF\n`))
  return Buffer.concat(parts)
}

const links = (page, prefix) => page.locator(`main a[href^="${prefix}"]`).evaluateAll((all) => all.map((a) => a.getAttribute('href')))
const records = (all, prefix) => [...new Set(all.map((href) => new RegExp(`^${prefix}[0-9a-z-]{20,}`).exec(href)?.[0]).filter(Boolean))]

async function shown(page, name) {
  if (!process.env.HEFA_PICTURES) return
  const was = page.viewportSize()
  await page.setViewportSize({ width: 1366, height: 768 })
  await picture(page, `piles-${name}`)
  await page.setViewportSize(screens.phone)
  await picture(page, `piles-${name}-phone`)
  await page.setViewportSize(was)
}

describe('piles of scanned papers', { timeout: 300_000 }, () => {
  let town
  let clerk
  let pile
  let stack
  let letters
  let sheets
  let forms
  let signed
  after(() => stack && rmSync(dirname(stack), { recursive: true, force: true }))

  test('the program prints letters and forms, and they come back signed', async () => {
    clerk = await it.as('banzheng')
    await clerk.request.post('/reminders/round', { maxRedirects: 0 })
    town = await it.as('fengping')
    await town.goto('/reminders?state=made&kind=renew')
    letters = records(await links(town, '/reminders/'), '/reminders/').slice(0, 10)
    assert.equal(letters.length, 10)
    const found = async (state) => {
      await town.goto(`/applications?state=${state}`)
      return records(await links(town, '/applications/'), '/applications/')
    }
    const pages = []
    for (const [i, letter] of letters.entries()) pages.push(...scanned(await (await town.request.get(`${letter}/letter.pdf`)).body(), [0, 180, 90, 270][i % 4]))
    // What is filled in and signed in the villages: survey sheets, waivers and pledges, each with a number of its own.
    signed = []
    for (const [form, count] of [['survey', 6], ['waiver', 5], ['pledge', 5]]) {
      const numbered = await town.request.post('/statements', { form: { form, place: '533103105', count: String(count) }, maxRedirects: 0 })
      assert.equal(numbered.status(), 303, form)
      const at = numbered.headers().location.split('?')[0]
      const printed = scanned(await (await town.request.get(`${at}/forms.pdf`)).body())
      assert.equal(printed.length, count, form)
      signed.push(at)
      pages.push(...printed)
    }
    const blank = scanned(await (await town.request.get('/forms/survey.pdf')).body())[0]
    forms = (await found('submitted')).slice(0, 4)
    for (const href of forms) pages.push(...scanned(await (await town.request.get(`${href}/form.pdf`)).body(), 90))
    sheets = []
    for (const state of ['scheduled', 'assessed', 'announced', 'review']) sheets.push(...(await found(state)).slice(0, 6))
    for (const [i, href] of sheets.entries()) {
      const sheet = await town.request.get(`${href}/evaluation.pdf`)
      if (sheet.status() !== 200) continue
      pages.push(...scanned(await sheet.body(), i % 3 === 2 ? 180 : 0))
      if (pages.length < 48) pages.push(blank) // the record behind its sheet
      if (pages.length >= 49) break
    }
    assert.ok(pages.length >= 49, `${pages.length} pages`)
    stack = join(mkdtempSync(join(tmpdir(), 'hefa-pile-')), '扫描0401.pdf')
    writeFileSync(stack, book([blank, ...pages.slice(0, 49)]))
  })

  test('fifty pages split and file themselves', async () => {
    await town.goto('/piles/new')
    await checked(town)
    await town.getByRole('button', { name: '上传' }).click()
    assert.match(await town.title(), /^错误/)
    await checked(town)
    await town.locator('[name=scans]').setInputFiles(stack)
    await town.getByRole('button', { name: '上传' }).click()
    await town.waitForURL(/\/piles\/[0-9a-z-]+$/)
    pile = new URL(town.url()).pathname
    await checked(town)
    await town.locator('main table').first().waitFor({ timeout: 150_000 })
    await checked(town)
    await shown(town, 'filed')
    const filed = await town.locator('main table').filter({ has: town.locator('caption', { hasText: '已归入' }) }).locator('tbody tr').count()
    const waits = await town.locator('main table').filter({ has: town.locator('caption', { hasText: '未识别' }) }).locator('tbody tr').allInnerTexts()
    assert.ok(filed >= letters.length + 16 + forms.length, `${filed} papers were filed; ${waits.join('\n')}`)
    assert.equal(forms.length, 4)
    assert.match(await town.locator('main').innerText(), /50/)
    assert.equal(waits.length, 1, waits.join('\n'))
    for (const letter of letters) {
      await town.goto(letter)
      assert.match(await town.locator('main').innerText(), /已收回执|回执/)
      assert.equal((await town.request.get(`${letter}/proof`)).headers()['content-type'], 'application/pdf', letter)
    }
  })

  test('signed papers are back with their scans, and stand in the file of whoever is named', async () => {
    for (const at of signed) {
      await town.goto(at)
      assert.match(await town.locator('main').innerText(), /已收回/)
      await checked(town)
      assert.equal((await town.request.get(`${at}/proof`)).status(), 200)
    }
    assert.equal(await town.locator('[name=number]').count(), 0) // a pledge is kept with its own record only
    await town.goto(signed[0])
    await town.locator('[name=number]').fill('1')
    await town.getByRole('button', { name: '登记表上的人' }).click()
    assert.match(await town.title(), /^错误/)
    await checked(town)
    await town.goto('/statements')
    await checked(town)
    await shown(town, 'statements')
  })

  test('the one page without a form is turned and filed by hand', async () => {
    await town.goto(pile)
    await town.locator('main a[href*="/pieces/"]').first().click()
    await checked(town)
    await town.locator('button[value=rotate]').first().click()
    assert.match(await town.locator('main img').first().getAttribute('src'), /turn=90/)
    await town.getByRole('button', { name: '归入' }).click()
    assert.match(await town.title(), /^错误/)
    await checked(town)
    await shown(town, 'piece')
    await town.locator('details summary').filter({ hasText: '作废' }).click()
    await town.locator('[name=reason]').fill('空白页')
    await town.getByRole('button', { name: '作废' }).click()
    await town.waitForURL((url) => url.pathname === pile)
    assert.match(await town.locator('main').innerText(), /全部办完/)
    await checked(town)
    await town.goto('/piles')
    await checked(town)
    await shown(town, 'list')
  })

  test('a watched folder hands in once what a scanner drops, however often its program is killed', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'hefa-watch-'))
    const watch = (token) => spawn(join(root, 'bin/hefa'), ['scan', 'watch', join(folder), '--server', it.server.url, '--token-file', token, '--settle', '500ms'])
    const ended = (child) => new Promise((resolve) => child.once('close', resolve))
    let child
    try {
      const token = join(folder, 'token.txt')
      writeFileSync(token, execFileSync(join(root, 'bin/hefa'), ['token', 'create', '--user', 'fengping', '--name', 'scanner', '--data', it.server.data, '--today', today]))
      child = watch(token)
      writeFileSync(join(folder, '0001.pdf'), book(scanned(await (await town.request.get('/forms/survey.pdf')).body(), 90)))
      writeFileSync(join(folder, '0002.pdf'), '%PDF-1.4 nothing %%EOF')
      writeFileSync(join(folder, 'notes.txt'), 'no scan')
      await until(() => existsSync(join(folder, 'failed', '0002.pdf.txt')) && existsSync(join(folder, 'done', '0001.pdf')))
      assert.match(readFileSync(join(folder, 'failed', '0002.pdf.txt'), 'utf8'), /PDF 已损坏/)
      child.kill('SIGKILL')
      await ended(child)
      writeFileSync(join(folder, '0001-copy.pdf'), readFileSync(join(folder, 'done', '0001.pdf'))) // as if it had been taken and not moved
      child = watch(token)
      await until(() => existsSync(join(folder, 'done', '0001-copy.pdf')))
      assert.deepEqual(readdirSync(folder).sort(), ['done', 'failed', 'notes.txt', 'token.txt'])
      await town.goto('/piles')
      assert.equal((await town.locator('main').innerText()).match(/0001/g).length, 1)
    } finally {
      child?.kill('SIGTERM')
      rmSync(folder, { recursive: true, force: true })
    }
  })
})

// until waits for what another program does.
async function until(done) {
  for (const end = Date.now() + 30_000; !done(); await new Promise((resolve) => setTimeout(resolve, 50))) assert.ok(Date.now() < end, 'it does not happen')
}
