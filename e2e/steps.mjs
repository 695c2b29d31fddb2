// The main job step by step, as the people of 风平镇 and of the county do it: the journey tests each step, the walkthrough takes its pictures.
// Each step takes the office, the person whose case it is, and shot(page, name), which may take a picture.
import assert from 'node:assert/strict'
import { join } from 'node:path'
import { axe, checked, root } from './lib.mjs'
import { done, go, press, send, unfold, until, visit } from './office.mjs'

const listFile = (kind) => join(root, `internal/sheet/testdata/533103105-${kind}.xlsx`)

/** What is known of the two lists (see their truth files). */
export const lists = { expired: { good: 251, rejected: 10 }, suspected: { good: 178, rejected: 2 } }

/** One person of each list, both adults. */
export const people = {
  suspected: { kind: 'suspected', name: '张英', village: '芒赛村民委员会', number: '533199**********56', papers: ['identity', 'household', 'photo', 'form', 'records'] },
  expired: { kind: 'expired', name: '杨美', village: '帕底村民委员会', number: '533199**********04', papers: ['identity', 'photo', 'form', 'records', 'old'] },
}

/** Fails unless the page says the text. */
export async function says(page, text) {
  const said = await page.locator('main').innerText()
  assert.ok(said.includes(text), `${page.url()} does not say ${text}, but: ${said.slice(0, 600)}`)
}

/** Takes one list in, past an error, and gives what the page says in the end. */
export async function takeIn(it, kind, shot) {
  const page = await it.as('fengping')
  await visit(page, '/rosters/new')
  await page.locator(`[name=kind][value=${kind}]`).check()
  await page.locator('[name=region]').selectOption('533103105')
  await press(page, '上传并核对') // no file chosen: an error, and what was chosen stays
  assert.match(await page.title(), /^错误/)
  assert.ok(await page.locator(`[name=kind][value=${kind}]`).isChecked())
  await page.locator('[name=file]').setInputFiles(listFile(kind))
  await go(page, '上传并核对')
  await until(page, `确认导入 ${lists[kind].good} 人`)
  await checked(page)
  await shot(page, 'list')
  await go(page, `确认导入 ${lists[kind].good} 人`)
  await until(page, '已入库')
  await checked(page)
  return page.locator('main').innerText()
}

/** Opens the case from the list, completes it and hands it in; gives its address. */
export async function open(it, who, shot) {
  const page = await it.as('fengping')
  await visit(page, `/listed?kind=${who.kind}`)
  await page.locator('[name=region]').first().selectOption({ label: who.village })
  await press(page, '查询')
  const village = page.url()
  const row = page.locator('tr', { hasText: who.name }).filter({ hasText: who.number })
  await row.locator('input[type=checkbox]').check()
  await shot(page, 'listed')
  await press(page, '为选中的人开办件')
  await visit(page, village.replace('case=none', 'case=all'))
  await Promise.all([page.waitForEvent('framenavigated'), row.getByRole('link', { name: '查看办件' }).click()])
  await page.waitForLoadState()
  const path = new URL(page.url()).pathname
  await visit(page, `${path}/edit`)
  await page.locator('[name=wanted]').evaluateAll((boxes) => boxes.forEach((b) => (b.checked = b.value === '4')))
  await page.locator('[name=phone]').fill('不是号码')
  await press(page, '保存并提交')
  assert.match(await page.title(), /^错误/)
  assert.equal(await page.locator('[name=phone]').inputValue(), '不是号码')
  await shot(page, 'problem')
  await page.locator('[name=phone]').fill('19900000001')
  await press(page, '保存并提交')
  await says(page, '待受理')
  return path
}

/** Accepts the case once every paper was seen. */
export async function accept(it, who, shot) {
  const page = await it.as('fengping')
  await send(page, '/accept') // nothing sighted
  assert.match(await page.title(), /^错误/)
  for (const paper of who.papers) await page.locator(`form[action$="/accept"] [name=sighted][value=${paper}]`).check()
  await shot(page, 'accept')
  await send(page, '/accept')
  await says(page, '待安排评残')
}

/** Puts the person on the township's day at the hospital. */
export async function seat(it, path, shot) {
  const clerk = await it.as('fengping')
  await visit(clerk, path)
  await clerk.locator('form[action$="/schedule"] [name=session]').first().check()
  await shot(clerk, 'seat')
  await send(clerk, '/schedule')
  await says(clerk, '待评定')
  await visit(clerk, '/sessions')
}

/** The doctor concludes, with a second signature. */
export async function conclude(it, path, shot) {
  const doctor = await it.as('zhongyi-guke')
  await visit(doctor, '/')
  await visit(doctor, `${path}/assess`)
  await press(doctor, '签名并提交结论') // nothing filled in
  assert.match(await doctor.title(), /^错误/)
  await doctor.locator('[name=f4-paralysis]').selectOption('para-complete')
  await doctor.locator('[name=f4-adl]').selectOption('1')
  await doctor.locator('[name=f4-origin]').selectOption('accident')
  await press(doctor, '看标准建议')
  assert.match(await doctor.locator('main').innerText(), /肢体残疾一级 b\)/)
  await doctor.locator('[name=category-4][value=met]').check()
  await doctor.locator('[name=level-4]').selectOption('1')
  await doctor.locator('[name=findings-4]').fill('双下肢完全瘫痪，肌力 0 级')
  await doctor.locator('[name=second]').selectOption({ label: '演示医生丁 主任医师' })
  await shot(doctor, 'assess')
  await press(doctor, '签名并提交结论')
  await says(doctor, '等第二位医师')
  const second = await it.as('zhongyi-zhuren')
  await visit(second, '/signatures')
  await visit(second, `${path}/assess`)
  await says(second, '双下肢完全瘫痪')
  await press(second, '同意，签名')
  await says(second, '待公示')
}

