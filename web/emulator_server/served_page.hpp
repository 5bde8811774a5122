#pragma once

#include "static_files.hpp"

namespace taskrouter::server {

/// The page at `/`. It is told that this server is behind it: where its document says `data-served="no"`, it says
/// `"yes"` here. A browser that kept the page of another server of the same address is made to forget it.
class ServedPage {
 public:
  /// Why the folder can't be served, or an empty text.
  std::string open(const std::string& folder) { return files_.open(folder); }

  Response answer(const WebRequest& request) const;

 private:
  StaticFiles files_{};
};

}  // namespace taskrouter::server
