/** Rendered on the server, for each request, with a client of its own. */
import { Authsignal, ErrorCode } from 'authsignal-channels'
import { connection } from 'next/server'
import { StepUp } from './step-up.jsx'

export default async function Page() {
  await connection()
  const { BASE_URL: baseUrl, TENANT_ID: tenantId } = process.env
  const authsignal = new Authsignal({ tenantId, baseUrl })
  const { errorCode } = await authsignal.whatsapp.challenge()
  return (
    <main>
      <p>{errorCode === ErrorCode.token_not_set ? 'The server needs a token.' : errorCode}</p>
      <StepUp tenantId={tenantId} baseUrl={baseUrl} />
    </main>
  )
}
