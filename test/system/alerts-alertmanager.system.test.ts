import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { copyFile, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { beforeEach, expect, test } from 'vitest'
import { renderAlertmanager } from '#alerts/alertmanager/render-alertmanager.ts'
import { annotationsOf } from '#alerts/render-rules.ts'
import redisDown from '#alerts/rules/redis-down.ts'
import streamPendingIdle from '#alerts/rules/stream-pending-idle.ts'
import { startChild } from '#kernel/process/child.ts'
import { freePort } from '#kernel/process/free-port.ts'
import { temporaryFolder } from '#kernel/process/temporary-folder.ts'
import { seconds } from '#kernel/time/duration.ts'
import { until } from '#kernel/time/until.ts'
import { missingTools, requireTool } from '#test/support/require-tool.ts'

const missing = missingTools('amtool', 'alertmanager')
beforeEach((context) => context.skip(missing !== null, missing ?? ''))

const CONFIG = 'alerts/generated/alertmanager.yaml'
const TEMPLATES = 'alerts/alertmanager/slack.tmpl'
const links = { runbooks: 'https://x.example/runbooks', dashboards: 'https://x.example/d' }
const amtool = (...args: string[]) => promisify(execFile)(requireTool('amtool'), args)

test('amtool takes the configuration and its templates', async () => {
  const { stdout } = await amtool('check-config', CONFIG)
  expect(stdout).toContain('SUCCESS')
  expect(stdout).toContain('2 receivers')
  expect(stdout).toContain('1 templates')
})

test.each([
  { labels: ['alertname=RedisDown', 'severity=critical'], receiver: 'slack-critical' },
  { labels: ['alertname=StreamFallingBehind', 'severity=warning'], receiver: 'slack-warning' },
  { labels: ['alertname=SomebodyElses'], receiver: 'slack-critical' },
])('$labels goes to $receiver', async ({ labels, receiver }) => {
  const ask = (expected: string) =>
    amtool('config', 'routes', 'test', `--config.file=${CONFIG}`, `--verify.receivers=${expected}`, ...labels)
  await expect(ask(receiver)).resolves.toBeDefined()
  const other = receiver === 'slack-critical' ? 'slack-warning' : 'slack-critical'
  await expect(ask(other)).rejects.toThrow('Command failed')
})

/** What Alertmanager hands to a template, for one alert that began at 01:00 and ended at 01:07. */
const notification = (status: 'firing' | 'resolved') => {
  const commonAnnotations = { ...annotationsOf(redisDown, links), summary: 'Redis buffer does not answer.' }
  const commonLabels = { alertname: 'RedisDown', instance: 'buffer', severity: 'critical' }
  const startsAt = '2026-03-01T01:00:00Z'
  const endsAt = '2026-03-01T01:07:00Z'
  const alert = { status, labels: commonLabels, annotations: commonAnnotations, startsAt, endsAt }
  return {
    status,
    alerts: [alert],
    groupLabels: {},
    commonLabels,
    commonAnnotations,
    externalURL: 'https://x',
  }
}

test.each([
  { status: 'firing', name: 'title', says: '[FIRING 1] critical · RedisDown · buffer' },
  { status: 'resolved', name: 'title', says: '[RESOLVED] critical · RedisDown · buffer' },
  { status: 'firing', name: 'color', says: 'danger' },
  { status: 'resolved', name: 'color', says: 'good' },
  { status: 'firing', name: 'runbook', says: 'https://x.example/runbooks/redis-down.md' },
  { status: 'firing', name: 'text', says: 'Since 2026-03-01 01:00:00 UTC' },
  { status: 'resolved', name: 'text', says: 'Resolved after 7m0s' },
] as const)('the $name of a $status alert says "$says"', async ({ status, name, says }) => {
  await using folder = await temporaryFolder('template')
  await writeFile(join(folder.path, 'data.json'), JSON.stringify(notification(status)))
  const { stdout } = await amtool(
    'template',
    'render',
    `--template.glob=${TEMPLATES}`,
    `--template.data=${join(folder.path, 'data.json')}`,
    `--template.text={{ template "standpipe.${name}" . }}`,
  )
  expect(stdout).toContain(says)
  expect(stdout).not.toContain('<no value>')
})

/** A Slack that remembers the messages it was sent. */
async function startSlack() {
  const messages: string[] = []
  const server = createServer((request, response) => {
    request
      .setEncoding('utf8')
      .toArray()
      .then(
        (chunks) => {
          messages.push(chunks.join(''))
          response.end('ok')
        },
        () => response.destroy(),
      )
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    messages,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/services/T/B/x`,
    async [Symbol.asyncDispose]() {
      const closed = once(server, 'close')
      server.close()
      server.closeAllConnections()
      await closed
    },
  }
}

/** A real Alertmanager with our routes and templates, whose Slack is ours. */
async function startAlertmanager(slackUrl: string) {
  await using stack = new AsyncDisposableStack()
  const folder = stack.use(await temporaryFolder('alertmanager'))
  const inFolder = (name: string) => join(folder.path, name)
  await writeFile(inFolder('webhook'), slackUrl)
  await copyFile(TEMPLATES, inFolder('slack.tmpl'))
  await writeFile(
    inFolder('alertmanager.yaml'),
    renderAlertmanager({ webhookFile: inFolder('webhook'), templates: 'slack.tmpl' }),
  )
  const url = `http://127.0.0.1:${await freePort()}`
  stack.use(
    await startChild(
      requireTool('alertmanager'),
      [
        `--config.file=${inFolder('alertmanager.yaml')}`,
        `--storage.path=${inFolder('data')}`,
        `--web.listen-address=${new URL(url).host}`,
        '--cluster.listen-address=',
      ],
      { name: 'alertmanager', cwd: folder.path },
    ),
  )
  await until(async () => (await fetch(`${url}/-/ready`)).ok, { within: seconds(20), what: 'alertmanager' })
  const owned = stack.move()
  return {
    async receive(...alerts: readonly object[]) {
      const response = await fetch(`${url}/api/v2/alerts`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(alerts),
      })
      expect(response.status).toBe(200)
    },
    /** `active`, or `suppressed` when an inhibition rule keeps it back. */
    async stateOf(labels: { readonly alertname: string; readonly instance: string }) {
      const response = await fetch(`${url}/api/v2/alerts`)
      const known = (await response.json()) as { labels: typeof labels; status: { state: string } }[]
      const isIt = (one: typeof labels) =>
        one.alertname === labels.alertname && one.instance === labels.instance
      return known.find((one) => isIt(one.labels))?.status.state
    },
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  }
}

test('Slack hears of a Redis that is down, with the summary and the runbook, and of nothing that follows from it', async () => {
  await using slack = await startSlack()
  await using alertmanager = await startAlertmanager(slack.url)
  const labels = (alertname: string, instance: string) => ({ alertname, instance, severity: 'critical' })
  const pendingIdle = { annotations: annotationsOf(streamPendingIdle, links) }

  await alertmanager.receive({
    labels: labels('RedisDown', 'buffer'),
    annotations: { ...annotationsOf(redisDown, links), summary: 'Redis buffer does not answer.' },
  })
  await until(() => slack.messages.length === 1, { within: seconds(20), what: 'message to Slack' })
  const [message = ''] = slack.messages
  expect(message).toContain('Redis buffer does not answer.')
  expect(message).toContain('https://x.example/runbooks/redis-down.md|runbook')
  expect(message).toContain('https://x.example/d/standpipe-buffer|dashboard')
  expect(message).toContain('[FIRING 1] critical · RedisDown · buffer')
  expect(message).toContain('#standpipe-critical')
  expect(message).toContain('"color":"danger"')

  await alertmanager.receive(
    { ...pendingIdle, labels: labels('StreamPendingIdle', 'buffer') },
    { ...pendingIdle, labels: labels('StreamPendingIdle', 'another-buffer') },
  )
  await until(() => slack.messages.length >= 2, { within: seconds(20), what: 'second message' })
  expect(slack.messages.slice(1).join()).toContain('another-buffer')
  expect(slack.messages.slice(1).join()).not.toContain('StreamPendingIdle · buffer')
  expect(await alertmanager.stateOf(labels('StreamPendingIdle', 'buffer'))).toBe('suppressed')
  expect(await alertmanager.stateOf(labels('StreamPendingIdle', 'another-buffer'))).toBe('active')
})
