// Headers as the modules take them: a `name: value` line each. No value holds a line break.
export function headersText(headers) {
  let text = '';
  for (const [name, value] of headers instanceof Headers ? headers : new Headers(headers)) {
    text += `${name}: ${value}\n`;
  }
  return text;
}
