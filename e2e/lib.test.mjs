// The harness can fail: each check is shown a page that breaks it.
import assert from 'node:assert/strict'
import { existsSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { axe, checked, county, picture, root, screens, signedIn, sound, start, visitor } from './lib.mjs'

const program = [process.execPath, join(root, 'e2e/double.mjs')]

describe('harness', { timeout: 120_000 }, () => {
  const double = county({ before, after }, { program })
  const at = async (path, options) => {
    const page = await visitor(double, options)
    await page.goto(path)
    return page
  }

  test('a sound page passes on every screen, with scripts and without', async () => {
    for (const screen of Object.values(screens)) await checked(await at('/', { screen }))
    await checked(await at('/', { js: false }))
  })

  test('without scripts the page shows what stands in noscript', async () => {
    assert.match(await (await at('/', { js: false })).locator('main').innerText(), /没有脚本/)
    assert.doesNotMatch(await (await at('/')).locator('main').innerText(), /没有脚本/)
  })

  test('axe finds a field without a label and faint text', async () => {
    await assert.rejects(axe(await at('/unlabelled')), /label/)
    await assert.rejects(axe(await at('/faint')), /color-contrast/)
    await assert.rejects(axe(await at('/faint', { js: false })), /color-contrast/)
  })

  test('grey text is enough for the office and not for the public', async () => {
    await axe(await at('/grey'))
    await assert.rejects(axe(await at('/grey'), { toAll: true }), /color-contrast-enhanced/)
  })

  test('a page that is too wide, throws, breaks the policy or answers 500 is not sound', async () => {
    await assert.rejects(sound(await at('/wide')), /wider than its window/)
    await assert.rejects(sound(await at('/script')), /坏了/)
    await assert.rejects(sound(await at('/policy')), /Content Security Policy/)
    await assert.rejects(sound(await at('/defect')), /500/)
  })

  test('signing in leads away from the form, a wrong password does not', async () => {
    assert.equal(new URL((await signedIn(double, 'clerk', 'right')).url()).pathname, '/')
    await assert.rejects(signedIn(double, 'clerk', 'wrong', { limit: 500 }), /Timeout/)
  })

  test('a picture is written', async () => {
    const path = await picture(await at('/'), 'harness')
    assert.ok(existsSync(path) && statSync(path).size > 1000)
    rmSync(path)
  })
})

test('a program that does not start says why', async () => {
  await assert.rejects(start({ program, args: ['--broken'] }), /ended with 3 before it listened\nthe disk is full/)
  await assert.rejects(start({ program: ['/nowhere/hefa'] }), /does not start/)
})
