// A group day: thirty people of a township get seats, are called, come or do not, three doctors examine them, and the day is done.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { picture, today } from './lib.mjs'
import { accepted, clinic, concluded, countersigned, doctors, findings, second, tick } from './clinic.mjs'
import { done, press, send, visit } from './office.mjs'
import { says } from './steps.mjs'

const surnames = [...'赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏']

// wants is what the n-th of the thirty asks for: the first needs all three doctors.
const wants = (n) => (n === 0 ? ['2', '4', '6'] : [['2', '4', '6'][n % 3]])

describe('a group day', { timeout: 120_000 }, () => {
  let it
  const people = [] // id and name, in the order in which they applied
  const shot = async (page, name) => process.env.HEFA_PICTURES && picture(page, `group-${name}`)
  before(async () => {
    it = await clinic()
    for (const [n, surname] of surnames.entries()) {
      const name = `${surname}测试`
      people.push({ name, wanted: wants(n), id: await accepted(it, n, name, wants(n), { at: n < 20 ? '533103105201' : '533103105202', aids: n === 25 ? ['wheelchair', 'accompanied'] : undefined }) })
    }
  })
  after(() => it?.close())

  let day
  test('the clerk plans the day, the township gives thirty seats and prints who is called', async () => {
    const clerk = await it.as('banzheng')
    await visit(clerk, '/sessions/plan')
    await clerk.locator('[name=region]').selectOption('533103105')
    await clerk.locator('[name=hospital]').selectOption('demo-hospital-zhou')
    await clerk.locator('[name=kind][value=central]').check()
    await clerk.locator('[name=day]').fill(today)
    await clerk.locator('[name=capacity]').fill('30')
    await clerk.locator('[name=place]').fill('风平镇卫生院二楼')
    await clerk.locator('[name=starts]').fill('9:00')
    await clerk.locator('[name=team]').fill('演示医生甲、演示医生乙、演示医生丙')
    await press(clerk, '保存场次')
    day = new URL(clerk.url()).pathname
    const township = await it.as('fengping')
    await visit(township, day)
    await tick(township, 'application', people.map((p) => p.id))
    await press(township, '安排所选')
    assert.match(await done(township), /已安排 30 人/)
    await says(township, '剩余 0 个')
    const first = township.locator('main table').first().locator('tbody tr').first()
    assert.match(await first.innerText(), new RegExp(`${people[25].name}[^]*轮椅、有人陪同`), 'the wheelchair does not come first')
    for (const paper of ['list.pdf', 'calls.pdf', 'summons.pdf', 'summons.pdf?reading=large', 'summons.pdf?reading=easy']) {
      const printed = await township.request.get(`${day}/${paper}`)
      assert.equal(printed.headers()['content-type'], 'application/pdf', paper)
    }
    await shot(township, 'called')
  })

  test('two do not come and go back to the list with their reasons', async () => {
    const township = await it.as('fengping')
    for (const [n, why] of [[28, 'ill'], [29, 'immobile']]) {
      await township.locator(`[name=missed][value="${people[n].id}"]`).check()
      await township.locator(`[name=absence][value=${why}]`).check()
      await send(township, '/miss')
      assert.match(await done(township), /1 人未到场/)
    }
    await says(township, '未到场的人员（2 人）')
    await says(township, '曾 1 次未到场，最近一次：行动不便') // among those who wait for a seat
  })

  test('three doctors examine one person together, and everybody else of their category', async () => {
    const whole = `/applications/${people[0].id}/assess`
    for (const category of ['2', '4']) {
      const doctor = await it.as(doctors[category])
      await visit(doctor, whole)
      await findings(doctor, category)
      await press(doctor, '暂存本科结论')
      assert.match(await done(doctor), /本科结论已暂存/)
    }
    const last = await it.as(doctors['6'])
    await visit(last, whole)
    await says(last, '演示医生甲已于2020年4月1日填写')
    await findings(last, '6')
    await last.locator('[name=second]').selectOption({ label: `${second} 主任医师` })
    await shot(last, 'signing')
    await press(last, '签名并提交结论')
    assert.match(await done(last), /等第二位医师/)
    await countersigned(it, people[0].id)
    for (const p of people.slice(1, 28)) await concluded(it, p.id, p.wanted[0])
  })

  test('the day is done: everybody has a conclusion or waits anew', async () => {
    const township = await it.as('fengping')
    await visit(township, day)
    const said = await township.locator('main').innerText()
    assert.ok(!said.includes('还没有评定的人'), 'somebody is still expected')
    assert.equal(said.match(/待公示/g)?.length, 28)
    await shot(township, 'done')
    await visit(township, `/applications/${people[0].id}`)
    await says(township, '多重')
    await visit(township, `/applications/${people[29].id}`)
    await says(township, '未到场：行动不便，不能到场')
    for (const page of it.pages.values()) assert.deepEqual(page.complaints, [])
  })
})
