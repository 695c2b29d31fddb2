// The register in the browser: somebody is found by the initials, corrected, and what they were before stays to be seen; a list with whole numbers leaves by
// two people; a tour of group sessions is worked out and kept.
import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { after, before, describe, test } from 'node:test'
import { checked } from './lib.mjs'
import { done, office, password, press, visit } from './office.mjs'
import { says } from './steps.mjs'

for (const js of [true, false]) {
  describe(`the register ${js ? 'with' : 'without'} JavaScript`, { timeout: 300_000 }, () => {
    let it
    let asked
    before(async () => {
      it = await office({ js })
      await it.morning('2020-04-01')
    })
    after(() => it?.close())

    test('somebody is found by the initials and corrected, and what was before stays', async () => {
      const town = await it.as('fengping')
      await visit(town, '/people')
      await town.locator('[name=q]').fill('zy')
      await press(town, '查询')
      const found = town.locator('main table tbody a[href^="/people/"]')
      assert.ok((await found.count()) > 0, 'nobody has these initials')
      assert.doesNotMatch(await town.locator('main').innerText(), /533199\d{11}/)
      const person = await found.first().getAttribute('href')
      await visit(town, `${person}/edit`)
      await town.locator('[name=phone]').fill('12')
      await town.locator('main form button').first().click()
      await checked(town)
      assert.match(await town.title(), /^错误/)
      await town.locator('[name=phone]').fill('13911112222')
      await Promise.all([town.waitForURL((url) => url.pathname === person), town.locator('main form button').first().click()])
      await checked(town)
      await says(town, '信息变更记录')
      await says(town, '13911112222')
    })

    test('a list is taken out with the columns that were chosen', async () => {
      const clerk = await it.as('banzheng')
      await visit(clerk, '/certificates?level=1')
      await press(clerk, '选择列再导出')
      for (const box of await clerk.locator('[name=columns]').all()) await box.uncheck()
      await press(clerk, '导出') // nothing is chosen: an error, and the condition stays
      assert.match(await clerk.title(), /^错误/)
      await says(clerk, '请至少勾选一列')
      await clerk.getByLabel('等级').check()
      await clerk.getByLabel('姓名').check()
      await clerk.locator('[name=as][value=utf8]').check()
      const [file] = await Promise.all([clerk.waitForEvent('download'), clerk.getByRole('button', { name: '导出', exact: true }).click()])
      const lines = (await readFile(await file.path(), 'utf8')).trim().split('\r\n')
      assert.equal(lines[0], '"姓名","等级"')
      assert.ok(lines.length > 1)
      for (const line of lines.slice(1)) assert.match(line, /^"[^"]+","一级"$/)
    })

    test('a list with whole numbers is asked for by one, granted by another, and taken by the first', async () => {
      const clerk = await it.as('banzheng')
      await visit(clerk, '/certificates?level=1')
      await press(clerk, '需要完整号码？申请明文名单')
      assert.equal(await clerk.locator('[name=level]').inputValue(), '1')
      await press(clerk, '提交申请') // nobody will have it, and for nothing: an error, and the condition stays
      assert.match(await clerk.title(), /^错误/)
      assert.equal(await clerk.locator('[name=level]').inputValue(), '1')
      await clerk.locator('[name=receiver]').fill('县民政局社会救助股')
      await clerk.locator('[name=reason]').fill('与民政核对低保对象')
      await press(clerk, '提交申请')
      assert.match(await done(clerk), /请等待审批/)
      asked = new URL(clerk.url()).pathname
      const approver = await it.as('shenpi')
      await visit(approver, '/')
      await press(approver, '明文名单申请')
      await visit(approver, asked)
      await press(approver, '批准')
      assert.match(await done(approver), /已批准/)
      await visit(clerk, asked)
      await clerk.locator('[name=as][value=utf8]').check()
      await press(clerk, '提取')
      await says(clerk, '请再输入一次您的登录密码')
      await clerk.locator('[name=as][value=utf8]').check()
      await clerk.locator('[name=confirm]').fill(password)
      const [file] = await Promise.all([clerk.waitForEvent('download'), clerk.getByRole('button', { name: '提取', exact: true }).click()])
      const text = await readFile(await file.path(), 'utf8')
      const lines = text.trim().split('\r\n')
      assert.ok(lines.length > 1, text.slice(0, 200))
      for (const line of lines.slice(1)) assert.match(line, /"533199\d{11}[\dX]\t".*"533103-2020-M0001 /)
      await visit(clerk, asked)
      await says(clerk, '还可提取 1 次')
    })

    test('a tour of group sessions is worked out, changed and kept', async () => {
      const clerk = await it.as('banzheng')
      await visit(clerk, '/sessions')
      await press(clerk, '排集中评残日程')
      await clerk.locator('[name=from]').fill('2020-06-01')
      for (const box of await clerk.locator('[name=hospitals]').all()) await box.check()
      await press(clerk, '排出日程') // without a number of seats
      assert.match(await clerk.title(), /^错误/)
      await clerk.locator('[name=capacity]').fill('100')
      await press(clerk, '排出日程')
      await says(clerk, '共 13 天、39 个场次')
      await clerk.locator('[name=order-533103001]').fill('')
      await press(clerk, '重新排')
      await says(clerk, '共 12 天、36 个场次')
      await press(clerk, '保存为场次')
      assert.match(await done(clerk), /已保存 36 个场次/)
    })
  })
}
