/** The HTML document. `message` is the result of a payment without a script. */
export const page = (app: string, message = '') => `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width" />
    <title>Step-up, rendered on the server</title>
    <link rel="stylesheet" href="/style.css" />
  </head>
  <body>
    ${app ? `<div id="root">${app}</div><script type="module" src="/client.js"></script>` : ''}
    <form method="post" action="/pay" class="card">
      <button type="submit">Pay without a script</button>
      <p role="status">${message}</p>
    </form>
  </body>
</html>`
