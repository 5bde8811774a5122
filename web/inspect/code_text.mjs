// Texts as literals. Whatever a person typed stays one literal: it can neither end it nor look like
// something else to who reads it.

// Controls, and what is not seen or turns the reading direction.
const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;
const ALL_UNSEEN = new RegExp(UNSEEN, 'gu');

const SHORT = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

function hexadecimal(character, digits) {
  return character.codePointAt(0).toString(16).padStart(digits, '0');
}

function escaped(text, quote, escape) {
  return text
    .replace(/[\\"'$]/g, (mark) => (mark === '\\' || quote.includes(mark) ? `\\${mark}` : mark))
    .replace(ALL_UNSEEN, (character) => SHORT[character] ?? escape(character));
}

// By UTF-16 units, as JavaScript counts.
function unitEscapes(character) {
  return [...Array(character.length).keys()]
    .map((at) => `\\u${character.charCodeAt(at).toString(16).padStart(4, '0')}`)
    .join('');
}

export function nodeText(text) {
  return `'${escaped(text, "'", unitEscapes)}'`;
}

export function pythonText(text) {
  const escape = (character) =>
    character.codePointAt(0) > 0xffff
      ? `\\U${hexadecimal(character, 8)}`
      : `\\u${hexadecimal(character, 4)}`;
  const quote = text.includes('"') && !text.includes("'") ? "'" : '"';
  return `${quote}${escaped(text, quote, escape)}${quote}`;
}

// Single quotes where they do: variables are not looked for in them.
export function phpText(text) {
  if (!UNSEEN.test(text)) return `'${escaped(text, "'", String)}'`;
  return `"${escaped(text, '"$', (character) => `\\u{${hexadecimal(character, 1)}}`)}"`;
}

// JSON reads best in a raw literal. Octal escapes end after three digits; a universal name may not
// stand for ASCII.
export function cppText(text) {
  if (/["\\]/.test(text) && !UNSEEN.test(text) && !text.includes(')"')) return `R"(${text})"`;
  const escape = (character) => {
    const code = character.codePointAt(0);
    if (code < 0x80) return `\\${code.toString(8).padStart(3, '0')}`;
    if (code < 0xa0 || (code >= 0xd800 && code < 0xe000)) {
      return [...new TextEncoder().encode(character)]
        .map((byte) => `\\${byte.toString(8)}`)
        .join('');
    }
    return `\\U${hexadecimal(character, 8)}`;
  };
  const literal = `"${escaped(text, '"', escape).replaceAll('??', '?\\?')}"`; // No trigraphs.
  // A literal that is taken for a char array ends at its first zero.
  return text.includes('\0')
    ? `std::string{${literal}, ${new TextEncoder().encode(text).length}}`
    : literal;
}

// A word for a POSIX shell. A shell has no zero characters at all.
export function shellText(text) {
  return `'${text.replaceAll('\0', '').replaceAll("'", "'\\''")}'`;
}
