// What went wrong, and whose turn it is to do something about it.
export class TaskRouterError extends Error {
  constructor(kind, message, { field, status, code, more_info, details, request_id, cause } = {}) {
    super(message, cause === undefined ? undefined : { cause });
    this.kind = kind;
    this.field = field || undefined;
    this.status = status || undefined;
    this.code = code || undefined;
    this.moreInfo = more_info || undefined;
    this.details = details ?? undefined;
    this.requestId = request_id || undefined;
  }

  // From the JSON text that the module answers.
  static fromJson(text) {
    const { kind, message, ...rest } = JSON.parse(text);
    return new TaskRouterError(kind, message, rest);
  }
}
Object.defineProperty(TaskRouterError.prototype, 'name', { value: 'TaskRouterError' });
