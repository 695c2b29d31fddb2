// Every GET route of the two doors, as their Go files name it, and how it is visited.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './lib.mjs'

/** One demonstration account of each kind. */
export const accounts = {
  village: 'cun-fengping', township: 'fengping', clerk: 'banzheng', reviewer: 'chushen', approver: 'shenpi', hospital: 'zhou-jingban', doctor: 'zhou-guke',
  city: 'zulian', health: 'weijian', poverty: 'fupin', discipline: 'ducha', sysadmin: 'xitong', secadmin: 'anquan', auditor: 'shenji',
}

/** The routes that the Go files of both doors register. */
export function registered(method = 'GET') {
  return ['internal/web/routes.go', 'internal/portal/portal.go'].flatMap((file) =>
    [...readFileSync(join(root, file), 'utf8').matchAll(new RegExp(`"${method} (/[^"]*)"`, 'g'))].map((m) => m[1]))
}

/**
 * The pages: route → the paths at which it is visited; what stands after a colon is a record, found by the test. Each account visits all that
 * it may open; the rest must say so (403, or 404 for what lies outside its area).
 */
export const pages = {
  '/{$}': ['/', '/?region=533103', '/?state=submitted', '/?region=533103&state=accepted'],
  '/applications/new': ['/applications/new'],
  '/applications/{id}': ['/applications/:draft', '/applications/:submitted', '/applications/:returned', '/applications/:accepted', '/applications/:scheduled', '/applications/:examined',
    '/applications/:assessed', '/applications/:announced', '/applications/:disputed', '/applications/:review', '/applications/:reviewed', '/applications/:approved',
    '/applications/:printing', '/applications/:printed', '/applications/:dispatched', '/applications/:delivered', '/applications/:closed', '/applications/:refused', '/applications/:declined'],
  '/applications/{id}/edit': ['/applications/:draft/edit'],
  '/applications/{id}/assess': ['/applications/:examined/assess'],
  '/applications': ['/applications', '/applications?region=533103', '/applications?region=533103&q=nobody'],
  '/batches': ['/batches', '/batches?region=533103001'],
  '/batches/new': ['/batches/new', '/batches/new?region=533103105'],
  '/batches/{id}': ['/batches/:batch', '/batches/:printing_batch'],
  '/blanks': ['/blanks'],
  '/blanks/list': ['/blanks/list', '/blanks/list?state=lost', '/blanks/list?serial=nobody'],
  '/blanks/receive': ['/blanks/receive'],
  '/blanks/issue': ['/blanks/issue'],
  '/blanks/return': ['/blanks/return'],
  '/blanks/lose': ['/blanks/lose'],
  '/blanks/close': ['/blanks/close'],
  '/deliveries': ['/deliveries', '/deliveries?name=nobody'],
  '/deliveries/{id}': ['/deliveries/:dispatched'],
  '/notices': ['/notices', '/notices?region=533103', '/notices?from=2019-01-01&to=2019-01-02'],
  '/notices/new': ['/notices/new', '/notices/new?region=533103105'],
  '/notices/{id}': ['/notices/:notice'],
  '/sessions': ['/sessions', '/sessions?region=533103', '/sessions?from=2030-01-01'],
  '/sessions/plan': ['/sessions/plan'],
  '/sessions/{id}': ['/sessions/demo-session-533103105'],
  '/sessions/{id}/change': ['/sessions/demo-session-533103105/change'],
  '/grading': ['/grading', '/grading?category=2', '/grading?category=3', '/grading?category=4', '/grading?category=5', '/grading?category=6'],
  '/rosters': ['/rosters'],
  '/rosters/new': ['/rosters/new'],
  '/rosters/{id}': ['/rosters/:roster'],
  '/listed': ['/listed', '/listed?kind=suspected', '/listed?region=533103', '/listed?region=533103&kind=suspected'],
  '/people': ['/people', '/people?q=%E5%BC%A0', '/people?q=nobody&region=533103'],
  '/people/{id}': ['/people/:person'],
  '/people/{id}/edit': ['/people/:person/edit'],
  '/people/{id}/reveal': ['/people/:person/reveal'],
  '/people/{id}/reminders': ['/people/:person/reminders', '/people/:reminded/reminders'],
  '/reminders': ['/reminders', '/reminders?region=533103', '/reminders?region=533103105&state=made', '/reminders?region=533103&step=none'],
  '/reminders/villages': ['/reminders/villages', '/reminders/villages?region=533103&kind=renew'],
  '/reminders/{id}': ['/reminders/:reminder', '/reminders/:flow', '/reminders/:slip'],
  '/reminders/{id}/letter': ['/reminders/:reminder/letter', '/reminders/:flow/letter?reading=easy'],
  '/forms': ['/forms'],
  '/certificates': ['/certificates', '/certificates?region=533103', '/certificates?region=533103&from=2050-01-01'],
  '/certificates/{id}': ['/certificates/:certificate'],
  '/account': ['/account'],
  '/account/password': ['/account/password'],
  '/house': ['/house'],
  '/roles': ['/roles'],
  '/policies': ['/policies'],
  '/policies/{key}': ['/policies/review.days', '/policies/announce.minors', '/policies/papers.new', '/policies/exams.1'],
  '/calendar': ['/calendar', '/calendar?year=2020'],
  '/regions': ['/regions', '/regions?at=533103105', '/regions?q=%E9%A3%8E%E5%B9%B3'],
  '/regions/new': ['/regions/new?at=533103105'],
  '/accounts': ['/accounts', '/accounts?q=nobody'],
  '/accounts/new': ['/accounts/new'],
  '/accounts/{id}': ['/accounts/demo-banzheng', '/accounts/demo-anquan'],
  '/accounts/{id}/edit': ['/accounts/demo-zhou-guke/edit'],
  '/tokens': ['/tokens'],
  '/backups': ['/backups', '/backups?state=failed'],
  '/orgs': ['/orgs'],
  '/orgs/new': ['/orgs/new'],
  '/orgs/{id}': ['/orgs/demo-hospital-zhou', '/orgs/demo-533103'],
  '/audit': ['/audit?region=533103', '/audit', '/audit?region=533103&from=2030-01-01'],
  '/audit/reveals': ['/audit/reveals'],
  '/overview': ['/overview', '/overview?region=533103'],
}

