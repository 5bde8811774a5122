#pragma once

#include <iostream>
#include <string_view>

namespace taskrouter::server {

/// What is written to stderr: each level has what stands before it as well.
enum class LogLevel { error, warning, info };

inline constexpr std::string_view log_level_names[] = {"error", "warning", "info"};

/// Writes lines to stderr. Nothing that it is given holds a secret: paths yes, queries, headers and bodies no.
class Log {
 public:
  explicit Log(LogLevel level) : level_{level} {}

  template <class... Parts>
  void write(LogLevel level, const Parts&... parts) const {
    if (level > level_) return;
    ((std::cerr << log_level_names[static_cast<int>(level)] << ": ") << ... << parts) << '\n';
  }

 private:
  LogLevel level_;
};

}  // namespace taskrouter::server
