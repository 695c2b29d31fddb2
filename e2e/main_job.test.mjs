// The main job in the browser: from the two lists of 风平镇 to a card in the hand, by the five accounts of the plan and on its days.
// Once with JavaScript, for somebody from the list of the suspected; once without, for somebody whose certificate runs out.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { checked } from './lib.mjs'
import { office } from './office.mjs'
import * as steps from './steps.mjs'

const shot = () => {}

for (const [who, js] of [[steps.people.suspected, true], [steps.people.expired, false]]) {
  describe(`the main job ${js ? 'with' : 'without'} JavaScript`, { timeout: 600_000 }, () => {
    let it, path
    before(async () => {
      it = await office({ js })
    })
    after(() => it?.close())

    test('a township takes its two lists in, and again without any change', async () => {
      await it.morning('2020-04-01')
      await checked(await it.as('fengping'))
      assert.match(await steps.takeIn(it, 'expired', shot), /新登记 251 人/)
      assert.match(await steps.takeIn(it, 'suspected', shot), /新登记 178 人/)
      assert.match(await steps.takeIn(it, 'suspected', shot), /新登记 0 人.*没有变化 178 人/s)
    })

    test('it opens the case from the list, completes it and accepts it', async () => {
      path = await steps.open(it, who, shot)
      await steps.accept(it, who, shot)
    })

    test('it puts the person on its day at the hospital, where the doctor concludes', async () => {
      await steps.seat(it, path, shot)
      await it.morning('2020-05-21')
      await steps.conclude(it, path, shot)
    })

    test('it publishes the result, masked, for five working days', () => steps.publish(it, who, shot))

    test('two officers of the county review and approve', async () => {
      await it.morning('2020-05-29') // the notice ran until Thursday 2020-05-28
      await steps.approve(it, path, shot)
    })

    test('the card is printed, one blank spoiled, and sent to the township', () => steps.print(it, who, shot))

    test('it is handed over against a signature, and the case is filed', () => steps.deliver(it, who, path, shot))

    if (who.kind === 'expired') test('the old card is destroyed before two witnesses', () => steps.destroy(it, who, shot))
  })
}
