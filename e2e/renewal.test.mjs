// The renewal round in the browser: the reminder is handed over in the village, its slip comes back, and whoever does not come is urged, put up in public
// and cancelled, unless somebody objects.
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { after, before, describe, test } from 'node:test'
import { checked, picture, screens } from './lib.mjs'
import { done, go, office, password, press, send, unfold, until, visit } from './office.mjs'
import { says } from './steps.mjs'

// shown is a picture of the page on an office PC and on a phone, when they are asked for.
async function shown(page, name) {
  if (!process.env.HEFA_PICTURES) return
  const before = page.viewportSize()
  await page.setViewportSize({ width: 1366, height: 768 })
  await picture(page, `renewal-${name}`)
  await page.setViewportSize(screens.phone)
  await picture(page, `renewal-${name}-phone`)
  await page.setViewportSize(before)
}

// letters is the addresses of the letters on the list, in its order.
const letters = (page) => page.locator('main table tbody a[href^="/reminders/"]').evaluateAll((links) => links.map((a) => a.getAttribute('href')))

// rounded waits until the clock's round of the morning has made its letters: the clerk asks for it once more, which makes none twice.
async function rounded(it) {
  const clerk = await it.as('banzheng')
  await visit(clerk, '/reminders/villages')
  await press(clerk, '立即核对')
  assert.match(await done(clerk), /核对完毕/)
}

