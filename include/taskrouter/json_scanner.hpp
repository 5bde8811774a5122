#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "taskrouter/json_number.hpp"
#include "taskrouter/plain_text.hpp"
#include "taskrouter/utf8.hpp"

namespace taskrouter::detail {

/// How many objects and arrays may stand inside each other, at most: skip_value() has a bit for each.
inline constexpr int json_depth_limit = 64;

/// Reads JSON text (RFC 8259) from left to right, token by token, and builds nothing.
///
/// Every function returns false once something was wrong; `problem` and `position` then say what
/// and where. Text is UTF-8 or it is refused. A number must fit a double, as other readers demand.
class JsonScanner {
 public:
  explicit JsonScanner(std::string_view text, int depth_limit = json_depth_limit)
      : text_{text},
        at_{text.starts_with("\xEF\xBB\xBF") ? 3U : 0U},
        depth_left_{depth_limit < json_depth_limit ? depth_limit : json_depth_limit} {}

  const char* problem() const { return problem_; }
  std::size_t position() const { return at_; }
  /// The text between two positions.
  std::string_view text(std::size_t from, std::size_t to) const { return {text_.data() + from, to - from}; }

  bool fail(const char* problem) {
    if (problem_ == nullptr) problem_ = problem;
    return false;
  }

  /// The first character of the next token, or NUL at the end.
  char peek() {
    for (; at_ < text_.size(); ++at_) {
      if (!is_space(text_[at_])) return text_[at_];
    }
    return '\0';
  }

  /// Steps over `c` if it is next.
  bool take(char c) {
    if (peek() != c) return false;
    ++at_;
    return true;
  }

  /// Steps over `null` if it is next.
  bool take_null() { return peek() == 'n' && word("null"); }

  bool read_boolean(bool& value) {
    value = peek() == 't';
    return value ? word("true") : word("false");
  }

  /// Reads a string into `out`, escapes resolved.
  bool read_string(std::string& out) {
    out.clear();
    return open_string() && read_rest_of_string(out);
  }

  /// Reads a string as a view of the text, or of `scratch` if it holds escapes.
  bool read_string(std::string_view& out, std::string& scratch) {
    return open_string() && read_rest_of_string(out, scratch);
  }

  /// Reads a number as its text.
  bool read_number(std::string_view& out) {
    peek();
    const std::size_t start = at_;
    if (next() == '-') ++at_;
    if (next() == '0') {
      ++at_;
    } else if (!digits()) {
      return fail("is not JSON: a value is missing or misspelled");
    }
    bool real = false;
    if (next() == '.') {
      ++at_, real = true;
      if (!digits()) return fail("is not JSON: a number ends in a point");
    }
    if (next() == 'e' || next() == 'E') {
      ++at_, real = true;
      if (next() == '+' || next() == '-') ++at_;
      if (!digits()) return fail("is not JSON: a number has an empty exponent");
    }
    out = text(start, at_);
    if ((real || out.size() > 300) && exceeds_double(out)) return fail("has a number beyond what a double holds");
    return true;
  }

  /// Steps over a whole value of any shape. Keeps one bit a level, so it does not recurse.
  bool skip_value() {
    std::uint64_t is_object = 0;
    std::string scratch;
    std::string_view ignored;
    const int floor = depth_left_;
    while (true) {
      const char c = peek();
      if (c == '{' || c == '[') {
        if (!enter(c)) return false;
        is_object = is_object << 1 | (c == '{');
        if (!take(c == '{' ? '}' : ']')) {
          if (c == '{' && !read_key(ignored, scratch)) return false;
          continue;
        }
        leave(), is_object >>= 1;
      } else if (!skip_scalar(c)) {
        return false;
      }
      while (true) {  // A value has ended: what comes after it?
        if (depth_left_ == floor) return true;
        const bool object = is_object & 1;
        if (take(',')) {
          if (object && !read_key(ignored, scratch)) return false;
          break;
        }
        if (!take(object ? '}' : ']')) return fail("is not JSON: a comma or a closing bracket is missing");
        leave(), is_object >>= 1;
      }
    }
  }

  /// Steps into an object or array, whose bracket is next.
  bool enter(char bracket) {
    if (!take(bracket)) return fail(bracket == '{' ? "should be an object" : "should be an array");
    return --depth_left_ >= 0 || fail("is nested too deep");
  }
  void leave() { ++depth_left_; }

