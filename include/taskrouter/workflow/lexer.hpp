#pragma once

#include <algorithm>
#include <cstddef>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "taskrouter/json.hpp"
#include "taskrouter/utf8.hpp"
#include "taskrouter/workflow/expression.hpp"

// The words of an expression. One pass, no byte looked at more than a few times.

namespace taskrouter {

/// Where an expression stops making sense, and why.
struct SyntaxError {
  std::size_t at{};       ///< In bytes from the start.
  std::string message{};  ///< `expected an operator such as ==, found '-'`.
};

namespace detail {

/// The text in quotes for a message, short, on one line and in UTF-8 whatever it is.
inline std::string quoted_for_message(std::string_view text) {
  constexpr std::size_t most = 40;
  std::string out = "'";
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t length = utf8_length(text, at);
    if (out.size() > most) return out + "...'";
    const bool plain = length > 1 || (length == 1 && static_cast<unsigned char>(text[at]) >= 0x20 && text[at] != 0x7F);
    out.append(plain ? text.substr(at, length) : std::string_view{"\xEF\xBF\xBD"});
    at += std::max(length, std::size_t{1});
  }
  return out + "'";
}

constexpr char ascii_lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

/// Whether a word is `lower`, in any case.
inline bool is_word(std::string_view word, std::string_view lower) {
  return word.size() == lower.size() &&
         std::equal(word.begin(), word.end(), lower.begin(), [](char a, char b) { return ascii_lower(a) == b; });
}

struct ExpressionToken {
  enum class Kind { end, open, close, open_list, close_list, comma, comparator, all, any, constant, key, fault };

  Kind kind{Kind::end};
  TextSpan span{};
  Comparator comparator{};
  nlohmann::json constant{};
};

/// Cuts an expression into tokens. After the first fault it stays there.
class ExpressionLexer {
 public:
  using Kind = ExpressionToken::Kind;

  explicit ExpressionLexer(std::string_view text) : text_{text} {}

  ExpressionToken next() {
    skip_space();
    ExpressionToken token{.kind = Kind::end, .span = {at_, at_}};
    if (fault_) {
      token.kind = Kind::fault;
    } else if (at_ < text_.size()) {
      token.kind = read(token);
    }
    token.span.end = at_;
    return token;
  }

  std::string_view text() const { return text_; }
  const std::optional<SyntaxError>& fault() const { return fault_; }
  std::size_t looks() const { return looks_; }  ///< How often a byte was looked at: what a test of linearity counts.

  /// Keeps the first fault only. Always returns Kind::fault.
  Kind fail(std::size_t at, std::string message) {
    if (!fault_) fault_ = SyntaxError{at, std::move(message)};
    return Kind::fault;
  }

