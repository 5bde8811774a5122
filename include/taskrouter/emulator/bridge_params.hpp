#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "taskrouter/emulator/errors.hpp"
#include "taskrouter/form.hpp"
#include "taskrouter/json_scanner.hpp"
#include "taskrouter/percent.hpp"
#include "taskrouter/result.hpp"

// The parameters of a command: JSON, where the API takes a form.

namespace taskrouter::emulator {

/// What the SDK calls parameters that the API calls otherwise.
inline std::string_view api_name(std::string_view parameter) {
  if (parameter == "TaskChannelUniqueName" || parameter == "TaskChannelSid") return "TaskChannel";
  if (parameter == "DequeueStatusCallbackEvents") return "DequeueStatusCallbackEvent";
  return parameter;
}

/// A command's parameters, as the fields of a form.
class BridgeParams {
 public:
  /// Reads a JSON object. A text stands for itself, every other value for its JSON text, an array for as
  /// many fields, and null for none.
  static Result<BridgeParams> read(std::string_view json) {
    BridgeParams params;
    taskrouter::detail::JsonScanner in{json};
    if (json.empty() || params.read_object(in)) return params;
    return invalid("params", in.problem());
  }

  /// Takes a parameter out. Empty if there is none.
  std::string take(std::string_view name) {
    std::string value;
    std::erase_if(fields_, [&](FormField& field) {
      if (field.name != name) return false;
      value = std::move(field.value);
      return true;
    });
    return value;
  }

  void add(std::string name, std::string value) { fields_.push_back({std::move(name), std::move(value)}); }

  /// The form, or the query.
  std::string encoded() const {
    using taskrouter::detail::percent_encoded;
    std::string text;
    for (const FormField& field : fields_) {
      if (!text.empty()) text.push_back('&');
      text += percent_encoded(field.name) + '=' + percent_encoded(field.value);
    }
    return text;
  }

 private:
  using Scanner = taskrouter::detail::JsonScanner;

  bool read_object(Scanner& in) {
    std::string scratch;
    if (in.peek() != '{') return in.fail("should be an object");
    if (!in.enter('{')) return false;
    if (in.take('}')) return in.at_end();
    do {
      std::string_view key;
      if (!in.read_key(key, scratch)) return false;
      const std::string name{api_name(key)};
      if (!(in.peek() == '[' && name != "Attributes" ? read_list(in, name) : read_value(in, name))) return false;
    } while (in.take(','));
    return (in.take('}') || in.fail("is not JSON: a comma or a closing bracket is missing")) && in.at_end();
  }

  bool read_list(Scanner& in, const std::string& name) {
    if (!in.enter('[')) return false;
    if (in.take(']')) return in.leave(), true;
    do {
      if (!read_value(in, name)) return false;
    } while (in.take(','));
    if (!in.take(']')) return in.fail("is not JSON: a comma or a closing bracket is missing");
    return in.leave(), true;
  }

  bool read_value(Scanner& in, const std::string& name) {
    if (in.take_null()) return true;
    std::string value;
    if (in.peek() == '"') {
      if (!in.read_string(value)) return false;
    } else {
      const std::size_t start = in.position();
      if (!in.skip_value()) return false;
      value = in.text(start, in.position());
    }
    add(name, std::move(value));
    return true;
  }

  std::vector<FormField> fields_{};
};

}  // namespace taskrouter::emulator
