import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Makes an authority in this folder, `<name>.pem` with its `<name>.key`. */
export function makeAuthority(dir: string, name = 'ca'): void {
  openssl(dir, `req -x509 ${NEW_KEY} -days 2 -subj /CN=${name} -keyout ${name}.key -out ${name}.pem`)
}

/** Makes a certificate that the authority signs; one of -1 days has expired. */
export function makeCertificate(
  dir: string,
  name: string,
  { of = 'DNS:localhost', by = 'ca', days = 2 }: { of?: string; by?: string; days?: number } = {},
): void {
  writeFileSync(join(dir, 'extensions'), `subjectAltName=${of}`)
  openssl(dir, `req ${NEW_KEY} -subj /CN=${name} -keyout ${name}.key -out ${name}.csr`)
  const signed = `-CA ${by}.pem -CAkey ${by}.key -CAcreateserial -days ${days} -extfile extensions`
  openssl(dir, `x509 -req -in ${name}.csr ${signed} -out ${name}.pem`)
}

const NEW_KEY = '-newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes'

function openssl(cwd: string, args: string): void {
  execFileSync('openssl', args.split(' '), { cwd, stdio: 'ignore' })
}
