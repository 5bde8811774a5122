#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "taskrouter/json_writer.hpp"
#include "taskrouter/operation.hpp"
#include "taskrouter/operations.hpp"

// Any bytes are an answer or an Error; an answer that was read is written, read and written again the
// same.

namespace {

template <class Output>
void check(std::string_view text) {
  const auto output = taskrouter::read_json<Output>(text);
  if (!output) {
    if (output.error().message.empty()) std::abort();
    return;
  }
  const std::string once = taskrouter::write_json(*output);
  const auto again = taskrouter::read_json<Output>(once);
  if (!again || taskrouter::write_json(*again) != once) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text{reinterpret_cast<const char*>(data), size};
  check<taskrouter::Task>(text);
  check<taskrouter::Page<taskrouter::Worker>>(text);
  check<taskrouter::Reservation>(text);
  const taskrouter::Response refused{.status = 400, .headers = {}, .body = std::string{text}};
  if (taskrouter::parse<taskrouter::tasks::Fetch>(refused).has_value()) std::abort();
  return 0;
}
