// A request as code that sends it again, in five languages. Secrets are environment variables in it.
import { callOf } from './code_call.mjs';
import { cppCode } from './code_cpp.mjs';
import { curlCode } from './code_curl.mjs';
import { nodeCode, phpCode, pythonCode } from './code_twilio.mjs';

export const LANGUAGES = [
  { id: 'curl', name: 'curl' },
  { id: 'cpp', name: 'C++', write: cppCode },
  { id: 'python', name: 'Python', write: pythonCode },
  { id: 'php', name: 'PHP', write: phpCode },
  { id: 'node', name: 'Node', write: nodeCode },
];

const BULK = 'CreateTaskQueueBulkRealTimeStatistics';

// Answers { code } or { reason }, why there is none. request: { method, url, headers, fields, body };
// operations: as operations.json has them; usesKey: whether an API key's variables stand in it.
export function codeOf(language, request, operations, { usesKey = false } = {}) {
  if (language === 'curl') return { code: curlCode(request, { usesKey }) };
  const { name, write } = LANGUAGES.find(({ id }) => id === language);
  const call = callOf(request, operations);
  if (!call)
    return { reason: `This is none of TaskRouter's operations: there is no ${name} for it.` };
  if (call.operation.name === BULK && ['php', 'python'].includes(language)) {
    return { reason: `Twilio's library for ${name} can't send a list of queues.` };
  }
  return { code: write(call, { usesKey }) };
}
