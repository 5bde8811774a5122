#include "arguments.hpp"

#include <array>
#include <charconv>
#include <chrono>
#include <cstddef>
#include <iterator>
#include <optional>
#include <string_view>
#include <system_error>

namespace taskrouter::server {

const char* const usage = R"(usage: taskrouter-emulator [flags]

Serves TaskRouter from memory, over its own HTTP API. Prints where it listens and the SIDs and the auth
token of the account that it starts with: they are the same at every start.

  --port N           the port to listen on; 0, the default, lets the system pick one
  --bind ADDRESS     the IP address to listen on; 127.0.0.1 is the default. 0.0.0.0 is every network: whoever
                     reaches the port can do everything, for the auth token is no secret
  --virtual-clock    the clock stands at 2025-01-01 until POST /_emulator/clock moves it
  --seed FILE        what to do at the start: steps as JSON lines (see the README)
  --store FILE       keeps every change in FILE, and begins with what FILE holds
  --page DIR         serves the files of DIR at /: with the page that is built as `site` it shows what this server
                     holds, and what programs send to it, of which the last requests are then recorded
  --ca-file FILE     the certificates (PEM) that are trusted where callbacks go to https, instead of the system's
  --idle-time N      closes a connection on which nothing was asked for N seconds; 60 is the default
  --log-level LEVEL  what to write to stderr: error, warning (the default) or info (every request)
  --help             says this

SIGINT and SIGTERM stop it. Exit codes: 0 stopped, 1 could not run, 2 wrong flags.
)";

namespace {

std::optional<LogLevel> read_level(std::string_view text) {
  for (std::size_t i = 0; i < std::size(log_level_names); ++i) {
    if (log_level_names[i] == text) return static_cast<LogLevel>(i);
  }
  return std::nullopt;
}

/// Reads a number that is the whole text.
template <class Number>
bool read_number(const std::string& text, Number& number) {
  const char* const end = text.data() + text.size();
  const auto [at, error] = std::from_chars(text.data(), end, number);
  return error == std::errc{} && at == end;
}

/// Takes a flag with its value. The answer is empty, or says what is wrong with the value.
std::string take(Arguments& arguments, std::string_view flag, const std::string& value) {
  if (flag == "--port") return read_number(value, arguments.port) ? "" : "should be a number from 0 to 65535";
  if (flag == "--idle-time") {
    int seconds = 0;
    const bool is_good = read_number(value, seconds) && seconds >= 1 && seconds <= 86400;
    arguments.idle_time = std::chrono::seconds{seconds};
    return is_good ? "" : "should be a number from 1 to 86400";
  }
  if (flag == "--bind") {
    boost::system::error_code error;
    arguments.bind = boost::asio::ip::make_address(value, error);
    return error ? "should be an IP address, such as 127.0.0.1 or ::1" : "";
  }
  if (flag == "--log-level") {
    const auto level = read_level(value);
    arguments.log_level = level.value_or(LogLevel::warning);
    return level ? "" : "should be error, warning or info";
  }
  std::string& text = flag == "--seed"      ? arguments.seed
                      : flag == "--store"   ? arguments.store
                      : flag == "--ca-file" ? arguments.ca_file
                                            : arguments.page;
  text = value;
  return value.empty() ? "should not be empty" : "";
}

}  // namespace

std::variant<Arguments, std::string> read_arguments(int count, const char* const* texts) {
  constexpr std::array<std::string_view, 8> with_value{"--port", "--bind",    "--seed",      "--store",
                                                       "--page", "--ca-file", "--idle-time", "--log-level"};
  Arguments arguments;
  for (int i = 1; i < count; ++i) {
    std::string flag{texts[i]};
    std::optional<std::string> value;
    if (const std::size_t equals = flag.find('='); flag.starts_with("--") && equals != std::string::npos) {
      value = flag.substr(equals + 1);
      flag.resize(equals);
    }
    if ((flag == "--help" || flag == "--virtual-clock") && !value) {
      (flag == "--help" ? arguments.help : arguments.virtual_clock) = true;
      continue;
    }
    bool is_known = false;
    for (const std::string_view known : with_value) is_known = is_known || known == flag;
    if (!is_known) return "there is no flag '" + std::string{texts[i]} + '\'';
    if (!value && i + 1 == count) return flag + " should be followed by a value";
    if (!value) value = texts[++i];
    if (const std::string problem = take(arguments, flag, *value); !problem.empty()) return flag + ' ' + problem;
  }
  return arguments;
}

}  // namespace taskrouter::server
