// What the journeys through the later matters share: whose certificate it is, the form at the counter, the papers, the county's two officers.
import { go, press, send, visit } from './office.mjs'

/** The whole identity number of the nth holder on the township's list of valid certificates, seen for a reason. */
export async function number(page, nth) {
  await visit(page, '/certificates?state=valid&from=2020-06-01&region=533103105')
  await Promise.all([page.waitForEvent('framenavigated'), page.locator('main table tbody a').nth(nth).click()])
  await go(page, '查看人员')
  await go(page, '查看完整号码')
  await page.locator('[name=reason]').fill('办理后续事项核对')
  await press(page, '记录并查看')
  return (await page.locator('main').innerText()).match(/\d{17}[\dX]/)[0]
}

/** Looks the number up at the counter and chooses the matter; whoever the holder is, there is a guardian. */
export async function begin(page, id, matter) {
  await visit(page, '/applications/new')
  await page.locator('[name=number]').fill(id)
  await press(page, '下一步')
  await page.locator(`[name=matter][value=${matter}]`).check()
  await page.locator('[name=phone]').fill('19900000001')
  await page.locator('[name=guardian]').fill('测试监护人')
  await page.locator('[name=guardian_relation]').fill('父母')
  await page.locator('[name=guardian_phone]').fill('19900000002')
}

/** Accepts the case with everything on its checklist seen. */
export async function papers(page) {
  for (const box of await page.locator('form[action$="/accept"] [name=sighted]').all()) await box.check()
  await send(page, '/accept')
}

/** The county's two officers review and approve. */
export async function decide(it, path) {
  await visit(await it.as('chushen'), path)
  await send(await it.as('chushen'), '/review')
  await visit(await it.as('shenpi'), path)
  await send(await it.as('shenpi'), '/approve')
}
