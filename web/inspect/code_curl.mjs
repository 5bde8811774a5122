// A request as a curl command.
import { SECRET_FIELDS, credentialVariables } from './code_call.mjs';
import { shellText } from './code_text.mjs';

function fieldOption([name, value]) {
  const variable = SECRET_FIELDS[name];
  return variable
    ? `--data-urlencode "${name}=$${variable}"`
    : `--data-urlencode ${shellText(`${name}=${value}`)}`;
}

function bodyOptions({ method, headers, fields, body }) {
  const type = headers.find(([name]) => name.toLowerCase() === 'content-type')?.[1] ?? '';
  if (type.startsWith('application/json')) {
    return ["-H 'Content-Type: application/json'", `--data-raw ${shellText(body ?? '')}`];
  }
  return method === 'POST' && fields.length > 0 ? fields.map(fieldOption) : [];
}

// request: as callOf() has it. A callback has no credentials.
export function curlCode(request, { usesKey = false } = {}) {
  const has = (wanted) => request.headers.find(([name]) => name.toLowerCase() === wanted);
  const options = [];
  if (has('authorization'))
    options.push(
      `-u "${credentialVariables(usesKey)
        .map((name) => `$${name}`)
        .join(':')}"`,
    );
  if (has('if-match')) options.push(`-H ${shellText(`If-Match: ${has('if-match')[1]}`)}`);
  const signature = has('x-twilio-signature'); // It holds for this URL and this form, whoever sends them.
  if (signature) options.push(`-H ${shellText(`X-Twilio-Signature: ${signature[1]}`)}`);
  options.push(...bodyOptions(request));
  return [`curl -X ${request.method} ${shellText(request.url)}`, ...options].join(' \\\n  ');
}
