/** The part of k6's Redis extension that the scripts use; it has no types of its own. */
declare module 'k6/x/redis' {
  export default class redis {
    static Client: new (
      url: string,
    ) => {
      sendCommand(command: string, ...args: (string | number | boolean)[]): Promise<unknown>
    }
  }
}
