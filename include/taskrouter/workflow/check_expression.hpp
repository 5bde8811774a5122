#pragma once

#include <cstddef>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "taskrouter/json_reader.hpp"
#include "taskrouter/workflow/explain.hpp"
#include "taskrouter/workflow/expression.hpp"
#include "taskrouter/workflow/parse_expression.hpp"

namespace taskrouter {

/// Where an expression stands, which says how its names must begin.
enum class ExpressionPlace {
  filter,      ///< The task's attributes, without a prefix.
  target,      ///< `task.` and `worker.`
  skip_if,     ///< `workers.`
  task_queue,  ///< A queue's target workers: the worker's attributes, without a prefix.
};

/// How bad a problem is.
enum class Severity {
  error,    ///< TaskRouter refuses it, or it can't do what it says.
  warning,  ///< It is allowed, and hardly what was meant.
};

/// Something in an expression that is wrong, or hardly meant.
struct ExpressionProblem {
  Severity severity{};    ///< How bad it is.
  TextSpan span{};        ///< In bytes. Empty where something is missing.
  std::string message{};  ///< One sentence for a person.
};

namespace detail {

/// Whether an expression comes out alike for every task and worker, and how.
inline std::optional<bool> constant_outcome(const Expression& expression) {
  if (expression.kind == Expression::Kind::comparison) {
    if (!expression.left.key.empty() || !expression.right.key.empty()) return std::nullopt;
    return compare(expression, {});
  }
  const bool usual = expression.kind == Expression::Kind::all;
  bool known = true;
  for (const Expression& part : expression.parts) {
    const std::optional<bool> outcome = constant_outcome(part);
    if (outcome == !usual) return !usual;
    known = known && outcome.has_value();
  }
  return known ? std::optional{usual} : std::nullopt;
}

/// Finds what is wrong in an expression that could be parsed.
class ExpressionCheck {
 public:
  ExpressionCheck(std::string_view text, ExpressionPlace place) : text_{text}, place_{place} {}

  void check(const Expression& expression) {
    for (const Expression& part : expression.parts) check(part);
    if (expression.kind == Expression::Kind::comparison) check_comparison(expression);
  }

  std::vector<ExpressionProblem> problems{};

 private:
  void add(Severity severity, TextSpan span, std::string message) {
    problems.push_back({severity, span, std::move(message)});
  }
  std::string source(TextSpan span) const { return std::string{text_.substr(span.begin, span.end - span.begin)}; }

  static bool is_text(const Operand& operand) { return operand.key.empty() && operand.constant.is_string(); }
  static bool is_list(const Operand& operand) { return operand.key.empty() && operand.constant.is_array(); }

  void check_comparison(const Expression& comparison) {
    check_operand(comparison.left);
    check_operand(comparison.right);
    const Operand &left = comparison.left, &right = comparison.right;
    if (left.key.empty() && right.key.empty()) {
      if (is_text(left) || is_text(right)) {
        add(Severity::warning, comparison.span, "this compares two constants: names stand without quotes");
      }
      return;
    }
    if (place_ == ExpressionPlace::skip_if) return check_skip_comparator(comparison);
    if (unprefixed()) check_bare_word(comparison);
    wants_list(comparison.comparator) ? check_search(comparison) : check_scalars(comparison);
  }

  /// Two attributes are rarely compared where all belong to one task or worker.
  void check_bare_word(const Expression& comparison) {
    const std::string& word = comparison.right.key;
    const bool names_list = comparison.comparator == Comparator::in || comparison.comparator == Comparator::not_in;
    if (comparison.left.key.empty() || word.empty() || names_list || word.find_first_of(".[") != std::string::npos)
      return;
    add(Severity::warning, comparison.right.span,
        quoted_for_message(word) + " is read as the name of an attribute: put it in quotes if it is text");
  }

  void check_operand(const Operand& operand) {
    if (!operand.key.empty()) return check_prefix(operand);
    if (is_text(operand)) check_text(operand.constant.get_ref<const std::string&>(), operand.span);
    if (!is_list(operand)) return;
    for (const nlohmann::json& item : operand.constant) {
      if (item.is_string()) check_text(item.get_ref<const std::string&>(), operand.span);
    }
  }

  bool unprefixed() const { return place_ == ExpressionPlace::filter || place_ == ExpressionPlace::task_queue; }

