#pragma once

#include <iostream>
#include <string_view>

namespace taskrouter::server {

/// What is written to stderr: each level has what stands before it as well.
enum class LogLevel { error, warning, info, debug };

/// Writes lines to stderr. Nothing that it is given holds a secret: URLs yes, headers and bodies no.
class Log {
 public:
  explicit Log(LogLevel level) : level_{level} {}

  /// Whether lines of that level are written: to leave out the work of making them.
  bool takes(LogLevel level) const { return level <= level_; }

  template <class... Parts>
  void write(LogLevel level, const Parts&... parts) const {
    if (!takes(level)) return;
    constexpr std::string_view names[] = {"error", "warning", "info", "debug"};
    ((std::cerr << names[static_cast<int>(level)] << ": ") << ... << parts) << '\n';
  }

 private:
  LogLevel level_;
};

}  // namespace taskrouter::server
