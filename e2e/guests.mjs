// Guests of the demonstration county and who leaves it, for whoever walks through every page.
import { madeNumber } from './lib.mjs'

// Somebody who is registered in the neighbour county asks here; one such case waits to be sent, another was sent.
export async function takeGuests(clerk, first) {
  for (const [no, name] of [[901, 'ready'], [902, 'sent']]) {
    await clerk.goto('/applications/new')
    await clerk.locator('[name=number]').fill(madeNumber('19800505', no))
    await clerk.locator('[name=guest]').check()
    await clerk.locator('[name=township]').selectOption('533103105')
    await clerk.getByRole('button', { name: '下一步' }).click()
    await clerk.locator('[name=matter][value=cancel]').check()
    await clerk.locator('[name=home]').fill('533102')
    await clerk.locator('[name=cause]').selectOption('wish')
    await clerk.locator('[name=stated]').fill('本人不再需要')
    await clerk.locator('[name=wanted]').nth(3).check()
    await clerk.locator('[name=name]').fill(`外来${name === 'ready' ? '甲' : '乙'}`)
    await clerk.locator('[name=region]').selectOption({ index: 1 })
    await clerk.getByRole('button', { name: '登记并提交' }).click()
    await clerk.waitForURL(/\/applications\/[0-9a-f-]{36}/)
    const path = new URL(clerk.url()).pathname
    const sighted = await clerk.locator('form[action$="/accept"] [name=sighted]').evaluateAll((boxes) => boxes.map((b) => b.value))
    await clerk.request.post(`${path}/accept`, { data: sighted.map((s) => `sighted=${s}`).join('&'), headers: { 'content-type': 'application/x-www-form-urlencoded' } })
    if (name === 'sent') await clerk.request.post(`${path}/send`, { form: { registered: '瑞丽市勐卯街道 8 号' } })
  }
  return { ready: await first(clerk, '/?state=ready', '/applications/'), referral: await first(clerk, '/referrals', '/referrals/') }
}

// A holder moves to the neighbour county, which has not taken them over yet.
export async function moveAway(as, first, ids) {
  const id = (await ids(as.clerk, '/people?q=%E6%9D%8E&state=valid', '/people/')).at(-1)
  await as.clerk.goto(`/people/${id}/reveal`)
  const shown = await as.clerk.request.post(`/people/${id}/reveal`, { form: { reason: '办理迁移核对' } })
  const number = (await shown.text()).match(/533199\d{11}[\dX]/)[0]
  await as.clerk.goto('/applications/new')
  await as.clerk.locator('[name=number]').fill(number)
  await as.clerk.getByRole('button', { name: '下一步' }).click()
  await as.clerk.locator('[name=matter][value=move]').check()
  await as.clerk.locator('[name=target]').fill('533102')
  for (const [name, value] of [['guardian', '测试监护人'], ['guardian_phone', '19900000002']]) await as.clerk.locator(`[name=${name}]`).fill(value)
  await as.clerk.getByRole('button', { name: '登记并提交' }).click()
  await as.clerk.waitForURL(/\/applications\/[0-9a-f-]{36}/)
  const path = new URL(as.clerk.url()).pathname
  const sighted = await as.clerk.locator('form[action$="/accept"] [name=sighted]').evaluateAll((boxes) => boxes.map((b) => b.value))
  const body = sighted.map((s) => `sighted=${s}`).join('&')
  await as.clerk.request.post(`${path}/accept`, { data: body, headers: { 'content-type': 'application/x-www-form-urlencoded' } })
  for (const [kind, act] of [['reviewer', 'review'], ['approver', 'approve']]) await as[kind].request.post(`${path}/${act}`, { form: {} })
  return { transfer: await first(as.clerk, '/transfers?way=out', '/transfers/') }
}
