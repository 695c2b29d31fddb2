// 跨省通办 in the browser: somebody who is registered in the neighbour county asks here, the case goes there, comes back once, and is not taken; another
// is answered on paper.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { madeNumber, picture, screens } from './lib.mjs'
import { go, office, press, send, visit } from './office.mjs'
import { says } from './steps.mjs'

async function shown(page, name) {
  if (!process.env.HEFA_PICTURES) return
  await picture(page, `referrals-${name}`)
  const before = page.viewportSize()
  await page.setViewportSize(screens.phone)
  await picture(page, `referrals-${name}-phone`)
  await page.setViewportSize(before)
}

// ask opens, hands in and accepts a cancellation for somebody of the neighbour county.
async function ask(town, no, name) {
  await visit(town, '/applications/new')
  await town.locator('[name=number]').fill(madeNumber('19800505', no))
  await town.locator('[name=guest]').check()
  await press(town, '下一步')
  await says(town, '这里受理、安排评定')
  await town.locator('[name=home]').fill('533103')
  await town.locator('[name=matter][value=cancel]').check()
  await town.locator('[name=cause]').selectOption('wish')
  await town.locator('[name=stated]').fill('本人不再需要')
  await town.locator('[name=wanted]').nth(2).check()
  await town.locator('[name=name]').fill(name)
  await town.locator('[name=region]').selectOption({ index: 1 })
  await press(town, '登记并提交')
  assert.match(await town.title(), /^错误/)
  await says(town, '户籍就在本县')
  await shown(town, 'intake-error')
  await town.locator('[name=home]').fill('533102')
  await press(town, '登记并提交')
  for (const box of await town.locator('form[action$="/accept"] [name=sighted]').all()) await box.check()
  await send(town, '/accept')
  await says(town, '待转户籍地')
  return new URL(town.url()).pathname
}

for (const js of [true, false]) {
  describe(`a case of two counties, ${js ? 'with' : 'without'} JavaScript`, { timeout: 300_000 }, () => {
    let it
    before(async () => {
      it = await office({ js })
      await it.morning('2020-04-01')
    })
    after(() => it?.close())

    test('it goes to the county of registration, comes back once and is not taken', async () => {
      const town = await it.as('fengping')
      const path = await ask(town, 811, '外来甲')
      const clerk = await it.as('banzheng')
      await visit(clerk, path)
      await send(clerk, '/send')
      assert.match(await clerk.title(), /^错误/)
      await says(clerk, '请照户口簿填写住址')
      await clerk.locator('[name=registered]').fill('瑞丽市勐卯街道测试社区 8 号')
      await shown(clerk, 'send')
      await send(clerk, '/send')
      await says(clerk, '户籍地办理中')
      await go(clerk, '查看跨省通办进度')
      await shown(clerk, 'host')
      const out = new URL(clerk.url()).pathname
      const there = await it.as('ruili')
      await visit(there, '/')
      await go(there, '件外地代收的申请')
      await go(there, '外来甲')
      await says(there, '清单与受理地签名一致')
      await there.locator('[name=return-reason]').fill('缺居住证扫描件')
      await shown(there, 'home')
      await press(there, '退回受理地补正')
      await says(there, '户籍地退回补正')
      await visit(clerk, path)
      await clerk.locator('[name=registered]').fill('瑞丽市勐卯街道测试社区 8 号')
      await send(clerk, '/send')
      await visit(there, '/referrals?side=home&state=sent')
      await shown(there, 'list')
      await go(there, '外来甲')
      await press(there, '不接收')
      assert.match(await there.title(), /^错误/)
      await there.locator('[name=decline-reason]').fill('户籍不在本县')
      await press(there, '不接收')
      await visit(clerk, out)
      await says(clerk, '户籍地不接收')
      await visit(clerk, path)
      await says(clerk, '异地代收事项办理结果告知书')
    })

    test('a county that does not run the program answers on paper', async () => {
      const path = await ask(await it.as('fengping'), 812, '外来乙')
      const clerk = await it.as('banzheng')
      await visit(clerk, path)
      await clerk.locator('[name=registered]').fill('瑞丽市勐卯街道测试社区 9 号')
      await send(clerk, '/send')
      await go(clerk, '查看跨省通办进度')
      const at = new URL(clerk.url()).pathname
      for (const file of ['sheet.pdf', 'package.zip']) assert.ok((await clerk.request.get(`${at}/${file}`)).ok(), file)
      await press(clerk, '登记结果')
      assert.match(await clerk.title(), /^错误/)
      await says(clerk, '请填写户籍地文书的编号')
      await shown(clerk, 'confirm-error')
      await clerk.locator('[name=confirm-outcome][value=done]').check()
      await clerk.locator('[name=confirm-receipt]').fill('瑞残函〔2020〕3 号')
      await press(clerk, '登记结果')
      await says(clerk, '已办结')
      await says(clerk, '瑞残函〔2020〕3 号')
    })
  })
}
