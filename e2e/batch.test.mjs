// A township's batch in the browser, from the printer to the hands: one blank is spoiled and one lost, the desk's day ends with a count that must agree, the
// township counts the bag by number and serials, one card is lost at the township and printed again, one case ends before the hand-over, and the other signs.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { checked } from './lib.mjs'
import { office, press, send, unfold, visit } from './office.mjs'
import { says } from './steps.mjs'

const cases = 4500 // that many put approved cases into every township
const town = '533103103' // 勐戛镇, whose clerk is mengga

describe('a township batch from the printer to the hands', { timeout: 300_000 }, () => {
  let it, clerk, township, batch
  const people = [] // of the batch: { id, name, serial }
  const blanks = { red: [], green: [] } // serials at the desk, in their order
  const used = [] // serials of good cards

  before(async () => {
    it = await office({ cases })
    await it.morning('2020-04-01')
    clerk = await it.as('banzheng')
    township = await it.as('mengga')
  })
  after(() => it?.close())

  test('blanks come in and go to the printing desk', async () => {
    for (const [colour, letters] of [['red', 'R'], ['green', 'G']]) {
      await visit(clerk, '/blanks/receive')
      await clerk.locator(`[name=kind][value=book-${colour}]`).or(clerk.locator('select[name=kind]')).first().evaluate((field, value) => {
        if (field.type === 'radio') field.checked = true
        else field.value = value
      }, `book-${colour}`)
      await clerk.locator('[name=first]').fill(`${letters}0001`)
      await clerk.locator('[name=count]').fill('20')
      await clerk.locator('[name=supplier]').fill('云南省残联')
      await send(clerk, '/blanks/receive')
      await says(clerk, `${letters}0001 至 ${letters}0020`)
      await visit(clerk, '/blanks/issue')
      await clerk.locator('[name=first]').fill(`${letters}0001`)
      await clerk.locator('[name=count]').fill('9')
      await clerk.locator('[name=desk]').fill('1 号台')
      await send(clerk, '/blanks/issue')
      for (let n = 1; n <= 9; n++) blanks[colour].push(`${letters}000${n}`)
    }
    await says(clerk, '第二代证（绿色封皮） 9 本')
  })

  test('two approved cases become a batch, whose pages come for the chosen printer', async () => {
    await visit(clerk, `/batches/new?region=${town}`)
    const boxes = clerk.locator('main [name=id]')
    assert.ok((await boxes.count()) === 2, 'the township does not have two approved cases')
    await boxes.evaluateAll((all) => all.forEach((box) => (box.checked = true)))
    await press(clerk, '用勾选的办件建立批次')
    batch = new URL(clerk.url()).pathname
    for (const link of await clerk.locator('main table a[href^="/applications/"]').all()) {
      people.push({ id: (await link.getAttribute('href')).split('/').pop(), name: (await link.innerText()).trim() })
    }
    assert.equal(people.length, 2)
    await clerk.locator('[name=printer]').selectOption({ label: '1 号台喷墨机' })
    const pdf = await clerk.request.get(`${batch}/booklets.pdf?printer=${await clerk.locator('[name=printer]').inputValue()}`)
    assert.equal(pdf.headers()['content-type'], 'application/pdf')
  })

  test('one blank is spoiled, another is tried twice, and each card has its serial', async () => {
    const colour = async () => ((await clerk.locator('main strong', { hasText: '第二代证' }).first().innerText()).includes('红') ? 'red' : 'green')
    await unfold(clerk)
    await clerk.locator('form[action$="/spoil"] [name=reason]').fill('卡纸')
    await send(clerk, '/spoil') // the spoiled blank's serial is missing
    assert.match(await clerk.title(), /^错误/)
    assert.equal(await clerk.locator('form[action$="/spoil"] [name=reason]').inputValue(), '卡纸') // nothing typed is lost, and the fold stands open
    await clerk.locator('form[action$="/spoil"] [name=blank]').fill(blanks[await colour()].shift())
    await send(clerk, '/spoil')
    for (let n = 0; n < 2; n++) {
      const field = clerk.locator('form[action$="/good"] [name=serial]')
      if (n === 1) {
        await field.fill(used[0])
        await send(clerk, '/good')
        assert.match(await clerk.title(), /^错误/)
      }
      used.push(blanks[await colour()].shift())
      await field.fill(used[n])
      await send(clerk, '/good')
    }
    await says(clerk, '待下发')
  })

  test('the desk closes its day only once the lost blank is entered with two names', async () => {
    await visit(clerk, '/blanks/close')
    const count = async (green) => {
      await clerk.locator('[name=desk]').selectOption('1 号台')
      await clerk.locator('[name=book-red]').fill(String(blanks.red.length))
      await clerk.locator('[name=book-green]').fill(String(green))
      await send(clerk, '/blanks/close')
    }
    await count(blanks.green.length - 1) // one is not there
    assert.match(await clerk.title(), /^错误/)
    await says(clerk, `台账应有 ${blanks.green.length} 本，清点为 ${blanks.green.length - 1} 本`)
    const lost = blanks.green.pop()
    await visit(clerk, '/blanks/lose')
    await clerk.locator('[name=what][value=lost]').check()
    await clerk.locator('[name=serial]').fill(lost)
    await clerk.locator('[name=reason]').fill('日终清点时不见，已搜寻')
    await send(clerk, '/blanks/lose') // a second name is missing
    assert.match(await clerk.title(), /^错误/)
    await clerk.locator('[name=witness]').fill('测试见证')
    await send(clerk, '/blanks/lose')
    await visit(clerk, '/blanks/close')
    await count(blanks.green.length)
    await says(clerk, '已日结')
  })

  test('the bag leaves under its seal and the township counts it by number and serials', async () => {
    await visit(clerk, batch)
    await clerk.locator('[name=seal]').fill('F000123')
    await clerk.locator('[name=bearer]').fill('县邮政')
    await send(clerk, '/dispatch')
    await visit(township, batch)
    await township.locator('[name=count]').fill('1')
    await township.locator('[name=serials]').fill(used[0])
    await township.locator('[name=whole]').check()
    await send(township, '/receive') // one card too few, and nobody said why
    assert.match(await township.title(), /^错误/)
    await says(township, '缺序列号 1 个')
    await township.locator('[name=count]').fill('2')
    await township.locator('[name=serials]').fill(used.join('\n'))
    await send(township, '/receive')
    await says(township, '清点 2 本')
  })

  test('a card that nobody finds is printed again in a batch of its own', async () => {
    await it.morning('2020-04-02') // the desk closed the day before
    clerk = await it.as('banzheng')
    township = await it.as('mengga')
    await visit(clerk, `/applications/${people[0].id}`)
    const form = clerk.locator('form[action$="/reprint"]')
    await unfold(clerk)
    await form.locator('[name=reason]').fill('村里转交时遗失')
    await form.locator('[name=lost][value=yes]').check()
    await send(clerk, '/reprint') // a second name is missing
    assert.match(await clerk.title(), /^错误/)
    assert.ok(await form.locator('[name=lost][value=yes]').isChecked())
    await checked(clerk)
    await form.locator('[name=witness]').fill('测试见证')
    await send(clerk, '/reprint')
    await says(clerk, '另一本空白证')
    await visit(clerk, new URL(await clerk.locator('main a[href^="/batches/"]').first().getAttribute('href'), clerk.url()).pathname)
    const again = new URL(clerk.url()).pathname
    assert.notEqual(again, batch)
    await clerk.locator('form[action$="/good"] [name=serial]').fill(used[0].startsWith('R') ? blanks.red.shift() : blanks.green.shift())
    await send(clerk, '/good')
    await send(clerk, '/dispatch')
    await visit(township, again)
    await township.locator('[name=count]').fill('1')
    await township.locator('[name=whole]').check()
    await send(township, '/receive')
  })

  test('the other case ends before the hand-over', async () => {
    const approver = await it.as('shenpi')
    await visit(approver, `/applications/${people[1].id}`)
    const form = approver.locator('form[action$="/void"]')
    await unfold(approver)
    await form.locator('[name=void-reason]').fill('本人书面声明')
    await send(approver, '/void') // no cause
    assert.match(await approver.title(), /^错误/)
    assert.equal(await form.locator('[name=void-reason]').inputValue(), '本人书面声明')
    await checked(approver)
    await form.locator('[name=void-cause][value=wish]').check()
    await form.locator('[name=void-lost][value=no]').check()
    await send(approver, '/void')
    await says(approver, '本人书面放弃：本人书面声明')
    await visit(township, batch)
    await says(township, '已作废')
  })

  test('each card comes into the hand of its holder', async () => {
    const { id, name } = people[0]
    await visit(township, `/deliveries/${id}`)
    await township.locator('[name=receiver]').fill(name)
    await press(township, '登记发放')
    await visit(clerk, '/blanks')
    await checked(clerk)
  })
})