/** The pages of everybody. */
export const open = {
  '/sign-in': ['/sign-in'],
  '/public': ['/public', '/public?region=533103'],
  '/public/notices': ['/public/notices?region=533103', '/public/notices?region=110101'],
  '/public/notices/{id}': ['/public/notices/:notice'],
  '/public/notices/{id}/object': ['/public/notices/:notice/object'],
  '/public/objections/{no}': ['/public/objections/:objection'],
}

/** What is no page: parts of pages, files for the desk's own programs. Each comes to the account with its kind. */
export const files = {
  '/assets/': null, // the tests of the look open each
  '/applications/{id}/next': null, // leads to another case
  '/applications.xlsx': ['clerk', '/applications.xlsx', 'xlsx'],
  '/applications/{id}/attachments/{file}': ['township', '/applications/:draft/attachments/:attachment', 'png'],
  '/applications/{id}/slip.pdf': ['clerk', '/applications/:accepted/slip.pdf', 'pdf'],
  '/applications/{id}/letters/{letter}': ['clerk', '/applications/:declined/letters/:letter', 'pdf'],
  '/batches/{id}/booklets.pdf': ['clerk', '/batches/:printing_batch/booklets.pdf', 'pdf'],
  '/batches/{id}/dispatch.pdf': ['clerk', '/batches/:batch/dispatch.pdf', 'pdf'],
  '/batches/{id}/register.pdf': ['clerk', '/batches/:batch/register.pdf', 'pdf'],
  '/batches/{id}/cards.xlsx': ['clerk', '/batches/:batch/cards.xlsx', 'xlsx'],
  '/blanks/list/export': ['clerk', '/blanks/list/export', 'xlsx'],
  '/deliveries.xlsx': ['clerk', '/deliveries.xlsx', 'xlsx'],
  '/notices/list.xlsx': ['clerk', '/notices/list.xlsx', 'xlsx'],
  '/notices/{id}/list.pdf': ['clerk', '/notices/:notice/list.pdf', 'pdf'],
  '/sessions/export': ['clerk', '/sessions/export', 'xlsx'],
  '/sessions/{id}/list.pdf': ['clerk', '/sessions/demo-session-533103105/list.pdf', 'pdf'],
  '/rosters/{id}/progress': ['township', '/rosters/:roster/progress', 'part'],
  '/rosters/{id}/rejected.xlsx': ['township', '/rosters/:roster/rejected.xlsx', 'xlsx'],
  '/listed.xlsx': ['township', '/listed.xlsx', 'xlsx'],
  '/reminders/find': null, // leads to a letter
  '/reminders/list.xlsx': ['clerk', '/reminders/list.xlsx?region=533103105', 'xlsx'],
  '/reminders/roster.pdf': ['township', '/reminders/roster.pdf', 'pdf'],
  '/reminders/letters.pdf': ['township', '/reminders/letters.pdf?reading=large', 'pdf'],
  '/reminders/{id}/letter.pdf': ['village', '/reminders/:reminder/letter.pdf', 'pdf'],
  '/reminders/{id}/proof': ['township', '/reminders/:slip/proof', 'png'],
  '/forms/{form}': ['village', '/forms/survey.pdf', 'pdf'],
  '/certificates/export': ['clerk', '/certificates/export', 'xlsx'],
  '/audit/export': ['auditor', '/audit/export?region=533103', 'xlsx'],
}