  /// Reads `"key":`.
  bool read_key(std::string_view& key, std::string& scratch) {
    if (!take('"')) return fail("is not JSON: a key is missing");
    return read_rest_of_string(key, scratch) && (take(':') || fail("is not JSON: a colon is missing"));
  }

  /// Whether nothing but white space is left.
  bool at_end() { return (peek(), at_ == text_.size()) || fail("is not JSON: something follows its end"); }

 private:
  static bool is_space(char c) { return c <= ' ' && (c == ' ' || c == '\n' || c == '\r' || c == '\t'); }
  char next() const { return at_ < text_.size() ? text_[at_] : '\0'; }

  bool word(std::string_view expected) {
    if (text_.substr(at_, expected.size()) != expected) return fail("is not JSON: a value is missing or misspelled");
    at_ += expected.size();
    return true;
  }

  bool digits() {
    const std::size_t start = at_;
    while (next() >= '0' && next() <= '9') ++at_;
    return at_ > start;
  }

  bool skip_scalar(char c) {
    std::string_view ignored;
    if (c == '"') return skip_string();
    if (c == 't') return word("true");
    if (c == 'f') return word("false");
    if (c == 'n') return word("null");
    return read_number(ignored);
  }

  bool skip_string() {
    std::string_view plain;
    std::string escaped;
    if (!open_string()) return false;
    while (true) {
      if (!read_plain(plain)) return false;
      if (text_[at_] == '"') return ++at_, true;
      escaped.clear();
      if (!read_escape(escaped)) return false;
    }
  }

  bool open_string() { return take('"') || fail("should be text"); }

  bool read_rest_of_string(std::string& out) {
    std::string_view plain;
    while (true) {
      if (!read_plain(plain)) return false;
      out.append(plain);
      if (text_[at_] == '"') return ++at_, true;
      if (!read_escape(out)) return false;
    }
  }

  bool read_rest_of_string(std::string_view& out, std::string& scratch) {
    if (!read_plain(out)) return false;
    if (text_[at_] == '"') return ++at_, true;
    scratch = out;
    if (!read_rest_of_string(scratch)) return false;
    out = scratch;
    return true;
  }

  /// Moves to the next quote or backslash, checking what it passes.
  bool read_plain(std::string_view& plain) {
    const std::size_t start = at_;
    while (true) {
      at_ = skip_plain(text_, at_);
      if (at_ >= text_.size()) return fail("is not JSON: text does not end");
      const auto c = static_cast<unsigned char>(text_[at_]);
      if (c == '"' || c == '\\') break;
      if (c < 0x20) return fail("is not JSON: a control character stands in text");
      const std::size_t length = utf8_length(text_, at_);
      if (length == 0) return fail("is not UTF-8");
      at_ += length;
    }
    plain = text(start, at_);
    return true;
  }

  bool read_escape(std::string& out) {
    ++at_;
    const char c = at_ < text_.size() ? text_[at_++] : '\0';
    constexpr std::string_view letters = "\"\\/bfnrt", meanings = "\"\\/\b\f\n\r\t";
    if (const std::size_t i = letters.find(c); i != std::string_view::npos) return out.push_back(meanings[i]), true;
    std::uint32_t code = 0;
    if (c != 'u') return fail("is not JSON: an escape is unknown");
    if (!four_hex(code)) return false;
    if (code >= 0xDC00 && code < 0xE000) return fail("is not JSON: half a surrogate pair");
    if (code >= 0xD800 && code < 0xDC00) {
      std::uint32_t low = 0;
      if (text_.substr(at_, 2) != "\\u") return fail("is not JSON: half a surrogate pair");
      at_ += 2;
      if (!four_hex(low)) return false;
      if (low < 0xDC00 || low > 0xDFFF) return fail("is not JSON: half a surrogate pair");
      code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00);
    }
    append_utf8(out, code);
    return true;
  }

  bool four_hex(std::uint32_t& code) {
    for (const std::size_t end = at_ + 4; at_ < end; ++at_) {
      const char c = next();
      const int digit = c >= '0' && c <= '9'   ? c - '0'
                        : c >= 'a' && c <= 'f' ? c - 'a' + 10
                        : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                               : -1;
      if (digit < 0) return fail("is not JSON: \\u needs four hexadecimal digits");
      code = code << 4 | static_cast<std::uint32_t>(digit);
    }
    return true;
  }

  std::string_view text_;
  std::size_t at_;
  int depth_left_;  // How many more objects and arrays may be entered.
  const char* problem_ = nullptr;
};

}  // namespace taskrouter::detail
