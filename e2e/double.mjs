// A stand-in for the program with which the harness proves itself: one sound page, one of each fault, and a sign-in form.
import { createServer } from 'node:http'

if (process.argv.includes('--broken')) {
  console.error('the disk is full')
  process.exit(3)
}

const page = (body) => `<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>核发</title></head><body><main><h1>核发</h1>${body}</main></body></html>`
const form = '<form method="post" action="/sign-in"><label>帐号 <input name="account"></label><label>密码 <input name="password" type="password"></label><button>登录</button></form>'
const pages = {
  '/': page('<p>一切正常</p><noscript><p>没有脚本</p></noscript>'),
  '/sign-in': page(form),
  '/unlabelled': page('<input name="x">'),
  '/faint': page('<p style="color:#ccc;background:#fff">看不清</p>'),
  '/grey': page('<p style="color:#6b6b6b;background:#fff">灰字</p>'),
  '/wide': page('<div style="width:3000px">太宽</div>'),
  '/script': page('<script>throw new Error("坏了")</script>'),
  '/policy': page('<script>document.title = "改了"</script>'),
}

function signIn(request, response) {
  let body = ''
  request.on('data', (part) => (body += part))
  request.on('end', () => {
    const good = new URLSearchParams(body).get('password') === 'right'
    response.writeHead(303, { location: good ? '/' : '/sign-in' }).end()
  })
}

const server = createServer((request, response) => {
  if (request.method === 'POST') return signIn(request, response)
  const body = pages[request.url]
  const headers = { 'content-type': 'text/html; charset=utf-8' }
  if (request.url === '/policy') headers['content-security-policy'] = "script-src 'self'"
  if (request.url === '/defect') return response.writeHead(500, headers).end(page('<p>出错了</p>'))
  return response.writeHead(body ? 200 : 404, headers).end(body ?? page('<p>没有</p>'))
})
server.listen(0, '127.0.0.1', () => console.log(`listening on http://127.0.0.1:${server.address().port}`))
process.on('SIGTERM', () => server.close(() => process.exit(0)) && server.closeAllConnections())
