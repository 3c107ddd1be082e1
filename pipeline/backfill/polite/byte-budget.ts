import { createWaiter, type Waiter } from './waiter.ts'

/**
 * Bounds the memory of all downloads together. Beyond it everyone rests but the eldest, who goes on until he is
 * done: two that wait for each other's bytes would wait for ever. So no more is ever held than the budget and one
 * download.
 */
export interface ByteBudget {
  readonly held: number
  open(): ByteAccount
}

/** One download; disposing of it gives all its bytes back. */
export interface ByteAccount extends Disposable {
  /** Resolves once there is room for so many more bytes. Rejects with the signal's reason. */
  take(bytes: number, signal: AbortSignal): Promise<void>
}

interface Account {
  held: number
  wants: { readonly bytes: number; readonly waiter: Waiter } | null
}

export function createByteBudget(most: number): ByteBudget {
  /** In the order of their age. */
  const accounts = new Set<Account>()
  let held = 0

  const grant = (account: Account, bytes: number) => {
    account.held += bytes
    held += bytes
  }
  const hasRoom = (account: Account, bytes: number) => {
    const [eldest] = accounts
    return account === eldest || held + bytes <= most
  }
  const admit = () => {
    for (const account of accounts) {
      const { wants } = account
      if (!wants || !hasRoom(account, wants.bytes)) continue
      account.wants = null
      grant(account, wants.bytes)
      wants.waiter.admit()
    }
  }

  return {
    get held() {
      return held
    },
    open() {
      const account: Account = { held: 0, wants: null }
      accounts.add(account)
      return {
        async take(bytes, signal) {
          if (hasRoom(account, bytes)) return grant(account, bytes)
          signal.throwIfAborted()
          const waiter = createWaiter(signal, () => {
            account.wants = null
          })
          account.wants = { bytes, waiter }
          await waiter.admitted
        },
        [Symbol.dispose]() {
          if (!accounts.delete(account)) return
          held -= account.held
          admit()
        },
      }
    },
  }
}
