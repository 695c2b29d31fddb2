// Whether pages are valid HTML: they are collected while journeys run, and the checker of the HTML standard reads them all at the end.
import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { promisify } from 'node:util'
import { root } from './lib.mjs'

const jar = join(root, 'node_modules/vnu-jar/build/dist/vnu.jar')
const limit = 60_000 // ms for one run over a few hundred pages

/** Collects pages; problems() gives what is wrong with them, one line each. */
export function collection() {
  const pages = new Map() // html → where it was first seen
  return {
    add: (where, html) => pages.has(html) || pages.set(html, where),
    get size() { return pages.size },
    problems: () => problems(pages),
  }
}

async function problems(pages) {
  const folder = mkdtempSync(join(tmpdir(), 'hefa-html-'))
  const places = [...pages.values()]
  ;[...pages.keys()].forEach((html, i) => writeFileSync(join(folder, `${i}.html`), html))
  try {
    const out = await promisify(execFile)('java', ['-Xss1m', '-jar', jar, '--format', 'json', '--exit-zero-always', '--stdout', '--skip-non-html', folder],
      { timeout: limit, maxBuffer: 1 << 26 })
    const messages = JSON.parse(out.stdout).messages.filter((m) => m.type !== 'info')
    return [...new Set(messages.map((m) => `${m.message} …${m.extract ?? ''}… on ${places[parseInt(basename(m.url))]}`))]
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
