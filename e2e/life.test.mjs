// What else happens to a certificate, in the browser: a list of the dead comes in and is decided, a register that came back differs, data are brought up to date and
// overtaken, a number is corrected by two, a broken card is made anew, and a level is looked at again.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { checked, madeNumber, picture } from './lib.mjs'
import { begin, decide, number, papers } from './matters.mjs'
import { go, office, password, press, send, until, visit } from './office.mjs'
import * as steps from './steps.mjs'

const { says } = steps
const shot = (page, name) => process.env.HEFA_PICTURES && picture(page, `life-${name}`)
const csv = (name, ...lines) => ({ name, mimeType: 'text/csv', buffer: Buffer.from(lines.map((l) => l.join(',')).join('\r\n')) })

// held is who has the number: their name, their page, the number of their certificate and its last day.
async function held(page, nth) {
  const id = await number(page, nth)
  const person = new URL(page.url()).pathname.match(/^\/people\/[^/]+/)[0]
  await visit(page, person)
  const [, grade, expires] = (await page.locator('main').innerText()).match(/533199\*{10}[\dX]{2}(\d{2})\t.*\t(\d{4}-\d\d-\d\d)/)
  return { id, person, name: await page.locator('main h1').innerText(), certificate: id + grade, expires }
}

// choose presses the button that decides so: the words of the buttons stand in what is said about errors as well.
async function choose(page, what) {
  await Promise.all([page.waitForEvent('framenavigated'), page.locator(`main [name=do][value=${what}]`).click()])
  await page.waitForLoadState()
  await checked(page)
}

// recovered is the conclusion of two doctors that nothing is left of the disability.
async function recovered(it, path) {
  const doctor = await it.as('zhongyi-guke')
  await visit(doctor, `${path}/assess`)
  await doctor.locator('[name=category-4][value=unmet]').check()
  await doctor.locator('[name=findings-4]').fill('四肢肌力正常，步态正常')
  await doctor.locator('[name=second]').selectOption({ label: '演示医生丁 主任医师' })
  await press(doctor, '签名并提交结论')
  assert.match(await doctor.title(), /^错误/)
  await says(doctor, '缺少必做的“日常生活活动评定”')
  assert.equal(await doctor.locator('[name=findings-4]').inputValue(), '四肢肌力正常，步态正常')
  await doctor.locator('[name=f4-paralysis]').selectOption({ label: '无' })
  await doctor.locator('[name=f4-adl]').selectOption({ index: 1 })
  await doctor.locator('[name=f4-origin]').selectOption('accident')
  await press(doctor, '签名并提交结论')
  const second = await it.as('zhongyi-zhuren')
  await visit(second, `${path}/assess`)
  await press(second, '同意，签名')
}

