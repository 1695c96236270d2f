/** What a browser sees that has not been let in. Plain: the content security policy allows no inline style, and this page must work without any other file. */
export function signInPage(message: string, port: number): string {
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Sidelight</title>
<h1>Sidelight is running</h1>
<p>${message}</p>
<p>The address looks like <code>http://localhost:${port}/?token=…</code> and is in the terminal where Sidelight was started.</p>
<p>Programs send the same token as <code>Authorization: Bearer …</code>.</p>
</html>
`;
}
