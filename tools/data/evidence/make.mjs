// Draws the evidence package of the demonstration's remote case in Chromium: a picture, a short film and a letter, of a figure that is nobody.
//   node tools/data/evidence/make.mjs            writes internal/demo/evidence/{legs.jpg,lift.webm,proof.pdf}
import { writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { chromium } from 'playwright-core'

const to = join(dirname(fileURLToPath(import.meta.url)), '../../../internal/demo/evidence')
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu'] })
const page = await browser.newPage()
const drawn = await page.evaluate(async () => {
  const canvas = Object.assign(document.createElement('canvas'), { width: 480, height: 360 })
  const g = canvas.getContext('2d')
  // A figure lies on a bed; the arm rises with t (0 to 1), the legs do not.
  const draw = (t, caption) => {
    g.fillStyle = '#f3f2f1'; g.fillRect(0, 0, 480, 360)
    g.fillStyle = '#b1b4b6'; g.fillRect(40, 220, 400, 30); g.fillRect(50, 250, 12, 60); g.fillRect(418, 250, 12, 60)
    g.strokeStyle = '#1d3557'; g.lineWidth = 14; g.lineCap = 'round'
    g.beginPath(); g.arc(90, 190, 22, 0, 7); g.fillStyle = '#e0ac69'; g.fill()
    g.beginPath(); g.moveTo(120, 200); g.lineTo(250, 204); g.lineTo(330, 206); g.lineTo(420, 208); g.stroke()
    g.beginPath(); g.moveTo(150, 198); g.lineTo(150 + 70 * Math.cos(t * 1.2), 198 - 80 * Math.sin(t * 1.2)); g.stroke()
    g.fillStyle = '#0b0c0c'; g.font = '20px sans-serif'; g.fillText(caption, 40, 50)
  }
  const base64 = async (blob) => (await new Promise((done) => { const r = new FileReader(); r.onload = () => done(r.result); r.readAsDataURL(blob) })).split(',')[1]
  draw(0.2, '演示材料：双下肢（示意图）')
  const picture = await base64(await new Promise((done) => canvas.toBlob(done, 'image/jpeg', 0.8)))
  const recorder = new MediaRecorder(canvas.captureStream(8), { mimeType: 'video/webm;codecs=vp8', videoBitsPerSecond: 60_000 })
  const parts = []
  recorder.ondataavailable = (e) => parts.push(e.data)
  const over = new Promise((done) => { recorder.onstop = done })
  recorder.start()
  for (let i = 0; i < 32; i++) {
    draw(Math.abs(Math.sin(i / 8)), '演示材料：抬手、抬腿（示意图）')
    await new Promise((done) => setTimeout(done, 125))
  }
  recorder.stop()
  await over
  return { picture, film: await base64(new Blob(parts)) }
})
writeFileSync(join(to, 'legs.jpg'), Buffer.from(drawn.picture, 'base64'))
writeFileSync(join(to, 'lift.webm'), Buffer.from(drawn.film, 'base64'))
await page.setContent(`<meta charset="utf-8"><style>body { font: 16pt/2 serif; margin: 3cm 2cm }</style><h1 style="text-align:center">情况证明（演示）</h1>
<p>本村村民段某（演示人员）因外伤致双下肢瘫痪，卧床八年，不能坐起，外出就诊确有困难，申请线上评残。</p><p style="text-align:right">风平村村民委员会（演示）</p>`)
writeFileSync(join(to, 'proof.pdf'), await page.pdf({ format: 'A4' }))
await browser.close()