for (const js of [true, false]) {
  describe(`the life of a certificate ${js ? 'with' : 'without'} JavaScript`, { timeout: 600_000 }, () => {
    let it
    let holders // the list that they stand on grows shorter as they change
    before(async () => {
      it = await office({ js })
      await it.morning('2020-04-01')
      holders = []
      for (const nth of [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]) holders.push(await held(await it.as('fengping'), nth))
    })
    after(() => it?.close())

    test('a broken card is made anew as it was', async () => {
      const town = await it.as('fengping')
      const who = holders[5]
      await begin(town, who.id, 'replace')
      await press(town, '登记并提交')
      const path = new URL(town.url()).pathname
      await papers(town)
      await decide(it, path)
      await steps.print(it, who, shot)
      await steps.deliver(it, { ...who, kind: 'expired' }, path, shot)
      await visit(town, who.person)
      const cards = town.locator('main tr').filter({ hasText: who.certificate.slice(-4) }).filter({ hasText: who.expires })
      assert.equal(await cards.count(), 2, 'the new card has not the number and the days of the old')
      assert.equal(await cards.filter({ hasText: '已换发' }).count(), 1)
    })

    test('a list of the dead is compared, and who decides cancels or says why not', async () => {
      const town = await it.as('fengping')
      const [dead, alive] = holders
      const clerk = await it.as('banzheng')
      await visit(clerk, '/departures/new')
      await press(clerk, '导入并比对')
      assert.match(await clerk.title(), /^错误/)
      await says(clerk, '请选择名单的情形')
      await clerk.locator('[name=kind][value=death]').check()
      await clerk.locator('[name=source]').fill('市公安局户政大队')
      await clerk.locator('[name=file]').setInputFiles(csv('死亡名单.csv', ['姓名', '身份证号', '死亡日期'], [dead.name, dead.id, '2020-03-15'], [alive.name, alive.id, '2020-03-16'], ['无证人', '533199195001010013', '2020-03-17']))
      await press(clerk, '导入并比对')
      await shot(clerk, 'dead-taken')
      await says(clerk, '2 人提请处理')
      const approver = await it.as('shenpi')
      await visit(approver, '/departures?state=proposed')
      await shot(approver, 'dead')
      await press(approver, '处理勾选的人员')
      assert.match(await approver.title(), /^错误/)
      await says(approver, '请再输入一次您的登录密码')
      await approver.locator('main tr', { hasText: alive.name }).locator('[name=ids]').check()
      await press(approver, '勾选的人员不予处理')
      assert.match(await approver.title(), /^错误/)
      await says(approver, '请写明不予处理的理由')
      await approver.locator('[name=reason]').fill('经入户核实本人健在')
      await press(approver, '勾选的人员不予处理')
      await says(approver, '已登记不予处理')
      await approver.locator('main tr', { hasText: dead.name }).locator('[name=ids]').check()
      await approver.locator('[name=confirm]').fill(password)
      await press(approver, '处理勾选的人员')
      await says(approver, '已注销 1 本残疾人证')
      await visit(town, dead.person)
      await says(town, '注销')
    })

    test('a register that came back differs, and each difference is decided', async () => {
      const town = await it.as('fengping')
      const who = holders[2]
      const clerk = await it.as('banzheng')
      await visit(clerk, '/rosters/new')
      await clerk.locator('[name=kind][value=register]').check()
      await clerk.locator('[name=region]').selectOption('533103')
      await clerk.locator('[name=file]').setInputFiles(csv('名册.csv', ['姓名', '残疾人证号', '联系电话', '有效期至'], [`${who.name}某`, who.certificate, '13911113333', '2031-05-01']))
      await go(clerk, '上传并核对')
      await until(clerk, '确认导入 1 人')
      await go(clerk, '确认导入 1 人')
      await until(clerk, '已入库')
      await visit(clerk, '/differences')
      await shot(clerk, 'differences')
      const row = (field) => clerk.locator('main tr', { hasText: who.name }).filter({ hasText: field })
      await row('姓名').locator('[name=ids]').check()
      await choose(clerk, 'theirs')
      assert.match(await clerk.title(), /^错误/)
      await says(clerk, '“姓名”不能直接采用名册')
      assert.ok(await row('姓名').locator('[name=ids]').isChecked())
      await choose(clerk, 'ours')
      await says(clerk, '以本系统为准的，请写明理由')
      await clerk.locator('[name=reason]').fill('身份证上是这个姓名')
      await choose(clerk, 'ours')
      await row('有效期').locator('[name=ids]').check()
      await choose(clerk, 'theirs')
      await says(clerk, '没有待处理的差异')
      await visit(clerk, '/differences?state=ours')
      await says(clerk, '身份证上是这个姓名')
      await visit(clerk, who.person)
      await says(clerk, '2031-05-01')
    })

    test('data are brought up to date, past what somebody corrected meanwhile', async () => {
      const town = await it.as('fengping')
      const who = holders[3]
      await begin(town, who.id, 'update')
      await town.locator('[name=address]').fill('新寨五组 8 号')
      await press(town, '登记并提交')
      assert.match(await town.title(), /^错误/)
      await says(town, '请写明情况和理由')
      await says(town, '换领、残损换新和迁移可以不填')
      assert.equal(await town.locator('[name=address]').inputValue(), '新寨五组 8 号')
      await town.locator('[name=stated]').fill('易地搬迁，门牌变了')
      await press(town, '登记并提交')
      const path = new URL(town.url()).pathname
      await papers(town)
      await visit(town, `${who.person}/edit`)
      await town.locator('[name=phone]').fill('13911112222')
      await Promise.all([town.waitForURL((url) => url.pathname === who.person), town.locator('main form button').first().click()])
      await visit(town, path)
      await shot(town, 'overtaken')
      await says(town, '核对以前不能批准')
      await says(town, '联系电话：现登记为“139****2222”，本件申请改为“199****0001”')
      const reviewer = await it.as('chushen')
      await visit(reviewer, path)
      await send(reviewer, '/review')
      const approver = await it.as('shenpi')
      await visit(approver, path)
      await send(approver, '/approve')
      assert.match(await approver.title(), /^错误/)
      const clerk = await it.as('banzheng')
      await visit(clerk, path)
      await press(clerk, '修改申请内容')
      await shot(clerk, 'overtaken-form')
      await says(clerk, '现登记为“139****2222”')
      await clerk.locator('[name=phone]').fill('13911112222')
      await choose(clerk, 'save')
      await decide(it, path)
      await says(approver, '待打印')
      await visit(town, who.person)
      assert.match(await town.locator('main').innerText(), /详细地址\t.*\t新寨五组 8 号/)
      await says(town, '13911112222')
    })

    test('a wrong number is corrected by two, and the card is made anew', async () => {
      const town = await it.as('fengping')
      const who = holders[4]
      const right = madeNumber('19700102', js ? '017' : '025')
      const clerk = await it.as('banzheng')
      await visit(clerk, who.person)
      await go(clerk, '更正身份证号')
      await press(clerk, '提交更正')
      assert.match(await clerk.title(), /^错误/)
      await clerk.locator('[name=number]').fill(right)
      await clerk.locator('[name=cause][value=typed]').check()
      await clerk.locator('[name=reason]').fill('对照户口簿时发现')
      await clerk.locator('[name=evidence]').fill('居民身份证原件、户口簿')
      await press(clerk, '提交更正')
      await says(clerk, '已提交，等待审批人批准')
      await shot(clerk, 'correction-asked')
      const approver = await it.as('shenpi')
      await visit(approver, '/corrections')
      await shot(approver, 'corrections')
      await press(approver, who.name)
      await approver.locator('[name=again]').fill(who.id)
      await choose(approver, 'grant')
      assert.match(await approver.title(), /^错误/)
      await shot(approver, 'correction-other')
      await approver.locator('[name=again]').fill(right)
      await choose(approver, 'grant')
      assert.equal(new URL(approver.url()).pathname, who.person)
      await says(approver, '身份证号已更正')
      await shot(approver, 'corrected')
      await says(approver, '手中的残疾人证上还是原号码')
      await says(approver, '1970年1月2日')
    })

    test(js ? 'a limb got worse: examined anew, looked at by the city, a new number' : 'a spot check finds no disability any more, and the certificate ends', async () => {
      const town = await it.as('fengping')
      const who = holders.find((h, i) => i > 5 && h.certificate[18] === '4' && h.certificate[19] > '1')
      await begin(town, who.id, js ? 'regrade' : 'check')
      await town.locator('[name=stated]').fill(js ? '去年车祸后病情加重' : '入户抽查时发现已经康复')
      await town.locator('[name=wanted]').evaluateAll((boxes) => boxes.forEach((b) => (b.checked = b.value === '4')))
      await press(town, '登记并提交')
      const path = new URL(town.url()).pathname
      await papers(town)
      if (!js) {
        await visit(town, who.person)
        await says(town, '复核中')
      }
      await steps.seat(it, path, shot)
      await it.morning('2020-05-21')
      await (js ? steps.conclude(it, path, shot) : recovered(it, path))
      await shot(await it.as('zhongyi-zhuren'), js ? 'regraded' : 'recovered')
      if (js) {
        await says(await it.as('zhongyi-zhuren'), '结论比原证（肢体三级）更重，批准前须经市残联复审')
        await steps.publish(it, who, shot)
        await it.morning('2020-05-29')
        await steps.approve(it, path, shot)
      } else {
        await says(await it.as('zhongyi-zhuren'), '未达到标准')
        await decide(it, path)
        const clerk = await it.as('banzheng')
        await visit(clerk, who.person)
        await says(clerk, '已注销')
        await visit(clerk, '/recalls/cancelled') // the card comes back, or it is written why not
        await shot(clerk, 'cancelled')
        await says(clerk, who.name)
      }
    })
  })
}
