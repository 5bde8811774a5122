#pragma once

#include <array>
#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace taskrouter {

/// A point in time, in UTC, to the second.
using Timestamp = std::chrono::sys_seconds;

/// The time that `2014-05-14T10:50:02Z` says, or nullopt if the text is no ISO 8601 date and time.
/// A fraction of a second is cut off; an offset such as `+02:00` is converted to UTC, where the year
/// must still have four digits.
inline std::optional<Timestamp> read_timestamp(std::string_view text) {
  using namespace std::chrono;
  bool good = true;
  const auto number = [&](std::size_t at, std::size_t digits) {
    int value = 0;
    for (std::size_t i = at; i < at + digits; ++i) {
      good = good && text[i] >= '0' && text[i] <= '9';
      value = value * 10 + (text[i] - '0');
    }
    return value;
  };
  const auto expect = [&](std::size_t at, char c) { good = good && text[at] == c; };

  if (text.size() < 20) return std::nullopt;
  const int y = number(0, 4), mo = number(5, 2), d = number(8, 2);
  const int h = number(11, 2), mi = number(14, 2), s = number(17, 2);
  expect(4, '-'), expect(7, '-'), expect(10, 'T'), expect(13, ':'), expect(16, ':');
  if (!good || h > 23 || mi > 59 || s > 60) return std::nullopt;
  const year_month_day date{year{y}, month{static_cast<unsigned>(mo)}, day{static_cast<unsigned>(d)}};
  if (!date.ok()) return std::nullopt;

  std::size_t at = 19;
  if (text[at] == '.') {
    const std::size_t first = ++at;
    while (at < text.size() && text[at] >= '0' && text[at] <= '9') ++at;
    if (at == first) return std::nullopt;
  }
  const Timestamp local = sys_days{date} + hours{h} + minutes{mi} + seconds{s};
  const std::string_view zone = text.substr(at);
  if (zone == "Z") return local;
  if (zone.size() != 6 || (zone[0] != '+' && zone[0] != '-')) return std::nullopt;
  const int offset_hours = number(at + 1, 2), offset_minutes = number(at + 4, 2);
  expect(at + 3, ':');
  if (!good || offset_hours > 23 || offset_minutes > 59) return std::nullopt;
  const minutes offset = hours{offset_hours} + minutes{offset_minutes};
  const Timestamp utc = zone[0] == '+' ? local - offset : local + offset;
  if (utc < sys_days{year{0} / 1 / 1} || utc >= sys_days{year{10000} / 1 / 1}) return std::nullopt;
  return utc;
}

/// Whether the time can be written: the years 1900 to 9999, which TaskRouter takes.
inline bool is_writable(Timestamp time) {
  using namespace std::chrono;
  return time >= sys_days{year{1900} / 1 / 1} && time < sys_days{year{10000} / 1 / 1};
}

/// The time as `2014-05-14T10:50:02Z`, 20 characters.
/// @pre the year has four digits
inline std::array<char, 20> write_timestamp(Timestamp time) {
  using namespace std::chrono;
  const sys_days days = floor<std::chrono::days>(time);
  const year_month_day date{days};
  const auto second_of_day = static_cast<unsigned>((time - days).count());
  std::array<char, 20> text{};
  std::size_t at = 0;
  const auto digits = [&](unsigned value, unsigned scale, char after) {
    for (; scale > 0; scale /= 10) text[at++] = static_cast<char>('0' + value / scale % 10);
    text[at++] = after;
  };
  digits(static_cast<unsigned>(static_cast<int>(date.year())), 1000, '-');
  digits(static_cast<unsigned>(date.month()), 10, '-');
  digits(static_cast<unsigned>(date.day()), 10, 'T');
  digits(second_of_day / 3600, 10, ':');
  digits(second_of_day / 60 % 60, 10, ':');
  digits(second_of_day % 60, 10, 'Z');
  return text;
}

/// The time as text: `2014-05-14T10:50:02Z`.
/// @pre is_writable(time)
inline std::string to_text(Timestamp time) {
  const auto text = write_timestamp(time);
  return {text.begin(), text.end()};
}

}  // namespace taskrouter
