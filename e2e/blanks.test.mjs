// A township's batch from the printer to the hand, with one spoiled and one lost blank, and the desk's day closed on its count.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { picture, screens } from './lib.mjs'
import { done, office, press, send, unfold, visit } from './office.mjs'
import { says } from './steps.mjs'

// shown is a picture of the page on an office PC and on a phone, when they are asked for.
async function shown(page, name) {
  if (!process.env.HEFA_PICTURES) return
  const before = page.viewportSize()
  await page.setViewportSize({ width: 1366, height: 768 })
  await picture(page, `blanks-${name}`)
  await page.setViewportSize(screens.phone)
  await picture(page, `blanks-${name}-phone`)
  await page.setViewportSize(before)
}

// fill types into the fields of the page by their names.
async function fill(page, values) {
  for (const [name, value] of Object.entries(values)) await page.locator(`main [name="${name}"]`).first().fill(value)
}

// book is the line of a kind in the book: received, in stock, at desks, used, spoiled, lost, sent back.
async function book(page, kind) {
  await visit(page, '/blanks')
  const row = page.locator('main table').first().locator('tbody tr').filter({ hasText: kind })
  return (await row.locator('td').allInnerTexts()).slice(1).map(Number)
}

const desk = '1 号台'

for (const js of [true, false]) {
  describe(`blanks ${js ? 'with' : 'without'} JavaScript`, { timeout: 600_000 }, () => {
    let it
    let clerk
    let names
    before(async () => {
      it = await office({ js })
      await it.morning('2020-04-01')
      clerk = await it.as('banzheng')
    })
    after(() => it?.close())

    test('a delivery is taken in and blanks go to the desk', async () => {
      for (const [kind, first] of [['book-green', 'YN000001'], ['book-red', 'YR000001']]) {
        await visit(clerk, '/blanks/receive')
        await press(clerk, '空白证入库')
        assert.match(await clerk.title(), /^错误/)
        await clerk.locator(`main [name=kind][value=${kind}]`).check()
        await fill(clerk, { first, count: '100', supplier: '云南省残联' })
        await shown(clerk, 'receive')
        await press(clerk, '空白证入库')
        await visit(clerk, '/blanks/issue')
        await fill(clerk, { first, count: '20', desk })
        await press(clerk, '制证台领用')
        assert.match(await done(clerk), /已发给制证台/)
      }
      assert.deepEqual(await book(clerk, '绿色'), [100, 80, 20, 0, 0, 0, 0])
      await shown(clerk, 'book')
    })

    test('one blank of the batch is spoiled, one is lost, the rest become cards', async () => {
      await visit(clerk, '/batches/new')
      await Promise.all([clerk.waitForEvent('framenavigated'), clerk.locator('main table tbody a').first().click()])
      await press(clerk, '用勾选的办件建立批次')
      const batch = new URL(clerk.url()).pathname
      names = await clerk.locator('main table tbody tr td:first-child a').allInnerTexts()
      const red = (await clerk.locator('main form[action$="/good"]').evaluate((f) => f.previousElementSibling.textContent)).includes('红色')
      const head = red ? 'YR0000' : 'YN0000'
      await send(clerk, '/good') // nothing scanned
      assert.match(await clerk.title(), /^错误/)
      await unfold(clerk)
      await fill(clerk, { blank: `${head}01` })
      await clerk.locator('main form[action$="/spoil"] [name=reason]').fill('卡纸')
      await shown(clerk, 'batch')
      await send(clerk, '/spoil')
      await visit(clerk, '/blanks/lose')
      await fill(clerk, { serial: `${head}02`, reason: '装机时不见，已搜寻', witness: '演示见证人' })
      await press(clerk, '登记遗失或找回')
      await visit(clerk, batch)
      await fill(clerk, { serial: `${head}02` })
      await send(clerk, '/good')
      await says(clerk, '现在是“已遗失”')
      await fill(clerk, { serial: `${head}03` })
      await send(clerk, '/good')
      if (names.length > 1) {
        await unfold(clerk)
        await clerk.locator('main form[action$="/print"] [name=desk]').selectOption(desk)
        await send(clerk, '/print')
      }
      const [green, reds] = [await book(clerk, '绿色'), await book(clerk, '红色封皮')]
      const both = green.map((n, i) => n + reds[i])
      assert.deepEqual(both, [200, 160, 40 - 2 - names.length, names.length, 1, 1, 0])
      await visit(clerk, batch)
      await send(clerk, '/dispatch')
    })

    test('the desk closes its day when the count agrees', async () => {
      const [green, red] = [await book(clerk, '绿色'), await book(clerk, '红色封皮')]
      await visit(clerk, '/blanks/close')
      await clerk.locator('main [name=desk]').selectOption(desk)
      await fill(clerk, { 'book-green': String(green[2] - 1), 'book-red': String(red[2]) })
      await press(clerk, '制证台日结')
      await says(clerk, '请先登记遗失或找回')
      await shown(clerk, 'close')
      await fill(clerk, { 'book-green': String(green[2]) })
      await press(clerk, '制证台日结')
      assert.match(await done(clerk), /已日结/)
      await visit(clerk, '/blanks/list?state=lost')
      await says(clerk, '演示见证人')
      await shown(clerk, 'list')
    })

    test('the first card comes into the hand', async () => {
      const officer = await it.as('banzheng')
      await visit(officer, `/deliveries?name=${encodeURIComponent(names[0])}`)
      await Promise.all([officer.waitForEvent('framenavigated'), officer.locator('main table tbody a').first().click()])
      await officer.waitForLoadState()
      if (await officer.locator('main [name=recalled]').count()) await officer.locator('main [name=recalled]').check()
      await press(officer, '登记发放')
      assert.match(await done(officer), /已发放/)
    })
  })
}
