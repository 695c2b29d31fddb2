// The later matters in the browser: a loss is declared and comes to a new card, a certificate moves to the neighbour, and one is cancelled, from the counter to the shelf.
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { after, before, describe, test } from 'node:test'
import { picture, screens } from './lib.mjs'
import { begin, decide, number, papers } from './matters.mjs'
import { go, office, press, send, unfold, visit } from './office.mjs'
import { says } from './steps.mjs'

// shown is a picture of the page on an office PC and on a phone, when they are asked for.
async function shown(page, name) {
  if (!process.env.HEFA_PICTURES) return
  await picture(page, `matters-${name}`)
  const before = page.viewportSize()
  await page.setViewportSize(screens.phone)
  await picture(page, `matters-${name}-phone`)
  await page.setViewportSize(before)
}

// printed is a photo of the first page of a paper, which bears a QR.
async function printed(page, paper) {
  const text = await page.request.get(paper)
  return execFileSync('pdftoppm', ['-r', '150', '-f', '1', '-l', '1', '-png', '-'], { input: await text.body(), maxBuffer: 64 << 20 })
}

// found comes to what the QR on a photo names.
async function found(page, photo) {
  await visit(page, '/archive')
  await page.locator('[name=picture]').setInputFiles({ name: '标签.png', mimeType: 'image/png', buffer: photo })
  await press(page, '查找档案')
  return new URL(page.url()).pathname
}

// shelf finds the case's file by a photo of its cover and its box by a photo of the box's label, says where it stands, and counts it.
async function shelf(clerk, shown) {
  await go(clerk, '打开档案')
  await says(clerk, '卷内材料')
  await shown(clerk, 'file')
  const no = await clerk.locator('.govuk-caption-l, .govuk-caption-xl').first().innerText()
  const file = new URL(clerk.url()).pathname
  const cover = await printed(clerk, `${file}/papers.pdf`)
  await go(clerk, '打开档案盒')
  const box = new URL(clerk.url()).pathname
  const label = await printed(clerk, `${box}/labels.pdf`)
  await visit(clerk, '/archive')
  await press(clerk, '查找档案')
  assert.match(await clerk.title(), /^错误/)
  assert.equal(await found(clerk, cover), file)
  await go(clerk, '打开档案盒')
  assert.equal(new URL(clerk.url()).pathname, box)
  assert.equal(await found(clerk, label), box)
  for (const [name, value] of [['room', '1 号库'], ['rack', '3 架'], ['shelf', '2 层']]) await clerk.locator(`[name=${name}]`).fill(value)
  await press(clerk, '保存位置')
  await says(clerk, '1 号库 3 架 2 层')
  await clerk.locator('[name=codes]').fill(`${no}\n不属于本盒`)
  await press(clerk, '清点')
  await says(clerk, '已记录清点结果')
  await shown(clerk, 'box')
  await visit(clerk, '/archive')
  await shown(clerk, 'archive')
}

for (const js of [true, false]) {
  describe(`later matters ${js ? 'with' : 'without'} JavaScript`, { timeout: 600_000 }, () => {
    let it
    before(async () => {
      it = await office({ js })
      await it.morning('2020-04-01')
    })
    after(() => it?.close())

    test('a lost certificate is void from the acceptance on, and made anew', async () => {
      const town = await it.as('fengping')
      await begin(town, await number(town, 0), 'reissue')
      await press(town, '登记并提交')
      assert.match(await town.title(), /^错误/)
      await says(town, '请写明情况和理由')
      assert.ok(await town.locator('[name=matter][value=reissue]').isChecked())
      await shown(town, 'form')
      await town.locator('[name=stated]').fill('赶集时遗失，已在村里声明作废')
      await press(town, '登记并提交')
      const path = new URL(town.url()).pathname
      await papers(town)
      await says(town, '赶集时遗失')
      await decide(it, path)
      await says(await it.as('shenpi'), '待打印')
    })

    test('a certificate moves to the neighbour county, which takes its holder over', async () => {
      const town = await it.as('fengping')
      await begin(town, await number(town, 5), 'move')
      await town.locator('[name=target]').fill('533102')
      const name = await town.locator('[name=name]').inputValue()
      await press(town, '登记并提交')
      const path = new URL(town.url()).pathname
      await papers(town)
      await decide(it, path)
      const clerk = await it.as('banzheng')
      await visit(clerk, '/transfers?way=out')
      await go(clerk, name)
      await says(clerk, '待接收')
      await shown(clerk, 'transfer-out')
      assert.ok((await clerk.request.get(`${new URL(clerk.url()).pathname}/sheet.pdf`)).ok())
      const there = await it.as('ruili')
      await visit(there, '/')
      await go(there, '人的残疾人证从外县迁来')
      await go(there, name)
      await press(there, '接收迁入')
      assert.match(await there.title(), /^错误/)
      await says(there, '请选择迁入的村（社区）')
      await says(there, '请先核对户口簿原件')
      await shown(there, 'transfer-error')
      await there.locator('[name=township]').selectOption({ index: 1 })
      await press(there, '更换乡镇')
      await there.locator('[name=region]').selectOption({ index: 1 })
      await there.locator('[name=address]').fill('三组 12 号')
      await there.locator('[name=seen]').check()
      await press(there, '接收迁入')
      await says(there, '已接收')
      await shown(there, 'transfer-in')
      await go(there, '查看登记信息')
      await says(there, '三组 12 号')
      await visit(clerk, '/transfers?state=taken')
      await says(clerk, name)
    })

    test('a certificate is cancelled at the approval, and nobody applies anew within the year', async () => {
      const town = await it.as('fengping')
      const id = await number(town, 3)
      await begin(town, id, 'cancel')
      await town.locator('[name=stated]').fill('本人书面申请注销')
      await press(town, '登记并提交')
      assert.match(await town.title(), /^错误/)
      await says(town, '请选择注销原因')
      await town.locator('[name=cause]').selectOption('wish')
      await press(town, '登记并提交')
      const path = new URL(town.url()).pathname
      await papers(town)
      await shown(town, 'case')
      await decide(it, path)
      const clerk = await it.as('banzheng')
      await visit(clerk, path)
      await says(clerk, '待归档')
      await unfold(clerk)
      await send(clerk, '/file')
      await says(clerk, '已办结')
      await shelf(clerk, shown)
      await begin(town, id, 'new')
      await town.locator('[name=wanted][value="4"]').check()
      await press(town, '登记并提交')
      await says(town, '2021年4月1日起才能重新申请')
    })
  })
}
