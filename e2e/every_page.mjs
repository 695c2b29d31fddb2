// Every page of both doors, opened by one account of each kind on a county with cases in every state: axe, valid HTML, no complaint of the browser,
// nothing wider than an office PC or a phone; and every form as it answers when it is sent empty. The server answers every visit; the browser opens
// a page that has an element which the same route did not show before.
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { collection } from './html.mjs'
import { moveAway, takeGuests } from './guests.mjs'
import { axeSource, launch, root, signedIn, start, today, visitor } from './lib.mjs'
import { password } from './office.mjs'
import { accounts, empties, files, open, pages, registered } from './routes.mjs'

const cases = 4500 // that many put a case of nearly every state into each township
const office = { width: 1366, height: 768 }
const phone = { width: 390, height: 844 }
const limits = { timeout: 300_000 } // ms; a busy machine takes several times as long as a quiet one
const kinds = { pdf: 'application/pdf', zip: 'application/zip', json: 'application/json', xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', png: 'image/png', jpg: 'image/jpeg', part: 'text/html; charset=utf-8' }
const axeRules = { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'], rules: { 'target-size': { enabled: true } }, resultTypes: ['violations'] }

const it = { data: mkdtempSync(join(tmpdir(), 'hefa-pages-')), server: null, browser: null }
const html = collection()
const records = {} // name → id, what stands after a colon in a path
const opened = new Set() // routes that somebody could open
const forms = new Map() // form that checks what is typed → where it was seen first
const tried = new Map() // route → the elements that the browser has seen there
const wrong = [] // what the visits found
const as = {} // kind of account → its page

before(async () => {
  execFileSync('go', ['run', './tools/bench', 'fill', join(it.data, 'hefa.db'), '--cases', String(cases), '--today', today, '--keys', join(it.data, 'master.key')], { cwd: root })
  // One machine opens them all, faster than people do.
  const args = ['--demo', '--today', today, '--metrics', '', '--address-rate', '1e6', '--account-rate', '1e6']
  it.server = await start({ args, data: it.data })
  it.browser = await launch()
  for (const [kind, login] of Object.entries(accounts)) as[kind] = await signedIn(it, login, password, { screen: office })
}, limits)
after(async () => {
  await it.browser?.close()
  await it.server?.stop()
  rmSync(it.data, { recursive: true, force: true })
})

test('the table names every GET route and no other', () => {
  const listed = [...Object.keys(pages), ...Object.keys(open), ...Object.keys(files)]
  assert.deepEqual(listed.sort(), registered().sort())
})

test('there is a record of every kind', limits, async () => {
  for (const state of ['draft', 'submitted', 'returned', 'accepted', 'scheduled', 'assessed', 'announced', 'review', 'reviewed', 'approved', 'printing', 'printed',
    'dispatched', 'delivered', 'closed', 'refused']) {
    records[state] = await first(as.clerk, `/applications?state=${state}&region=533103105`, '/applications/')
  }
  records.batch = await first(as.clerk, '/batches?region=533103105', '/batches/')
  const one = { region: '533103103', id: await first(as.clerk, '/applications?state=approved&region=533103103', '/applications/') }
  records.printing_batch = (await as.clerk.request.post('/batches', { form: one, maxRedirects: 0 })).headers().location.split('/').pop()
  records.person = await first(as.clerk, '/people?q=%E5%BC%A0&region=533103105', '/people/')
  records.certificate = await first(as.clerk, '/certificates?region=533103105', '/certificates/')
  records.holding = await first(as.clerk, `/certificates?region=533103105&state=valid&from=${today}`, '/certificates/')
  await as.auditor.request.post('/account/second', { form: { confirm: password } }) // begun, so that its form is there
  records.notice = await first(as.clerk, '/notices?region=533103105&state=running', '/notices/')
  records.declined = await first(as.clerk, '/applications?state=submitted&region=533103103', '/applications/')
  await as.clerk.request.post(`/applications/${records.declined}/decline`, { form: { 'decline-reason': '户籍不在本县' } })
  records.letter = (await first(as.clerk, `/applications/${records.declined}`, `/applications/${records.declined}/letters/`)).replace('.pdf', '')
  await seatForToday()
  await objectInPublic()
  await uploadList()
  await scanPile()
  await makeLetters()
  await putUp()
  await takeDeaths()
  Object.assign(records, await moveAway(as, first, ids), await takeGuests(as.clerk, first))
  await askForNumbers()
  await shelve()
  await refuseSomebody()
  await examineAnew()
  const scan = await as.township.screenshot()
  const form = { paper: 'identity', file: { name: '身份证.png', mimeType: 'image/png', buffer: scan } }
  await as.township.request.post(`/applications/${records.draft}/attachments`, { multipart: form })
  records.attachment = await first(as.township, `/applications/${records.draft}`, `/applications/${records.draft}/attachments/`)
})

test('everybody may open the public pages', limits, async () => {
  as.public = await visitor(it, { screen: office })
  for (const [route, paths] of Object.entries(open)) {
    for (const path of paths) assert.equal(await visit('public', route, path), 200, path)
  }
  assert.deepEqual(wrong.splice(0), [])
})

test('each account opens every page that it may', limits, async () => {
  const waiting = Object.keys(accounts)
  const worker = async () => {
    for (let kind; (kind = waiting.shift()); ) {
      for (const [route, paths] of Object.entries(pages)) {
        for (const path of paths) await visit(kind, route, path).catch((err) => wrong.push(err.message))
      }
    }
  }
  await Promise.all([worker(), worker()])
  assert.deepEqual(wrong.splice(0), [])
  assert.deepEqual(Object.keys(pages).filter((route) => !opened.has(route)), [], 'pages that nobody could open')
})

test('files come as what they are', limits, async () => {
  for (const [route, how] of Object.entries(files)) {
    if (!how) continue
    const [kind, path, type] = how
    const answer = await as[kind].request.get(at(path))
    assert.equal(answer.status(), 200, `${route} for ${kind}`)
    assert.equal(answer.headers()['content-type'], kinds[type], route)
  }
})

test('every form that is sent empty says what is missing, or may be empty', limits, async () => {
  assert.deepEqual([...forms.keys()].sort(), Object.keys(empties).sort())
  for (const [form, status] of Object.entries(empties)) {
    await sendEmpty(form, status).catch((err) => wrong.push(`${form}: ${err.message}`))
  }
  assert.deepEqual(wrong.splice(0), [])
})

test('the HTML of all pages is valid', limits, async (t) => {
  t.diagnostic(`${html.size} pages`)
  assert.deepEqual(await html.problems(), [], `among ${html.size} pages`)
})

// at is a path with its records filled in.
function at(path) {
  return path.replace(/:(\w+)/g, (_, name) => records[name] ?? assert.fail(`no record ${name} for ${path}`))
}

// first is the last part of the first link on a page that leads below prefix to a record.
async function first(page, path, prefix) {
  return (await ids(page, path, prefix))[0]
}

// ids is the last part of every link on a page that leads below prefix to a record.
async function ids(page, path, prefix) {
  await page.goto(path)
  const hrefs = await page.locator(`main a[href^="${prefix}"]`).evaluateAll((links) => links.map((a) => a.getAttribute('href')))
  const all = hrefs.map((h) => h.slice(prefix.length).split('#')[0]).filter((h) => /^[\w.-]+$/.test(h) && h !== 'new')
  assert.ok(all.length, `no link to ${prefix} on ${path}`)
  return all
}

// Somebody of the public objects: the case they name is disputed from then on.
async function objectInPublic() {
  const page = await visitor(it, { screen: office })
  await page.goto(`/public/notices/${records.notice}/object`)
  await page.locator('[name=row]').selectOption({ index: 1 })
  await page.locator('[name=name]').fill('测试举报人')
  await page.locator('[name=phone]').fill('13900000009')
  await page.locator('[name=text]').fill('本人情况与公示不符，请复核')
  await page.locator('main form button').last().click()
  await page.waitForURL(/\/public\/objections\//)
  records.objection = page.url().split('/').pop()
  records.disputed = await first(as.clerk, '/applications?state=disputed&region=533103105', '/applications/')
}

// The hospital calls somebody today, so that its doctor may conclude.
async function seatForToday() {
  records.examined = await first(as.clerk, '/applications?state=accepted&region=533103103', '/applications/')
  const form = { region: '533103103', hospital: 'demo-hospital-zhou', kind: 'home', day: today, capacity: '5', place: '门诊三楼' }
  const planned = await as.clerk.request.post('/sessions', { form, maxRedirects: 0 })
  const taken = await as.clerk.request.post(`${planned.headers().location}/schedule`, { form: { application: records.examined }, maxRedirects: 0 })
  assert.equal(taken.status(), 303, 'nobody can be called today')
  records.session_today = planned.headers().location.split('/').pop().split('?')[0]
}

// The approver refuses somebody, who may dispute that from then on.
async function refuseSomebody() {
  records.disputable = (await ids(as.approver, '/applications?state=reviewed&region=533103105', '/applications/'))[1]
  const refused = await as.approver.request.post(`/applications/${records.disputable}/refuse`, { form: { reason: '材料不足以证明残疾状况' }, maxRedirects: 0 })
  assert.equal(refused.status(), 303, 'nobody can be refused')
}

// The city has somebody examined anew by two doctors of another hospital.
async function examineAnew() {
  for (const id of await ids(as.clerk, '/applications?state=review&category=4', '/applications/')) { // until one whose first hospital was another
    const data = new URLSearchParams({ hospital: 'demo-hospital-zhou', day: today, reason: '抽查复核' }) + '&doctor=demo-zhou-guke&doctor=demo-zhou-zhuren'
    const ordered = await as.city.request.post(`/applications/${id}/appeal/order`, { headers: { 'content-type': 'application/x-www-form-urlencoded' }, data, maxRedirects: 0 })
    if (ordered.status() !== 303) continue
    records.anew = id
    return (records.reassessment = await first(as.doctor, '/reassessments', '/reassessments/'))
  }
  assert.fail('nobody can be examined anew')
}

// The township sends its list and takes it in.
async function uploadList() {
  const page = as.township
  await page.goto('/rosters/new')
  await page.locator('[name=kind][value=suspected]').check()
  await page.locator('[name=region]').selectOption('533103105')
  await page.locator('[name=file]').setInputFiles(join(root, 'internal/sheet/testdata/533103105-suspected.xlsx'))
  await page.getByRole('button', { name: '上传并核对' }).click()
  await page.getByRole('button', { name: /^确认导入/ }).click({ timeout: 20_000 })
  records.roster = page.url().split('/').pop()
}

// The township scans a page without a code, which stays in the tray.
async function scanPile() {
  const file = { name: '扫描.png', mimeType: 'image/png', buffer: await as.township.screenshot() }
  const numbered = await as.township.request.post('/statements', { form: { form: 'survey', place: '533103105', count: '2' }, maxRedirects: 0 })
  assert.equal(numbered.status(), 303, 'no papers were numbered')
  records.statement = numbered.headers().location.split('/').pop().split('?')[0]
  const taken = await as.township.request.post('/piles', { multipart: { received: today, signer: 'self', scans: file }, maxRedirects: 0 })
  assert.equal(taken.status(), 303, 'the pile was not taken')
  records.pile = taken.headers().location.split('/').pop()
  await as.township.goto(`/piles/${records.pile}`)
  const piece = as.township.locator('a[href*="/pieces/"]').first()
  await piece.waitFor({ timeout: 20_000 })
  records.piece = (await piece.getAttribute('href')).split('/').pop()
}

// The round reminds whose certificates lapse, and by hand goes a letter to somebody who has none; one slip comes back.
async function makeLetters() {
  await as.clerk.request.post('/reminders/round', { maxRedirects: 0 })
  const all = await ids(as.township, '/reminders?state=made&kind=renew', '/reminders/')
  ;[records.reminder, records.slip] = all
  const form = { received: today, signer: 'self', file: { name: '回执.png', mimeType: 'image/png', buffer: await as.township.screenshot() } }
  const taken = await as.township.request.post(`/reminders/${records.slip}/receive`, { multipart: form, maxRedirects: 0 })
  assert.equal(taken.status(), 303, 'the slip was not taken')
  const begun = await as.township.request.post('/bundles', { form: { kind: 'renew', state: 'made' }, maxRedirects: 0 })
  assert.equal(begun.status(), 303, 'no letters are printed in the background')
  records.bundle = begun.headers().location.split('/').pop()
  await as.township.goto(`/bundles/${records.bundle}`)
  await as.township.locator('main table a').first().waitFor({ timeout: 60_000 })
  for (const id of await ids(as.township, '/people?q=%E5%BC%A0', '/people/')) {
    const made = await as.township.request.post(`/people/${id}/reminders`, { form: { kind: 'flow' }, maxRedirects: 0 })
    if (made.status() !== 303) continue
    records.reminded = id
    records.flow = made.headers().location.split('/').pop()
    return
  }
  assert.fail('nobody without a certificate was found')
}

// The township puts up whose certificates lapsed and who were told; somebody objects to one.
async function putUp() {
  const late = await ids(as.township, '/lapses/new', '/people/')
  for (const id of late.slice(0, 3)) { // the third stays on the list
    const made = await as.township.request.post(`/people/${id}/reminders`, { form: { kind: 'review' }, maxRedirects: 0 })
    await as.township.request.post(`${made.headers().location}/send`, { form: { channel: 'hand', sent: today }, maxRedirects: 0 })
  }
  await as.township.goto('/lapses/new')
  for (const box of (await as.township.locator('[name=ids]').all()).slice(0, 2)) await box.check()
  await as.township.getByRole('button', { name: '张贴注销公示' }).click()
  await as.township.waitForURL(/\/postings\//)
  records.posting = as.township.url().split('/').pop()
  records.lapse = await first(as.township, '/lapses?state=announced', '/lapses/')
  const form = { 'object-text': '此人常年在家，请再核实' }
  const taken = await as.township.request.post(`/lapses/${records.lapse}/object`, { form, maxRedirects: 0 })
  assert.equal(taken.status(), 303, 'the objection was not taken')
}

// Public security sends a list of deaths with somebody who holds a certificate.
async function takeDeaths() {
  const id = await first(as.clerk, '/people?q=%E5%BC%A0&state=valid', '/people/')
  await as.clerk.goto(`/people/${id}/reveal`)
  const shown = await as.clerk.request.post(`/people/${id}/reveal`, { form: { reason: '与死亡名单核对' } })
  const number = (await shown.text()).match(/533199\d{11}[\dX]/)[0]
  const list = Buffer.from(`姓名,身份证号,死亡日期\n测试名单姓名,${number},2020-01-05\n`)
  const file = { name: '死亡名单.csv', mimeType: 'text/csv', buffer: list }
  const taken = await as.clerk.request.post('/departures', { multipart: { kind: 'death', source: '县公安局', file } })
  assert.match(await taken.text(), /1 人提请处理/, 'the list of deaths was not taken')
}

// Two lists with whole numbers are asked for; one of them is granted.
async function askForNumbers() {
  for (const key of ['disclosure', 'disclosure_granted']) {
    const form = { columns: 'name', reason: '与民政核对低保对象', receiver: '县民政局' }
    const made = await as.clerk.request.post('/disclosures', { form, maxRedirects: 0 })
    assert.equal(made.status(), 303, 'a list was not asked for')
    records[key] = made.headers().location.split('/').pop().split('?')[0]
  }
  const granted = await as.approver.request.post(`/disclosures/${records.disclosure_granted}/judge`, { form: { do: 'grant' }, maxRedirects: 0 })
  assert.equal(granted.status(), 303, 'a list was not granted')
}

// Three cases go to the shelf; of their files one is asked for, one granted, one lent.
async function shelve() {
  const waiting = new Set(await ids(as.clerk, '/applications?state=delivered', '/applications/'))
  waiting.delete(records.delivered)
  for (const [i, id] of [...waiting].slice(0, 3).entries()) {
    const filed = await as.clerk.request.post(`/applications/${id}/file`, { form: { reason: '原件在乡镇' }, maxRedirects: 0 })
    assert.equal(filed.status(), 303, 'a case was not filed')
    records.filed = await first(as.clerk, `/applications/${id}`, '/archive/files/')
    const form = { borrower: '测试借阅人', unit: '市残联', reason: '抽查' }
    assert.equal((await as.clerk.request.post(`/archive/files/${records.filed}/loans`, { form, maxRedirects: 0 })).status(), 303)
    if (i === 2) break
    await as.approver.goto('/archive/loans?state=asked')
    const path = await as.approver.locator('form[action$="/decide"]').first().getAttribute('action')
    assert.equal((await as.approver.request.post(path, { form: { grant: 'yes' }, maxRedirects: 0 })).status(), 303)
    if (i === 1) assert.equal((await as.clerk.request.post(path.replace('/decide', '/take'), { form: {}, maxRedirects: 0 })).status(), 303)
  }
  records.box = await first(as.clerk, '/archive/boxes', '/archive/boxes/')
  await appraise()
}

// The one file whose retention ran out is appraised and approved, and waits for its destruction.
async function appraise() {
  const send = async (who, path, form) => {
    const answer = await as[who].request.post(path, { form, maxRedirects: 0 })
    assert.equal(answer.status(), 303, path)
    return answer.headers().location
  }
  const list = (await send('clerk', '/archive/appraisals', { head: '测试组长', members: '成员甲\n成员乙' })).split('?')[0]
  records.appraisal = list.split('/').pop()
  await as.clerk.goto(list)
  await send('clerk', `${list}/files`, { ids: await as.clerk.locator('input[name=ids]').first().getAttribute('value'), found: 'destroy' })
  await send('clerk', `${list}/propose`, {})
  await send('approver', `${list}/decide`, { grant: 'yes' })
}

// visit asks for a page and gives the status; the browser opens a page that shows something new.
async function visit(kind, route, path) {
  const answer = await as[kind].request.get(at(path), { maxRedirects: 0 })
  const status = answer.status()
  const where = `${path} as ${kind}`
  assert.ok([200, 403, 404, 409, 422].includes(status), `${status} on ${where}`)
  const source = await answer.text()
  if (status === 200) {
    opened.add(route)
    for (const [, action] of source.matchAll(/<form method="post" action="([^"]+)"[^>]* novalidate/g)) {
      if (!forms.has(pattern(action))) forms.set(pattern(action), { kind, path: at(path), action })
    }
  }
  if (!isNew(status === 200 ? route : status, source)) return status
  await as[kind].goto(at(path))
  await sound(as[kind], where, source)
  return status
}

// isNew says whether the page has an element that no page of the same name had with the same class, kind and attributes.
function isNew(name, source) {
  const known = tried.get(name) ?? new Set()
  const before = known.size
  tried.set(name, known)
  for (const [tag] of source.matchAll(/<[a-z][^>]*>/g)) known.add(tag.replace(/ (?!class|type|role|name|aria-current)([\w-]+)="[^"]*"/g, ' $1'))
  return known.size > before
}

// sound tries a page that is shown: with axe, and at the width of an office PC and of a phone.
async function sound(page, where, source) {
  html.add(where, source)
  assert.doesNotMatch(source, /⟦|%!|\(MISSING\)/, `a word is missing on ${where}`)
  await noViolation(page, where)
  assert.equal(await overflow(page), 0, `${where} is wider than its window`)
  await page.setViewportSize(phone)
  assert.equal(await overflow(page), 0, `${where} is wider than a phone`)
  await page.setViewportSize(office)
  assert.deepEqual(page.complaints.splice(0), [], `complaints on ${where}`)
}

async function noViolation(page, where) {
  await page.evaluate(axeSource)
  const found = await page.evaluate((rules) => globalThis.axe.run(document, rules).then((r) =>
    r.violations.map((v) => `${v.id}: ${v.nodes.map((n) => `${n.html} ${n.failureSummary}`).join('\n')}`)), axeRules)
  assert.deepEqual(found, [], `axe on ${where}`)
}

const overflow = (page) => page.evaluate(() => Math.max(0, document.documentElement.scrollWidth - document.documentElement.clientWidth))

// pattern is an address with its records blanked.
const pattern = (href) => new URL(href, 'http://x').pathname.replace(/\/(demo-[\w-]+|[0-9a-f-]{36}|review\.days|announce\.minors|papers\.new|exams\.1)(?=\/|$)/g, '/{}')

// sendEmpty sends a form with nothing in it; forms that check what is typed say that they do by novalidate.
async function sendEmpty(form, status) {
  const { kind, path, action } = forms.get(form)
  const page = as[kind]
  await page.goto(path)
  const [answer] = await Promise.all([
    page.waitForResponse((r) => r.request().method() === 'POST'),
    page.waitForEvent('load'),
    page.locator(`form[action="${action}"][novalidate]`).first().evaluate(empty),
  ])
  assert.equal(answer.status(), status, `as ${kind} on ${path}`)
  if (answer.status() < 400) return
  await sound(page, `${form}, empty, as ${kind}`, await answer.text())
  assert.match(await page.title(), /^错误/, 'the title hides the problems')
  assert.ok(await page.locator('.govuk-error-summary').count(), 'no summary of the problems')
}

// empty runs in the browser: takes everything out of a form and presses its last button.
function empty(form) {
  for (const e of form.elements) {
    if (e.type === 'hidden' || e.tagName === 'BUTTON') continue
    if (e.type === 'checkbox' || e.type === 'radio') e.checked = false
    else e.value = ''
  }
  ;[...form.querySelectorAll('button:not([formnovalidate])')].pop().click()
}
