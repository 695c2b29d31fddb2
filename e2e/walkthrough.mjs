// Takes the pictures of docs/walkthrough.zh-CN.md: the main job as a new clerk sees it. Run by make walkthrough.
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './lib.mjs'
import { office } from './office.mjs'
import * as steps from './steps.mjs'

const folder = join(root, 'docs/walkthrough')
mkdirSync(folder, { recursive: true })

const shot = async (page, name) => {
  await page.setViewportSize({ width: 1180, height: 860 })
  await page.screenshot({ path: join(folder, `${name}.jpg`), type: 'jpeg', quality: 55 })
  console.log(name)
}

const it = await office()
try {
  const who = steps.people.suspected
  await it.morning('2020-04-01')
  const clerk = await it.as('banzheng')
  await clerk.goto('/overview')
  await shot(clerk, 'overview')
  await steps.takeIn(it, 'suspected', shot)
  const path = await steps.open(it, who, shot)
  await shot(await it.as('fengping'), 'case')
  await steps.accept(it, who, shot)
  await steps.seat(it, path, shot)
  await it.morning('2020-05-21')
  await steps.conclude(it, path, shot)
  await steps.publish(it, who, shot)
  await it.morning('2020-05-29')
  await steps.approve(it, path, shot)
  await steps.print(it, who, shot)
  await steps.deliver(it, who, path, shot)
} finally {
  await it.close()
}