for (const js of [true, false]) {
  describe(`the renewal round ${js ? 'with' : 'without'} JavaScript`, { timeout: 600_000 }, () => {
    let it
    let letter
    let names
    let posting
    before(async () => {
      it = await office({ js })
      await it.morning('2020-04-01')
    })
    after(() => it?.close())

    test('the morning makes a letter for everybody who is due, and the township prints them by village', async () => {
      await rounded(it)
      const town = await it.as('fengping')
      await visit(town, '/')
      await says(town, '告知与换证提醒')
      await shown(town, 'tray')
      await visit(town, '/reminders?kind=renew&state=made')
      await says(town, '到期前 6 个月')
      assert.ok((await letters(town)).length > 0)
      await shown(town, 'roster')
      for (const file of await town.locator('main a[href^="/reminders/letters.pdf"], main a[href^="/reminders/roster.pdf"]').evaluateAll((all) => all.map((a) => a.getAttribute('href')))) {
        const answer = await town.request.get(file)
        assert.equal(answer.headers()['content-type'], 'application/pdf', file)
      }
    })

    test('the village worker hands one over, and the slip is taken in with its scan', async () => {
      const worker = await it.as('cun-fengping')
      await visit(worker, '/reminders?state=made&kind=renew')
      letter = (await letters(worker))[0]
      await worker.locator('[name=ids]').first().check()
      await worker.locator('[name=sent]').fill('昨天')
      await press(worker, '登记送达')
      assert.match(await worker.title(), /^错误/)
      assert.equal(await worker.locator('[name=sent]').inputValue(), '昨天')
      assert.ok(await worker.locator('[name=ids]').first().isChecked())
      await worker.locator('[name=channel]').selectOption('hand')
      await worker.locator('[name=sent]').fill('2020-04-01')
      await press(worker, '登记送达')
      await visit(worker, letter)
      await says(worker, '已送达，待回执')
      await worker.locator('[name=signer][value=refused]').check()
      await send(worker, '/receive')
      await says(worker, '请填写见证人姓名')
      await unfold(worker)
      await worker.locator('[name=signer][value=self]').check()
      await worker.locator('[name=file]').setInputFiles({ name: '回执.png', mimeType: 'image/png', buffer: await worker.screenshot() })
      await send(worker, '/receive')
      await says(worker, '已收回执')
      await says(worker, '查看回执')
      await shown(worker, 'letter')
    })

    test('why the person does not come is noted, the office offers what helps, and urging is counted', async () => {
      const worker = await it.as('cun-fengping')
      await visit(worker, letter)
      await unfold(worker)
      await worker.locator('[name=reason]').selectOption('bedridden')
      await send(worker, '/answer')
      await says(worker, '请安排上门评残')
      for (const answer of ['已登记动员', '不要重复登记']) {
        await press(worker, '登记一次动员')
        await worker.locator('[name=result]').selectOption('bedridden')
        await send(worker, '/attempts')
        await says(worker, answer)
        await shown(worker, `attempts ${answer}`)
        await visit(worker, letter)
      }
      await says(worker, '1 次')
      await visit(worker, '/reminders/villages')
      await shown(worker, 'villages')
    })

    test('slips that are scanned file themselves by the code that was printed on them', async () => {
      const worker = await it.as('cun-fengping')
      await visit(worker, '/reminders?state=made&kind=renew&step=6')
      const scans = []
      for (const at of (await letters(worker)).slice(0, 2)) {
        const pdf = await worker.request.get(`${at}/letter.pdf`)
        scans.push({ name: `${scans.length}.png`, mimeType: 'image/png', buffer: execFileSync('pdftoppm', ['-r', '130', '-png', '-'], { input: await pdf.body(), maxBuffer: 64 << 20 }) })
      }
      await visit(worker, '/reminders/scans')
      await press(worker, '上传并登记')
      assert.match(await worker.title(), /^错误/)
      await shown(worker, 'scans')
      await worker.locator('[name=scans]').setInputFiles([...scans, { name: '空白.png', mimeType: 'image/png', buffer: await worker.screenshot() }])
      await press(worker, '上传并登记')
      await says(worker, '成功 2 份，未登记 1 份')
      await says(worker, '没有认出二维码')
      await shown(worker, 'filed')
    })

    test('the number on the slip leads to the letter, and the letter reads in plain words', async () => {
      const town = await it.as('fengping')
      await visit(town, letter)
      const no = (await town.locator('main').innerText()).match(/533103-2020-T\d{7}/) ?? (await town.locator('body').innerText()).match(/533103-2020-T\d{7}/)
      await visit(town, '/reminders')
      await town.locator('[name=no]').fill('533103-2020-T9999999')
      await press(town, '查找')
      await says(town, '没有这个编号的告知单')
      await town.locator('[name=no]').fill(no[0])
      await press(town, '查找')
      assert.equal(new URL(town.url()).pathname, letter)
      await go(town, '在网页上阅读（简明大字版）')
      await checked(town)
      await until(town, '残疾人证')
      await shown(town, 'words')
    })

    test('who did not come is put up in the township; the list is public, masked, and open to objection', async () => {
      const worker = await it.as('cun-fengping')
      await visit(worker, '/reminders?state=made&kind=renew&step=1')
      const boxes = await worker.locator('[name=ids]').all()
      assert.ok(boxes.length >= 2, 'too few letters of the last step')
      for (const box of boxes) await box.check()
      await worker.locator('[name=channel]').selectOption('read')
      await press(worker, '登记送达')
      await it.morning('2020-05-06')
      const town = await it.as('fengping')
      await visit(town, '/lapses/new')
      await says(town, '2020年5月13日')
      await shown(town, 'proposal')
      await press(town, '张贴注销公示')
      assert.match(await town.title(), /^错误/)
      for (const box of (await town.locator('[name=ids]').all()).slice(0, 3)) await box.check()
      await press(town, '张贴注销公示')
      posting = new URL(town.url()).pathname.split('/').pop()
      names = await town.locator('main table tbody a[href^="/lapses/"]').allInnerTexts()
      assert.equal(names.length, 3)
      await shown(town, 'posting')
      const anybody = await it.as('')
      await visit(anybody, '/public/cancellations?region=533103')
      await visit(anybody, `/public/cancellations/${posting}`)
      await shown(anybody, 'public')
      const said = await anybody.locator('main').innerText()
      for (const name of names) assert.ok(!said.includes(name), `${name} is not masked`)
      const paper = await anybody.request.get(`/public/cancellations/${posting}/list.pdf`)
      assert.equal(paper.headers()['content-type'], 'application/pdf')
      await press(anybody, '反映问题')
      await anybody.locator('[name=text]').fill('不对')
      await send(anybody, '/objections')
      assert.match(await anybody.title(), /^错误/)
      await anybody.locator('[name=text]').fill('此人常年在家，请再核实')
      await send(anybody, '/objections')
      await says(anybody, '533103-2020-Y')
    })

    test('an objection stops the cancellation until it is decided', async () => {
      const reviewer = await it.as('chushen')
      await visit(reviewer, '/lapses?state=disputed')
      await go(reviewer, (await reviewer.locator('main table tbody a').first().innerText()).trim())
      await send(reviewer, '/resolve')
      await says(reviewer, '请选择处理决定')
      await reviewer.locator('[name=resolve-decision][value=uphold]').check()
      await reviewer.locator('[name=resolve-reason]').fill('本人卧床，已安排上门评残')
      await send(reviewer, '/resolve')
      await says(reviewer, '已撤下')
      await shown(reviewer, 'objection')
    })

    test('after seven days the county cancels in bulk, the list is gone, and the stop list is taken out', async () => {
      const early = await it.as('shenpi')
      await visit(early, '/lapses?state=over')
      await says(early, '没有符合条件的人员')
      await it.morning('2020-05-14')
      const approver = await it.as('shenpi')
      await visit(approver, '/')
      await says(approver, '公示期满，待注销')
      await visit(approver, '/lapses?state=over')
      const boxes = await approver.locator('[name=ids]').all()
      assert.equal(boxes.length, 2)
      for (const box of boxes) await box.check()
      await shown(approver, 'cancel')
      await press(approver, '注销勾选的残疾人证') // without the password nothing happens, and the ticks stay
      await says(approver, '请再输入一次您的登录密码')
      await approver.locator('[name=confirm]').fill(password)
      await press(approver, '注销勾选的残疾人证')
      await says(approver, '已注销 2 本残疾人证')
      await shown(approver, 'cancelled')
      const gone = await (await it.as('')).request.get(`/public/cancellations/${posting}`)
      assert.equal(gone.status(), 404)
      const stops = await approver.request.get('/lapses/stops.xlsx?from=2020-05-14')
      assert.match(stops.headers()['content-type'], /spreadsheetml/)
      await visit(approver, '/lapses?state=cancelled')
      await go(approver, (await approver.locator('main table tbody a').first().innerText()).trim())
      await checked(approver)
      await says(approver, '2021年5月14日起可以重新申请')
    })
  })
}
