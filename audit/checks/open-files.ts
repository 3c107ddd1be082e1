import { defineCheck } from '../check.ts'
import { MissingEvidence } from '../missing-evidence.ts'

/** Files that Redis keeps for itself. */
const OWN_FILES = 32

export default defineCheck({
  id: 'open-files',
  title: 'The server may open a file for every connection it allows',
  why: 'Each connection is an open file. Where the limit of the process is lower than maxclients, the kernel refuses connections while Redis thinks it has room: consumers that come back find the door shut.',
  remedy: 'systemctl edit redis-server: [Service] LimitNOFILE=65535; then restart Redis',
  needs: ['host', 'settings'],
  limits: {},

  judge({ host, settings }) {
    const limit = host.openFilesLimit
    if (limit === null) throw new MissingEvidence('the process of the server cannot be seen from here')
    const needed = settings.number('maxclients') + OWN_FILES
    return [
      {
        subject: 'process',
        verdict: limit >= needed ? 'pass' : 'warn',
        observed: `${limit} open files`,
        expected: `at least ${needed}: maxclients and ${OWN_FILES}`,
        evidence: [
          ...host.quotes.filter(({ command }) => command.includes('open files')),
          ...settings.quotes('maxclients'),
        ],
      },
    ]
  },
})
