#pragma once

#include <string>
#include <string_view>

namespace taskrouter {

/// The version of this library, as it stands in the User-Agent.
inline constexpr std::string_view version = "0.1.0";

namespace detail {

inline constexpr std::string_view operating_system =
#if defined(__EMSCRIPTEN__)
    "emscripten";
#elif defined(_WIN32)
    "windows";
#elif defined(__APPLE__)
    "darwin";
#elif defined(__linux__)
    "linux";
#else
    "unknown";
#endif

inline constexpr std::string_view architecture =
#if defined(__wasm__)
    "wasm";
#elif defined(__x86_64__) || defined(_M_X64)
    "x86_64";
#elif defined(__aarch64__) || defined(_M_ARM64)
    "arm64";
#elif defined(__arm__) || defined(_M_ARM)
    "arm";
#elif defined(__i386__) || defined(_M_IX86)
    "x86";
#else
        "unknown";
#endif

/// The User-Agent in the form of Twilio's libraries: `name/version (system architecture) language/version`.
inline std::string user_agent() {
  std::string text{"taskrouter-cpp/"};
  text.append(version).append(" (").append(operating_system).append(" ").append(architecture);
  return text + ") c++/20";
}

}  // namespace detail
}  // namespace taskrouter
