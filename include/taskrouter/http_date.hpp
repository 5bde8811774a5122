#pragma once

#include <chrono>
#include <optional>
#include <string_view>

namespace taskrouter::detail {

/// The time that `Sun, 06 Nov 1994 08:49:37 GMT` says, or nullopt for any other form. The day of the week is not
/// looked at. https://www.rfc-editor.org/rfc/rfc9110#name-date-time-formats
inline std::optional<std::chrono::sys_seconds> read_http_date(std::string_view text) {
  using namespace std::chrono;
  constexpr std::string_view form = "---, 00 --- 0000 00:00:00 GMT", months = "JanFebMarAprMayJunJulAugSepOctNovDec";
  if (text.size() != form.size()) return std::nullopt;
  for (std::size_t at = 0; at < form.size(); ++at) {
    const bool good = form[at] == '-'   ? true
                      : form[at] == '0' ? text[at] >= '0' && text[at] <= '9'
                                        : text[at] == form[at];
    if (!good) return std::nullopt;
  }
  const auto number = [&](std::size_t at, std::size_t digits) {
    unsigned value = 0;
    for (const char c : text.substr(at, digits)) value = value * 10 + static_cast<unsigned>(c - '0');
    return value;
  };
  const std::size_t at_month = months.find(text.substr(8, 3));
  const year_month_day date{year{static_cast<int>(number(12, 4))}, month{static_cast<unsigned>(at_month / 3 + 1)},
                            day{number(5, 2)}};
  const unsigned hour = number(17, 2), minute = number(20, 2), second = number(23, 2);
  if (at_month % 3 != 0 || !date.ok() || hour > 23 || minute > 59 || second > 60) return std::nullopt;
  return sys_days{date} + hours{hour} + minutes{minute} + seconds{second};
}

}  // namespace taskrouter::detail
