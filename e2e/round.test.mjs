// A home round: people who cannot travel stand in a route by village with team, vehicle and equipment; the sheet is printed, and what the doctor finds at their
// homes is entered.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { picture, today } from './lib.mjs'
import { accepted, clinic, concluded, countersigned, findings, second, tick } from './clinic.mjs'
import { done, press, send, visit } from './office.mjs'
import { says } from './steps.mjs'

const villages = ['533103105201', '533103105202', '533103105201', '533103105202']

describe('a home round', { timeout: 120_000 }, () => {
  let it, round
  const people = []
  const shot = async (page, name) => process.env.HEFA_PICTURES && picture(page, `round-${name}`)
  before(async () => {
    it = await clinic()
    for (const [n, at] of villages.entries()) {
      const id = await accepted(it, n, `${'钱孙李周'[n]}卧床`, ['4'], { at, aids: n === 0 ? ['stretcher'] : undefined })
      if (n > 0) await it.api('fengping', 'PUT', `/applications/${id}/pathway`, { inpatient: false, immobile: true, path: 'home' })
      people.push(id)
    }
  })
  after(() => it?.close())

  test('the township marks who cannot travel, the clerk plans the round with its team', async () => {
    const township = await it.as('fengping')
    await visit(township, `/applications/${people[0]}/pathway`)
    await township.locator('[name=inpatient][value=no]').check()
    await township.locator('[name=immobile][value=yes]').check()
    await press(township, '看建议')
    await says(township, '建议：上门评残')
    await press(township, '确定评残方式')
    const clerk = await it.as('banzheng')
    await visit(clerk, '/sessions/plan')
    await clerk.locator('[name=region]').selectOption('533103105')
    await clerk.locator('[name=hospital]').selectOption('demo-hospital-zhou')
    await clerk.locator('[name=kind][value=home]').check()
    await clerk.locator('[name=capacity]').fill('6')
    for (const [name, text] of Object.entries({ day: today, starts: '8:30 镇残联门口', team: '演示医生乙，镇残联演示经办', vehicle: '医院面包车', gear: '量角器、皮尺、叩诊锤' })) {
      await clerk.locator(`[name=${name}]`).fill(text)
    }
    await press(clerk, '保存场次')
    round = new URL(clerk.url()).pathname
    await says(clerk, '量角器、皮尺、叩诊锤')
  })

  test('seats are given, and the route is printed village by village', async () => {
    const township = await it.as('fengping')
    await visit(township, round)
    await tick(township, 'application', people)
    await press(township, '安排所选')
    assert.match(await done(township), /已安排 4 人/)
    const rows = await township.locator('main table').first().locator('tbody tr').allInnerTexts()
    assert.deepEqual(rows.map((r) => /[钱孙李周]卧床/.exec(r)[0][0]).join(''), '钱李孙周', 'the villages are parted')
    await says(township, '担架')
    const printed = await township.request.get(`${round}/route.pdf`)
    assert.equal(printed.headers()['content-type'], 'application/pdf')
    await shot(township, 'route')
  })

  test('the doctor enters what was found at the first home; one was not there', async () => {
    const doctor = await it.as('zhou-guke')
    await visit(doctor, round)
    await doctor.getByRole('link', { name: '钱卧床' }).click()
    await doctor.waitForURL(/\/assess$/)
    await findings(doctor, '4')
    await doctor.locator('[name=second]').selectOption({ label: `${second} 主任医师` })
    await press(doctor, '签名并提交结论')
    assert.match(await done(doctor), /等第二位医师/)
    await countersigned(it, people[0])
    for (const id of people.slice(1, 3)) await concluded(it, id, '4')
    const township = await it.as('fengping')
    await visit(township, round)
    await township.locator(`[name=missed][value="${people[3]}"]`).check()
    await township.locator('[name=absence][value=away]').check()
    await send(township, '/miss')
    const said = await township.locator('main').innerText()
    assert.equal(said.match(/待公示/g)?.length, 3)
    assert.ok(!said.includes('还没有评定的人'), 'somebody is still expected')
    await shot(township, 'done')
    for (const page of it.pages.values()) assert.deepEqual(page.complaints, [])
  })
})