 private:
  static bool is_digit(char c) { return c >= '0' && c <= '9'; }
  static bool starts_name(char c) { return (ascii_lower(c) >= 'a' && ascii_lower(c) <= 'z') || c == '_' || c == '$'; }
  static bool in_name(char c) { return starts_name(c) || is_digit(c); }
  static bool in_number(char c) { return is_digit(c) || ascii_lower(c) == 'e' || c == '.' || c == '+' || c == '-'; }
  static bool is_space(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

  /// The byte at a place, or NUL after the end.
  char look(std::size_t at) {
    ++looks_;
    return at < text_.size() ? text_[at] : '\0';
  }
  void skip_space() {
    while (is_space(look(at_))) ++at_;
  }
  std::string_view take_while(bool (*belongs)(char)) {
    const std::size_t begin = at_;
    while (belongs(look(at_))) ++at_;
    return text_.substr(begin, at_ - begin);
  }

  Kind read(ExpressionToken& token) {
    const char c = look(at_);
    if (starts_name(c)) return read_word(token);
    if (is_digit(c) || c == '-') return read_number(token);
    if (c == '"' || c == '\'') return read_text(token);
    if (const auto [comparator, length] = comparator_here(); length > 0) {
      at_ += length;
      token.comparator = comparator;
      return Kind::comparator;
    }
    constexpr std::string_view marks = "()[],";
    constexpr Kind kinds[] = {Kind::open, Kind::close, Kind::open_list, Kind::close_list, Kind::comma};
    const std::size_t mark = marks.find(c);
    if (mark == std::string_view::npos) return fail(at_, stranger());
    ++at_;
    return kinds[mark];
  }

  std::pair<Comparator, std::size_t> comparator_here() {
    const bool before_equal = look(at_ + 1) == '=';
    switch (look(at_)) {
      case '=': return {Comparator::equal, before_equal ? 2 : 1};
      case '!': return {Comparator::not_equal, before_equal ? 2 : 0};
      case '>': return {before_equal ? Comparator::greater_or_equal : Comparator::greater, before_equal ? 2 : 1};
      case '<':
        if (look(at_ + 1) == '>') return {Comparator::not_equal, 0};
        return {before_equal ? Comparator::less_or_equal : Comparator::less, before_equal ? 2 : 1};
      default: return {Comparator::equal, 0};
    }
  }

  /// What to say about a character that begins no token.
  std::string stranger() {
    const std::string_view rest = text_.substr(at_);
    if (rest.starts_with("<>")) return "write != for 'not equal'";
    if (rest.starts_with("&")) return "write AND for &&";
    if (rest.starts_with("|")) return "write OR for ||";
    if (rest.starts_with("!")) return "write != or NOT IN: ! alone means nothing here";
    for (const std::string_view quote : {"\u2018", "\u2019", "\u201C", "\u201D"}) {
      if (rest.starts_with(quote)) return "write straight quotes, \" or ', not curly ones";
    }
    const std::size_t length = std::max(utf8_length(text_, at_), std::size_t{1});
    return quoted_for_message(text_.substr(at_, length)) + " means nothing here";
  }

  Kind read_word(ExpressionToken& token) {
    const std::string_view word = take_while(in_name);
    if (const Kind kind = keyword(word, token); kind != Kind::key) return kind;
    while (look(at_) == '.' || look(at_) == '[') {
      if (!(text_[at_] == '.' ? read_step() : read_index())) return Kind::fault;
    }
    if (look(at_) != '-') return Kind::key;
    return fail(at_, "names can't hold hyphens: TaskRouter does not support them in expressions");
  }

  bool read_step() {
    ++at_;
    if (starts_name(look(at_))) return take_while(in_name), true;
    return fail(at_, "expected a name after the dot"), false;
  }

  bool read_index() {
    constexpr std::size_t most_digits = 9;
    const std::size_t begin = at_++;
    const std::size_t digits = take_while(is_digit).size();
    if (digits > 0 && digits <= most_digits && look(at_) == ']') return ++at_, true;
    return fail(begin, "expected a position such as [0]"), false;
  }

  /// The kind of a word that is no name, or Kind::key.
  Kind keyword(std::string_view word, ExpressionToken& token) {
    const auto is = [&](std::string_view name) { return is_word(word, name); };
    const auto comparator = [&](Comparator value) { return token.comparator = value, Kind::comparator; };
    if (is("and")) return Kind::all;
    if (is("or")) return Kind::any;
    if (is("contains")) return comparator(Comparator::contains);
    if (is("has")) return comparator(Comparator::has);
    if (is("in")) return comparator(Comparator::in);
    if (is("null")) return Kind::constant;
    if (is("true") || is("false")) return token.constant = is("true"), Kind::constant;
    if (!is("not")) return Kind::key;
    skip_space();
    word = take_while(in_name);
    return is("in") ? comparator(Comparator::not_in) : fail(token.span.begin, "NOT can only stand before IN");
  }

  Kind read_number(ExpressionToken& token) {
    const std::size_t begin = at_;
    const std::string_view number = take_while(in_number);
    if (auto constant = to_nlohmann(number)) return token.constant = *std::move(constant), Kind::constant;
    return fail(begin, quoted_for_message(number) + " is not a number");
  }

  Kind read_text(ExpressionToken& token) {
    const std::size_t begin = at_;
    const char quote = text_[at_++];
    std::string value;
    while (at_ < text_.size() && look(at_) != quote) {
      if (look(at_) == '\\') {
        if (!read_escape(value))
          return fail(at_, "a \\ in text begins one of \\\" \\' \\\\ \\/ \\b \\f \\n \\r \\t \\u0041");
        continue;
      }
      const std::size_t length = utf8_length(text_, at_);
      if (length == 0) return fail(at_, "this is not UTF-8");
      value.append(text_, at_, length);
      at_ += length;
    }
    if (at_ == text_.size())
      return fail(begin, std::string{"the text that begins here has no "} + quote + " at its end");
    ++at_;
    token.constant = std::move(value);
    return Kind::constant;
  }

  /// Reads an escape, of two code units for a surrogate pair. False, and not moved, if it is none.
  bool read_escape(std::string& value) {
    constexpr std::string_view names = "\"'\\/bfnrt", bytes = "\"'\\/\b\f\n\r\t";
    const std::size_t known = names.find(look(at_ + 1));
    if (known != std::string_view::npos) {
      value.push_back(bytes[known]);
      at_ += 2;
      return true;
    }
    const std::optional<unsigned> unit = code_unit(at_);
    if (!unit || (*unit >= 0xDC00 && *unit <= 0xDFFF)) return false;
    if (*unit < 0xD800 || *unit > 0xDBFF) {
      append_utf8(value, *unit);
      at_ += 6;
      return true;
    }
    const std::optional<unsigned> low = code_unit(at_ + 6);
    if (!low || *low < 0xDC00 || *low > 0xDFFF) return false;
    append_utf8(value, 0x10000 + ((*unit - 0xD800) << 10) + (*low - 0xDC00));
    at_ += 12;
    return true;
  }

  /// The number in a `\u0041`, if there is one at a place.
  std::optional<unsigned> code_unit(std::size_t at) {
    if (look(at) != '\\' || look(at + 1) != 'u') return std::nullopt;
    unsigned unit = 0;
    for (std::size_t i = at + 2; i < at + 6; ++i) {
      const char c = ascii_lower(look(i));
      if (!is_digit(c) && (c < 'a' || c > 'f')) return std::nullopt;
      unit = unit * 16 + static_cast<unsigned>(is_digit(c) ? c - '0' : c - 'a' + 10);
    }
    return unit;
  }

  std::string_view text_;
  std::size_t at_{};
  std::size_t looks_{};
  std::optional<SyntaxError> fault_{};
};

}  // namespace detail
}  // namespace taskrouter
