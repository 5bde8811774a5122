#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "taskrouter/utf8.hpp"
#include "taskrouter/workflow.hpp"

// Whatever the text is, it is refused at a place in it, or it is an expression that prints as itself,
// whose explanation agrees with its evaluation, in work linear in the text.

namespace {

using namespace taskrouter;

void require(bool holds) {
  if (!holds) std::abort();
}

const nlohmann::json attributes{{"a", 1}, {"b", {{"c", {"x", 2}}}}, {"language", "en"}, {"vip", true}};

void check_refused(std::string_view text, const SyntaxError& error) {
  require(error.at <= text.size());
  require(!error.message.empty() && taskrouter::detail::is_utf8(error.message));
  require(error.message.find('\n') == std::string::npos);
}

void check_parsed(std::string_view text, const Expression& expression) {
  const auto printed = to_text(expression);
  require(printed.has_value());
  const auto again = parse_expression(*printed);
  require(again && *again == expression && *to_text(*again) == *printed);

  const Variables variables{.attributes = &attributes, .task = &attributes, .worker = &attributes};
  const Explanation explanation = explain(expression, variables);
  require(explanation.matches == expression.matches(variables));
  require(again->matches(variables) == explanation.matches);
  for (const ExplainedPart& part : explanation.parts) {
    const auto alone = parse_expression(text.substr(part.span.begin, part.span.end - part.span.begin));
    require(alone && alone->matches(variables) == part.is_true);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text{reinterpret_cast<const char*>(data), size};
  taskrouter::detail::ExpressionParser parser{text};
  Expression expression;
  if (parser.read(expression)) {
    check_parsed(text, expression);
  } else {
    check_refused(text, parser.error());
  }
  require(parser.lexer().looks() <= 6 * size + 20);

  for (const auto place : {ExpressionPlace::filter, ExpressionPlace::target, ExpressionPlace::skip_if}) {
    for (const ExpressionProblem& problem : check_expression(text, place)) {
      require(problem.span.begin <= problem.span.end && problem.span.end <= size && !problem.message.empty());
    }
  }
  OrderBy order;
  if (const auto error = taskrouter::detail::read_order_by(text, order)) check_refused(text, *error);
  return 0;
}
