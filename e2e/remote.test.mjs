// A remote assessment in two browsers: the village sends evidence, the doctor looks at it, both speak over live video through the relay, the doctor keeps a
// picture and signs.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { checked, picture, visitor } from './lib.mjs'
import { accepted, camera, clinic, session } from './clinic.mjs'
import { press, send, visit } from './office.mjs'
import { says } from './steps.mjs'

// box is a part of an MP4.
function box(name, body) {
  const size = Buffer.alloc(4)
  size.writeUInt32BE(8 + body.length)
  return Buffer.concat([size, Buffer.from(name), Buffer.from(body)])
}

const video = Buffer.concat([box('ftyp', 'isom0000'), box('moov', 'metadata'), box('mdat', 'v'.repeat(50_000))])
const letter = Buffer.from('%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n')

// live waits until the picture of the other side moves.
async function live(page) {
  await page.locator('#call[data-state=live]').waitFor({ timeout: 30_000 })
  await page.waitForFunction(() => document.getElementById('call-far').videoWidth > 0)
}

describe('a remote assessment', { timeout: 240_000 }, () => {
  let it, path
  const shot = async (page, name) => process.env.HEFA_PICTURES && picture(page, `remote-${name}`)
  before(async () => {
    it = await clinic({ flags: camera })
    path = `/applications/${await accepted(it, 1, '测试卧床', ['4'])}`
  })
  after(() => it?.close())

  test('the township chooses the way, the village records the consent and sends evidence', async () => {
    const township = await it.as('fengping')
    await visit(township, `${path}/pathway`)
    await township.locator('[name=inpatient][value=no]').check()
    await township.locator('[name=immobile][value=yes]').check()
    await township.locator('[name=ground]').selectOption('bedridden')
    await press(township, '看建议')
    await says(township, '建议：线上评残')
    await township.locator('[name=reason]').fill('瘫痪在床八年，不能坐起')
    await township.locator('[name=guardian]').fill('测试监护')
    await press(township, '确定评残方式') // the relation is missing
    assert.match(await township.title(), /^错误/)
    await township.locator('[name=relation]').fill('儿子')
    await shot(township, 'way')
    await press(township, '确定评残方式')
    await says(township, '登记本人或监护人同意取证')

    const village = await it.as('cun-fengping')
    await visit(village, `${path}/remote`)
    await village.locator('[name=giver][value=guardian]').check()
    await village.locator('[name=name]').fill('测试监护')
    await village.locator('[name=manner][value=written]').check()
    await village.locator('[name=video]').check()
    await press(village, '登记同意')
    const photo = { name: '右下肢.png', mimeType: 'image/png', buffer: await village.screenshot() }
    for (const [kind, file] of Object.entries({ photo, video: { name: '起坐.mp4', mimeType: 'video/mp4', buffer: video }, document: { name: '证明.pdf', mimeType: 'application/pdf', buffer: letter } })) {
      await village.locator(`[name=kind][value=${kind}]`).check()
      await village.locator('[name=file]').setInputFiles(file)
      await village.locator('[name=shows]').fill('双下肢不能活动')
      await village.locator('[name=taken]').fill('2020-03-31')
      await village.locator('[name=taken_at]').fill('9:30')
      await send(village, '/evidence')
      await says(village, '材料已存入本件')
    }
    await shot(village, 'evidence')
    const remote = await session(it, 'remote', 5)
    await visit(township, path)
    await township.locator(`[name=session][value="${remote}"]`).check()
    await send(township, '/schedule')
  })

  test('a bedridden person is assessed over live video through the relay', async () => {
    const [village, doctor] = [await it.as('cun-fengping'), await it.as('zhou-guke')]
    await visit(doctor, `${path}/remote`)
    await says(doctor, '双下肢不能活动')
    for (const page of [village, doctor]) {
      await visit(page, `${path}/call`)
      await page.locator('#call-join').click()
    }
    await Promise.all([live(village), live(doctor)])
    await checked(doctor)
    await shot(doctor, 'call')
    const used = await doctor.evaluate(() => document.getElementById('call-far').srcObject.getVideoTracks().length)
    assert.equal(used, 1)
    await doctor.locator('[name=shows]').fill('双下肢肌力 0 级')
    await doctor.locator('#call-shot button').click()
    await doctor.locator('#call[data-state=kept]').waitFor()
    await Promise.all([doctor.waitForURL(/\/remote$/), doctor.locator('#call-end').click()])
    await village.locator('#call[data-state=over]').waitFor()
    await says(doctor, '双下肢肌力 0 级')
    await says(doctor, '已完成视频')
    await shot(doctor, 'seen')

    await visit(doctor, `${path}/assess`)
    await says(doctor, '线上评残：由测试监护（儿子）代办')
    await doctor.locator('[name=f4-paralysis]').selectOption('para-complete')
    await doctor.locator('[name=f4-adl]').selectOption('1')
    await doctor.locator('[name=f4-origin]').selectOption('accident')
    await doctor.locator('[name=category-4][value=met]').check()
    await doctor.locator('[name=level-4]').selectOption('1')
    await doctor.locator('[name=findings-4]').fill('双下肢完全瘫痪，肌力 0 级')
    await doctor.locator('[name=second]').selectOption({ label: '演示医生丁 主任医师' })
    await press(doctor, '签名并提交结论')
    const second = await it.as('zhou-zhuren')
    await visit(second, `${path}/assess`)
    await press(second, '同意，签名')
    await visit(await it.as('fengping'), path)
    await says(await it.as('fengping'), '一级')
    for (const page of it.pages.values()) assert.deepEqual(page.complaints, [])
  })

  test('without a camera or scripts the page leads to the evidence', async () => {
    const other = `/applications/${await accepted(it, 2, '测试材料', ['4'])}`
    const page = await it.as('cun-fengping')
    await visit(page, `${other}/call`)
    await says(page, '没有确定为线上评残')
    const stranger = await visitor(it, { js: false })
    await stranger.goto(`${other}/call`)
    assert.match(stranger.url(), /sign-in/)
    await stranger.context().close()
  })
})
