// The page of the chat view: a frame, one style sheet, one script, and a policy that allows nothing else.

export interface ChatPage {
  readonly cspSource: string;
  readonly scriptUri: string;
  readonly styleUri: string;
  /** Random and new for each page. */
  readonly nonce: string;
  /** Tag of the display language. */
  readonly language: string;
  readonly title: string;
}

export function chatHtml(page: ChatPage): string {
  const { cspSource, nonce } = page;
  const policy = [
    `default-src 'none'`,
    `img-src ${cspSource} data:`,
    `script-src 'nonce-${nonce}'`,
    `style-src ${cspSource}`,
    `font-src ${cspSource}`,
    `connect-src 'none'`,
    `form-action 'none'`,
    `base-uri 'none'`,
  ].join('; ');
  return `<!DOCTYPE html>
<html lang="${escaped(page.language)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${escaped(policy)}">
<meta http-equiv="x-dns-prefetch-control" content="off">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="${escaped(page.styleUri)}">
<title>${escaped(page.title)}</title>
</head>
<body>
<div id="chat"></div>
<script nonce="${escaped(nonce)}" src="${escaped(page.scriptUri)}"></script>
</body>
</html>
`;
}

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
