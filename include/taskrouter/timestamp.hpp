#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "taskrouter/chrono.hpp"

namespace taskrouter {

/// A point in time, in UTC, to the second.
using Timestamp = std::chrono::sys_seconds;

namespace detail {

/// The days of the Gregorian calendar before a date. Years are counted from 0 to 10000.
constexpr int days_before_year(int year) {
  return 365 * year + (year + 3) / 4 - (year + 99) / 100 + (year + 399) / 400 - 719'528;  // From 1970 on.
}
constexpr int days_before_month(int year, int month) {
  constexpr int days[]{0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334, 365};
  const bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
  return days[month - 1] + (leap && month > 2 ? 1 : 0);
}

constexpr Timestamp start_of_year(int year) {
  return Timestamp{std::chrono::seconds{days_before_year(year) * std::int64_t{86'400}}};
}

}  // namespace detail

/// The time that `2014-05-14T10:50:02Z` says, or nullopt if the text is no ISO 8601 date and time.
/// A fraction of a second is cut off; an offset such as `+02:00` is converted to UTC, where the year
/// must still have four digits.
inline std::optional<Timestamp> read_timestamp(std::string_view text) {
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
  if (mo < 1 || mo > 12 || d < 1) return std::nullopt;
  const int day_of_year = detail::days_before_month(y, mo) + d - 1;
  if (day_of_year >= detail::days_before_month(y, mo + 1)) return std::nullopt;

  std::size_t at = 19;
  if (text[at] == '.') {
    const std::size_t first = ++at;
    while (at < text.size() && text[at] >= '0' && text[at] <= '9') ++at;
    if (at == first) return std::nullopt;
  }
  using std::chrono::seconds;
  const Timestamp local = detail::start_of_year(y) + seconds{((day_of_year * 24 + h) * 60 + mi) * 60 + s};
  const std::string_view zone = text.substr(at);
  if (zone == "Z") return local;
  if (zone.size() != 6 || (zone[0] != '+' && zone[0] != '-')) return std::nullopt;
  const int offset_hours = number(at + 1, 2), offset_minutes = number(at + 4, 2);
  expect(at + 3, ':');
  if (!good || offset_hours > 23 || offset_minutes > 59) return std::nullopt;
  const seconds offset{(offset_hours * 60 + offset_minutes) * 60};
  const Timestamp utc = zone[0] == '+' ? local - offset : local + offset;
  if (utc < detail::start_of_year(0) || utc >= detail::start_of_year(10'000)) return std::nullopt;
  return utc;
}

/// Whether the time can be written: the years 1900 to 9999, which TaskRouter takes.
inline bool is_writable(Timestamp time) {
  return time >= detail::start_of_year(1900) && time < detail::start_of_year(10'000);
}

/// The time as `2014-05-14T10:50:02Z`, 20 characters.
/// @pre the year has four digits
inline std::array<char, 20> write_timestamp(Timestamp time) {
  const auto days = std::chrono::floor<std::chrono::days>(time.time_since_epoch());
  const auto second_of_day = static_cast<unsigned>((time.time_since_epoch() - days).count());
  const int day = static_cast<int>(days.count());
  int year = (day + 719'529) * 400 / 146'097;  // As if all were alike, the days of 400 years in 400. Or the one before.
  if (detail::days_before_year(year) > day) --year;
  const int day_of_year = day - detail::days_before_year(year);
  int month = day_of_year / 31 + 1;  // Or the next one.
  if (detail::days_before_month(year, month + 1) <= day_of_year) ++month;

  std::array<char, 20> text{"0000-00-00T00:00:00"};
  const auto digits = [&](std::size_t at, unsigned value) {
    text[at] = static_cast<char>('0' + value / 10);
    text[at + 1] = static_cast<char>('0' + value % 10);
  };
  digits(0, static_cast<unsigned>(year / 100));
  digits(2, static_cast<unsigned>(year % 100));
  digits(5, static_cast<unsigned>(month));
  digits(8, static_cast<unsigned>(day_of_year - detail::days_before_month(year, month) + 1));
  digits(11, second_of_day / 3600);
  digits(14, second_of_day / 60 % 60);
  digits(17, second_of_day % 60);
  text[19] = 'Z';
  return text;
}

/// The time as text: `2014-05-14T10:50:02Z`.
/// @pre is_writable(time)
inline std::string to_text(Timestamp time) {
  const auto text = write_timestamp(time);
  return {text.begin(), text.end()};
}

}  // namespace taskrouter
