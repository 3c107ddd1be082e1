/** Why Redis refused a command, as an operator's sentence that names what to grant or where to look. */
export function explainRefusal(error: Error): string {
  const command = commandOf(error)
  if (error.message.startsWith('NOPERM')) {
    const rule = /\bkeys?\b/.test(error.message) ? '%R~<key>' : `+${command.replace(' ', '|')}`
    return `Redis does not permit ${command.toUpperCase()} to this user; grant it: ACL SETUSER <user> ${rule}`
  }
  if (/unknown (sub)?command/i.test(error.message)) {
    return `this server offers no ${command.toUpperCase()}, as some managed services do not; look in their console`
  }
  const moved = /^MOVED \d+ (\S+)/.exec(error.message)?.[1]
  if (moved) return `it lies on another node of the cluster, ${moved}; audit that one as well`
  const key = (error as Sent).command?.args.map(String).join(' ') ?? ''
  return `Redis refused ${command.toUpperCase()} (${key}): ${error.message}`
}

interface Sent {
  readonly command?: { readonly name: string; readonly args: readonly unknown[] }
}

/** As Redis names it in its refusal, or else as ioredis remembers having sent it; `config get` in full. */
function commandOf(error: Error & Sent): string {
  const named = /'([a-z|]+)' command/.exec(error.message)?.[1]
  if (named?.includes('|') || !error.command) return (named ?? 'a command').replace('|', ' ')
  const { name, args } = error.command
  const words = /^(acl|client|cluster|config|memory|xinfo)$/i.test(name) ? [name, String(args[0])] : [name]
  return words.join(' ').toLowerCase()
}