/** Publishes the result and reads it as anybody: masked. */
export async function publish(it, who, shot) {
  const clerk = await it.as('fengping')
  await visit(clerk, '/notices/new')
  await press(clerk, '张贴公示')
  await visit(clerk, '/notices')
  const anybody = await it.as('')
  await anybody.goto('/public/notices?region=533103')
  await axe(anybody, { toAll: true })
  await anybody.locator('main a[href^="/public/notices/"]').first().click()
  await anybody.waitForLoadState()
  await axe(anybody, { toAll: true })
  await shot(anybody, 'public')
  const text = await anybody.locator('main').innerText()
  assert.ok(text.includes(`${who.name[0]}*`) && !text.includes(who.name), text)
}

/** Two officers of the county review and approve; the round of the morning has ended the notice. */
export async function approve(it, path, shot) {
  const reviewer = await it.as('chushen')
  await reviewer.goto(path)
  await until(reviewer, '待审核')
  await checked(reviewer)
  await shot(reviewer, 'review')
  await send(reviewer, '/review')
  await says(reviewer, '待批准')
  if ((await reviewer.locator('main').innerText()).includes('升级提示')) { // more severe than the old certificate
    const city = await it.as('zulian')
    await visit(city, path)
    await send(city, '/rereview')
  }
  const approver = await it.as('shenpi')
  await visit(approver, '/')
  await shot(approver, 'approve')
  await visit(approver, path)
  await send(approver, '/approve')
  await says(approver, '待打印')
}

/** Prints the card, one blank spoiled, and sends it to the township. */
export async function print(it, who, shot) {
  const clerk = await it.as('banzheng')
  await visit(clerk, '/batches/new?region=533103105')
  await press(clerk, '用勾选的办件建立批次')
  await says(clerk, who.name)
  const pdf = await clerk.request.get(`${clerk.url()}/booklets.pdf`)
  assert.equal(pdf.headers()['content-type'], 'application/pdf')
  await unfold(clerk)
  await clerk.locator('form[action$="/spoil"] [name=reason]').first().fill('卡纸')
  await send(clerk, '/spoil')
  await clerk.locator('form[action$="/good"] [name=serial]').first().fill('K0001')
  await shot(clerk, 'batch')
  await send(clerk, '/good')
  await clerk.locator('[name=seal]').fill('F000123')
  await clerk.locator('[name=bearer]').fill('县邮政')
  await send(clerk, '/dispatch')
  await visit(clerk, '/batches')
}

/** The township counts the cards in the bag. */
async function count(township, who) {
  await visit(township, '/deliveries')
  const row = township.locator('main tr', { hasText: who.name }).first()
  await visit(township, await row.locator('a[href^="/batches/"]').getAttribute('href'))
  await press(township, '签收')
  await says(township, '请填写实收本数')
  await checked(township)
  await township.locator('[name=count]').fill('1')
  await township.locator('[name=whole]').check()
  await press(township, '签收')
  await says(township, '已签收')
}

/** Hands the card over against a signature and puts the file on the shelf. */
export async function deliver(it, who, path, shot) {
  const township = await it.as('fengping')
  await count(township, who)
  await visit(township, '/deliveries')
  const link = township.locator('main').getByRole('link', { name: new RegExp(`${who.name}|发放`) }).first()
  await Promise.all([township.waitForEvent('framenavigated'), link.click()])
  await township.waitForLoadState()
  await checked(township)
  await township.locator('[name=receiver]').fill('')
  await press(township, '登记发放')
  assert.match(await township.title(), /^错误/)
  await township.locator('[name=receiver]').fill(who.name)
  if (who.kind === 'expired') await township.locator('[name=recalled]').first().check()
  await shot(township, 'deliver')
  await press(township, '登记发放')
  const clerk = await it.as('banzheng')
  await visit(clerk, path)
  await says(clerk, '待归档')
  await unfold(clerk)
  await send(clerk, '/file')
  await says(clerk, '已办结')
  assert.ok(await done(clerk))
  await shot(clerk, 'closed')
}

/** The old card that was handed in is destroyed before two witnesses; their record is a PDF. */
export async function destroy(it, who, shot) {
  const clerk = await it.as('banzheng')
  await visit(clerk, '/recalls')
  await says(clerk, who.name)
  await checked(clerk)
  await clerk.locator('[name=way]').fill('碎纸机粉碎')
  await clerk.locator('[name=first]').fill('监销人甲')
  await clerk.locator('[name=second]').fill('监销人甲')
  await press(clerk, '登记销毁') // nothing ticked, no day, one witness: errors, and what was typed stays
  assert.match(await clerk.title(), /^错误/)
  await checked(clerk)
  assert.equal(await clerk.locator('[name=way]').inputValue(), '碎纸机粉碎')
  await clerk.locator('[name=ids]').first().check()
  await clerk.locator('[name=day]').fill('2020-05-29')
  await clerk.locator('[name=second]').fill('监销人乙')
  await shot(clerk, 'recalls')
  await press(clerk, '登记销毁')
  await says(clerk, '已登记销毁')
  await says(clerk, '没有待销毁的旧证')
  await checked(clerk)
  const record = await clerk.locator('a[href$="/record.pdf"]').first().getAttribute('href')
  const pdf = await clerk.request.get(record)
  assert.ok((await pdf.body()).subarray(0, 4).equals(Buffer.from('%PDF')), 'the record is no PDF')
}