  void check_prefix(const Operand& operand) {
    const std::string_view key = operand.key;
    const std::size_t dot = key.find('.');
    const std::string_view prefix = dot == std::string_view::npos ? std::string_view{} : key.substr(0, dot);
    const std::string name = quoted_for_message(key);
    const bool task = prefix == "task", worker = prefix == "worker", workers = prefix == "workers";
    if (unprefixed()) {
      const bool own = place_ == ExpressionPlace::filter ? task : worker;
      const std::string here = place_ == ExpressionPlace::filter ? "a filter" : "a queue";
      if (own) {
        add(Severity::warning, operand.span,
            here + " reads attributes without a prefix: write " + quoted_for_message(key.substr(dot + 1)));
      } else if (task || worker || workers) {
        add(Severity::warning, operand.span,
            here + (task ? " does not see tasks" : " does not see workers") + ": write " + name + " in a target");
      }
    } else if (place_ == ExpressionPlace::target && !task && !worker) {
      add(Severity::error, operand.span,
          workers ? name + " can only stand in a skip_if: here it is worker. or task."
                  : name + " must begin with task. or worker., or stand in quotes if it is text");
    } else if (place_ == ExpressionPlace::skip_if && !is_worker_count(key)) {
      add(Severity::error, operand.span,
          name +
              " is no number of workers: write workers.available, workers.unavailable or workers.WA..., the SID of an "
              "activity");
    }
  }

  static bool is_worker_count(std::string_view key) {
    return key == "workers.available" || key == "workers.unavailable" ||
           (key.starts_with("workers.WA") && key.find_first_of(".[", 8) == std::string_view::npos);
  }

  void check_skip_comparator(const Expression& comparison) {
    if (wants_list(comparison.comparator) || comparison.comparator == Comparator::contains) {
      add(Severity::error, comparison.span, "a skip_if compares numbers: write ==, !=, <, <=, > or >=");
    }
    for (const Operand* operand : {&comparison.left, &comparison.right}) {
      if (operand->key.empty() && !operand->constant.is_number()) {
        add(Severity::error, operand->span, "a skip_if compares numbers, and this is none");
      }
    }
  }

  void check_text(std::string_view text, TextSpan span) {
    const auto in_quotes = [&](char quote) { return text.size() > 1 && text.front() == quote && text.back() == quote; };
    if (in_quotes('\'') || in_quotes('"')) {
      add(Severity::warning, span, "the inner quotes belong to the text: write one kind only");
    } else if (source(span).find('\\') != std::string::npos) {
      add(Severity::warning, span, "Twilio documents no \\ in text, so TaskRouter may read it otherwise");
    } else if (text.starts_with(' ') || text.ends_with(' ')) {
      add(Severity::warning, span, "the text begins or ends with a space");
    }
  }

  void check_search(const Expression& comparison) {
    const bool has = comparison.comparator == Comparator::has;
    const Operand& list = has ? comparison.left : comparison.right;
    const Operand& value = has ? comparison.right : comparison.left;
    if (list.key.empty() && !is_list(list)) {
      add(Severity::error, list.span,
          has ? "HAS wants a list before it, so this is never true" : "write a list: [" + source(list.span) + "]");
    }
    if (is_list(value)) {
      add(Severity::error, value.span,
          has ? "HAS looks for one value: write a HAS for each, joined by OR" : "a list is never in a list");
    }
  }

  void check_scalars(const Expression& comparison) {
    const bool left_is_constant = comparison.left.key.empty();
    const Operand& operand = left_is_constant ? comparison.left : comparison.right;
    if (!operand.key.empty()) return;
    const nlohmann::json& constant = operand.constant;
    const std::string name{comparator_text(comparison.comparator)};
    const bool equality = comparison.comparator == Comparator::equal || comparison.comparator == Comparator::not_equal;
    if (constant.is_array()) {
      add(Severity::error, comparison.span, "with a list " + name + " is never true: write IN or HAS");
    } else if (comparison.comparator == Comparator::contains) {
      if (!constant.is_string())
        add(Severity::warning, operand.span, "CONTAINS looks for text in text: put this in quotes");
    } else if (!equality && (constant.is_null() || constant.is_boolean())) {
      add(Severity::error, comparison.span,
          name + " has no meaning for " + constant.dump() + ", so this is never true");
    } else if (constant.is_string() && looks_otherwise(constant.get_ref<const std::string&>(), equality)) {
      add(Severity::warning, operand.span, "in quotes this is text, and never equal to the same without quotes");
    }
  }

  /// Whether a text says what should stand without quotes.
  static bool looks_otherwise(const std::string& text, bool equality) {
    if (text == "true" || text == "false" || text == "null") return true;
    const bool begins = !text.empty() && (text.front() == '-' || (text.front() >= '0' && text.front() <= '9'));
    return !equality && begins && is_json(text);
  }

  std::string_view text_;
  ExpressionPlace place_;
};

}  // namespace detail

/// Everything that is wrong with the text of an expression at its place, or hardly meant. Empty if nothing is.
inline std::vector<ExpressionProblem> check_expression(std::string_view text, ExpressionPlace place) {
  detail::ExpressionParser parser{text};
  Expression expression;
  if (!parser.read(expression)) {
    const SyntaxError& error = parser.error();
    return {{Severity::error, {error.at, error.at}, error.message}};
  }
  detail::ExpressionCheck check{text, place};
  check.check(expression);
  if (check.problems.empty() && detail::constant_outcome(expression) == false) {
    check.problems.push_back({Severity::warning, expression.span, "this is never true"});
  }
  return std::move(check.problems);
}

}  // namespace taskrouter