/**
 * How each form answers when it is sent empty: 422 shows it again with its problems, 303 is taken because nothing in it must be filled in. What is
 * taken changes its record, so those come last, and in this order. */
export const empties = {
  '/account/password': 422,
  '/applications/new': 422,
  '/applications/{}/accept': 422,
  '/applications/{}/assess': 422,
  '/applications/{}/attachments': 422,
  '/applications/{}/decline': 422,
  '/applications/{}/deliver': 422,
  '/applications/{}/edit': 422,
  '/applications/{}/file': 422,
  '/applications/{}/handover': 422,
  '/applications/{}/object': 422,
  '/applications/{}/refuse': 422,
  '/applications/{}/reprint': 422,
  '/applications/{}/resolve': 422,
  '/applications/{}/return': 422,
  '/applications/{}/schedule': 422,
  '/applications/{}/spoil': 422,
  '/applications/{}/withdraw': 422,
  '/accounts': 422,
  '/accounts/{}/edit': 422,
  '/batches': 422,
  '/batches/{}/spoil': 422,
  '/blanks/close': 422,
  '/blanks/issue': 422,
  '/blanks/lose': 422,
  '/blanks/receive': 422,
  '/blanks/return': 422,
  '/calendar': 422,
  '/deliveries/{}': 422,
  '/grading': 422,
  '/notices': 422,
  '/orgs': 422,
  '/orgs/{}': 422,
  '/people/{}/reminders': 422,
  '/people/{}/reveal': 422,
  '/policies/{}': 422,
  '/public/notices/{}/objections': 422,
  '/regions': 422,
  '/reminders/send': 422,
  '/reminders/{}/answer': 422,
  '/reminders/{}/receive': 422,
  '/reminders/{}/send': 422,
  '/rosters': 422,
  '/sessions': 422,
  '/sessions/{}/change': 422,
  '/sessions/{}/schedule': 422,
  '/sign-in': 422,
  '/batches/{}/good': 303,
  '/applications/{}/announce': 303,
  '/applications/{}/approve': 303,
  '/applications/{}/dispatch': 303,
  '/applications/{}/print': 303,
  '/applications/{}/review': 303,
  '/applications/{}/submit': 303,
  '/applications/{}/urge': 303,
  '/people/{}/edit': 303,
}
