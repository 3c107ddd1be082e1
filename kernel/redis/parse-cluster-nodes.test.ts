import { expect, test } from 'vitest'
import { parseClusterNodes } from './parse-cluster-nodes.ts'

test('nodes are read with their roles, their states and their slots', () => {
  const reply = `c3 10.0.0.3:7003@17003 master,fail - 0 0 3 disconnected
a1 10.0.0.1:7001@17001,redis-1 myself,master - 0 0 1 connected 0-5460 9 [5461->-b2]
b2 fe80::1:7002@17002 slave,fail? a1 0 1426238316232 4 connected
d4 :0@0 master,noaddr - 0 0 0 disconnected
`
  expect(parseClusterNodes(reply)).toEqual([
    {
      id: 'a1',
      host: '10.0.0.1',
      port: 7001,
      self: true,
      role: 'primary',
      primaryId: null,
      state: 'ok',
      slots: [
        [0, 5460],
        [9, 9],
      ],
    },
    {
      id: 'c3',
      host: '10.0.0.3',
      port: 7003,
      self: false,
      role: 'primary',
      primaryId: null,
      state: 'fail',
      slots: [],
    },
    {
      id: 'b2',
      host: 'fe80::1',
      port: 7002,
      self: false,
      role: 'replica',
      primaryId: 'a1',
      state: 'suspected',
      slots: [],
    },
  ])
})
