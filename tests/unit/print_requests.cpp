#include <iostream>
#include <string>
#include <string_view>

#include "samples.hpp"

// Prints the request of every operation filled with hostile values, a line of JSON each, for a judge
// that is not of this library.

using namespace taskrouter;

namespace {

std::string quoted(std::string_view text) {
  std::string out;
  detail::write_json_string(out, text);
  return out;
}

template <class Op>
void print(const std::string& value) {
  const Op operation = samples::filled<Op>(value);
  std::string fields;
  detail::JsonWriter{fields, detail::EmptyFields::leave_out}.write_structure(detail::fields_of<Op>, &operation);
  std::string wire_names;
  for (const auto& field : detail::fields_of<Op>) {
    wire_names += (wire_names.empty() ? "" : ",") + quoted(field.name) + ':' + quoted(field.wire_name());
  }
  const auto request = build(operation, samples::endpoint());
  std::cout << "{\"operation\":" << quoted(Op::route.name) << ",\"method\":" << quoted(text(Op::route.method))
            << ",\"path\":" << quoted(Op::route.path) << ",\"value\":" << quoted(value) << ",\"fields\":" << fields
            << ",\"wire_names\":{" << wire_names << '}';
  if (request) {
    std::cout << ",\"url\":" << quoted(request->url) << ",\"body\":" << quoted(request->body) << "}\n";
  } else {
    std::cout << ",\"error\":" << quoted(request.error().message) << "}\n";
  }
}

}  // namespace

int main() {
  for (const std::string& value : samples::hostile_texts()) {
    for_each_operation([&]<class Op>() { print<Op>(value); });
    print<samples::FetchByName>(value);
  }
}
