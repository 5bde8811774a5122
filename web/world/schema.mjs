// Takes data that a stranger may have written, and nothing else of it than what a shape says.
// A shape is a function (value, path) that answers a copy, or throws an error that names the path.

function refuse(path, wanted) {
  throw new TypeError(`${path || 'The scenario'} should be ${wanted}.`);
}

export function text(most, least = 0) {
  return (value, path) => {
    const fits = typeof value === 'string' && value.length >= least && value.length <= most;
    return fits ? value : refuse(path, `a text of ${least} to ${most} characters`);
  };
}

export function whole(min, max) {
  return (value, path) =>
    Number.isInteger(value) && value >= min && value <= max
      ? value
      : refuse(path, `a whole number from ${min} to ${max}`);
}

export function flag(value, path) {
  return typeof value === 'boolean' ? value : refuse(path, 'true or false');
}

export function oneOf(...values) {
  return (value, path) =>
    values.includes(value) ? value : refuse(path, `one of ${values.join(', ')}`);
}

export function list(shape, most) {
  return (value, path) => {
    if (!Array.isArray(value) || value.length > most) {
      return refuse(path, `a list of at most ${most}`);
    }
    return value.map((item, index) => shape(item, `${path}[${index}]`));
  };
}

function isObject(value) {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

// shapes: one a field. A field whose shape is optional() may be left out; others are dropped.
export function record(shapes) {
  return (value, path) => {
    if (!isObject(value)) return refuse(path, 'an object');
    const copy = {};
    for (const [name, shape] of Object.entries(shapes)) {
      const given = Object.hasOwn(value, name) ? value[name] : undefined;
      const taken = shape(given, path ? `${path}.${name}` : name);
      if (taken !== undefined) copy[name] = taken;
    }
    return copy;
  };
}

export function optional(shape) {
  return (value, path) =>
    value === undefined || value === null ? undefined : shape(value, path);
}

// An object whose names are free.
export function table(shape, most) {
  return (value, path) => {
    if (!isObject(value) || Object.keys(value).length > most) {
      return refuse(path, `an object of at most ${most} fields`);
    }
    return Object.fromEntries(
      Object.entries(value).map(([name, item]) => [name, shape(item, `${path}.${name}`)]),
    );
  };
}

function isShallow(value, depth) {
  if (typeof value !== 'object' || value === null) return true;
  return depth > 0 && Object.values(value).every((item) => isShallow(item, depth - 1));
}

// Any JSON object, not larger and not deeper than that.
export function json(most, depth) {
  return (value, path) => {
    const fits = isObject(value) && isShallow(value, depth) && JSON.stringify(value).length <= most;
    return fits ? structuredClone(value) : refuse(path, `an object of at most ${most} characters`);
  };
}

// by: the field that says which of the shapes it is.
export function variant(by, shapes) {
  return (value, path) => {
    const name = isObject(value) && Object.hasOwn(value, by) ? value[by] : undefined;
    if (typeof name !== 'string' || !Object.hasOwn(shapes, name)) {
      return refuse(path && `${path}.${by}`, `one of ${Object.keys(shapes).join(', ')}`);
    }
    return { [by]: name, ...record(shapes[name])(value, path) };
  };
}
