#include "taskrouter/workflow.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "taskrouter/utf8.hpp"

// Whatever the text is, it is refused or a configuration that survives being written and read, can be
// checked, and routes a task.

namespace {

using namespace taskrouter;

void require(bool holds) {
  if (!holds) std::abort();
}

const nlohmann::json task{{"language", "en"}, {"level", 3}, {"agent", "WK1"}};
const std::vector<nlohmann::json> workers{{{"sid", "WK1"}, {"languages", {"en"}}, {"level", 2}},
                                          {{"sid", "WK2"}, {"level", "x"}, {"available", false}},
                                          nlohmann::json{5}};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text{reinterpret_cast<const char*>(data), size};
  const auto configuration = parse_workflow_configuration(text);
  if (!configuration) {
    require(configuration.error().kind == Error::Kind::argument && !configuration.error().message.empty());
    return 0;
  }
  const auto again = parse_workflow_configuration(to_json_text(*configuration));
  require(again && *again == *configuration);

  for (const WorkflowProblem& problem : check(*configuration, {"WQ1"})) {
    require(!problem.filter || *problem.filter < configuration->filters.size());
    const std::string line = describe(problem);
    require(taskrouter::detail::is_utf8(line) && line.find('\n') == std::string::npos);
  }
  const RoutingExplanation routing = explain_routing(*configuration, task, workers);
  require(!routing.sentence.empty() && routing.filters.size() <= configuration->filters.size());
  for (const RoutedTarget& target : routing.targets) require(target.reasons.size() == workers.size());
  return 0;
}
