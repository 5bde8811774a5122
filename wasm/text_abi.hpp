#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include "taskrouter/fields.hpp"
#include "taskrouter/http.hpp"
#include "taskrouter/json_writer.hpp"
#include "taskrouter/result.hpp"

// How JavaScript calls a module: with text. A call writes its texts one after another into the room
// that reserve() gives, passes their sizes to the function, reads output_size() bytes at output(),
// and ends with clear(). Exported functions answer 1 if the output is what was asked for, and 0 if
// it is an error as JSON. Sizes are 32 bits: no number of 64 bits crosses the border.

#if defined(__wasm__)
#define TASKROUTER_EXPORT(name) extern "C" __attribute__((export_name(#name))) __attribute__((used))
#else
#define TASKROUTER_EXPORT(name) extern "C"
#endif

namespace taskrouter::text_abi {

inline std::string input{};
inline std::string output{};

/// Takes the call's texts one by one, in the order in which they were written.
class Texts {
 public:
  std::string_view take(std::size_t size) {
    const std::string_view text = rest_.substr(0, size);
    rest_.remove_prefix(text.size());
    return text;
  }

 private:
  std::string_view rest_{input};
};

inline const char* name_of(Error::Kind kind) {
  switch (kind) {
    case Error::Kind::argument: return "argument";
    case Error::Kind::transport: return "transport";
    case Error::Kind::api: return "api";
    case Error::Kind::body: return "body";
  }
  return "";
}

/// Reads `Name: value` lines.
inline Headers read_headers(std::string_view lines) {
  Headers headers;
  while (!lines.empty()) {
    const std::string_view line = lines.substr(0, lines.find('\n'));
    lines.remove_prefix(std::min(line.size() + 1, lines.size()));
    const std::size_t colon = line.find(": ");
    if (colon == std::string_view::npos) continue;
    headers.add(std::string{line.substr(0, colon)}, std::string{line.substr(colon + 2)});
  }
  return headers;
}

/// An Error as JavaScript gets it.
struct ErrorJson {
  std::string kind{};
  std::string message{};
  std::string field{};
  std::int64_t status{};
  std::int64_t code{};
  std::string more_info{};
  JsonValue details{};
  std::string request_id{};

  TASKROUTER_FIELDS(kind, message, field, status, code, more_info, details, request_id)
};

/// Ends a call. A module exports this as clear().
inline void end_call() {
  input = std::string{};
  output = std::string{};
}

inline int answer(std::string text) {
  output = std::move(text);
  return 1;
}

inline int answer(const Error& error) {
  output = write_json(ErrorJson{.kind = name_of(error.kind),
                                .message = error.message,
                                .field = error.field,
                                .status = error.status,
                                .code = error.code,
                                .more_info = error.more_info,
                                .details = {error.details},
                                .request_id = error.request_id});
  return 0;
}

}  // namespace taskrouter::text_abi

TASKROUTER_EXPORT(reserve) inline char* reserve(std::size_t size) {
  taskrouter::text_abi::input.resize(size);
  return taskrouter::text_abi::input.data();
}

TASKROUTER_EXPORT(output) inline const char* output() { return taskrouter::text_abi::output.data(); }
TASKROUTER_EXPORT(output_size) inline std::size_t output_size() { return taskrouter::text_abi::output.size(); }
