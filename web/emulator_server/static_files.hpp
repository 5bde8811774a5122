#pragma once

#include <filesystem>
#include <string>

#include "web_request.hpp"

namespace taskrouter::server {

/// Serves the files of a folder, and nothing outside of it.
class StaticFiles {
 public:
  /// Why the folder can't be served, or an empty text.
  std::string open(const std::string& folder);

  Response answer(const WebRequest& request) const;

 private:
  std::filesystem::path root_{};
};

}  // namespace taskrouter::server
