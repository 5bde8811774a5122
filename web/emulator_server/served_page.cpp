#include "served_page.hpp"

#include <string_view>

namespace taskrouter::server {

Response ServedPage::answer(const WebRequest& request) const {
  // The service worker that keeps the page for offline use is replaced by one that takes itself away.
  if (request.path() == "/service_worker.js") {
    WebRequest instead = request;
    instead.target = "/retire.js";
    if (Response found = files_.answer(instead); found.status == 200) return found;
  }
  constexpr std::string_view unmarked = "data-served=\"no\"";
  Response response = files_.answer(request);
  const std::string* const type = response.headers.find("Content-Type");
  if (type == nullptr || !type->starts_with("text/html")) return response;
  if (const std::size_t at = response.body.find(unmarked); at != std::string::npos) {
    response.body.replace(at, unmarked.size(), "data-served=\"yes\"");
  }
  return response;
}

}  // namespace taskrouter::server
