// Reads `go test -json` and prints one line a package and the whole output of what failed.
// Writes "passed failed skipped" to .cache/counts; exits 1 when anything failed.
import { writeFileSync } from 'node:fs'
import { createInterface } from 'node:readline'

const output = new Map() // "package test" → lines
const count = { pass: 0, fail: 0, skip: 0 }
let broken = false // a package that failed without a failing test: it did not compile, or it crashed

function keep(id, line) {
  if (/^=== (RUN|PAUSE|CONT|NAME) /.test(line)) return
  output.set(id, [...(output.get(id) ?? []), line])
}

function finished(event, id) {
  const { Action: action, Package: pkg, Test: test, Elapsed: seconds } = event
  if (test) {
    count[action]++
    if (action === 'fail' || action === 'skip') process.stdout.write((output.get(id) ?? []).join(''))
  } else if (action === 'fail') {
    broken = true
    process.stdout.write((output.get(id) ?? []).join(''))
  } else if (action === 'pass') {
    console.log(`      ${pkg} ${seconds} s`)
  }
  output.delete(id)
}

for await (const line of createInterface({ input: process.stdin })) {
  let event
  try {
    event = JSON.parse(line)
  } catch {
    console.log(line)
    continue
  }
  const id = `${event.Package ?? event.ImportPath} ${event.Test ?? ''}`
  if (event.Action === 'build-output') process.stdout.write(event.Output)
  else if (event.Action === 'output') keep(id, event.Output)
  else if (event.Action in count) finished(event, id)
}
if (broken && count.fail === 0) count.fail = 1
writeFileSync('.cache/counts', `${count.pass} ${count.fail} ${count.skip}\n`)
process.exitCode = broken || count.fail > 0 ? 1 : 0
