import { judgeFloor } from '#kernel/verdict/floor.ts'
import { defineCheck } from '../check.ts'

export default defineCheck({
  id: 'listen-backlog',
  title: 'The kernel lets as many connections wait as Redis asks for',
  why: 'After a restart every consumer connects at once. The kernel drops what exceeds its own limit, whatever tcp-backlog says, and a dropped attempt is tried again after 1 s, 3 s, 7 s: consumers come back seconds late.',
  remedy: 'sysctl net.core.somaxconn=4096; echo net.core.somaxconn=4096 > /etc/sysctl.d/61-redis.conf',
  needs: ['host', 'settings'],
  limits: {},

  judge({ host, settings }) {
    const asked = settings.number('tcp-backlog')
    return [
      {
        subject: 'host',
        verdict: judgeFloor(host.listenBacklog, { warnBelow: asked, failBelow: 0 }),
        observed: `net.core.somaxconn is ${host.listenBacklog}`,
        expected: `at least the tcp-backlog of ${asked}`,
        evidence: [
          ...host.quotes.filter(({ command }) => command.includes('somaxconn')),
          ...settings.quotes('tcp-backlog'),
        ],
      },
    ]
  },
})
