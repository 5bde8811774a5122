#include "taskrouter/decimal.hpp"

#include <doctest/doctest.h>

#include <bit>
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <random>
#include <string>

using taskrouter::detail::read_decimal;

namespace {

/// The judge: the C library, which rounds correctly.
bool strtod_agrees(const std::string& number) {
  const double ours = read_decimal(number), theirs = std::strtod(number.c_str(), nullptr);
  return std::memcmp(&ours, &theirs, sizeof ours) == 0;
}

std::string digits(std::mt19937_64& random, std::size_t size) {
  std::string text;
  while (text.size() < size) text += std::to_string(random());
  text.resize(size);
  return text[0] == '0' ? '1' + text.substr(1) : text;
}

}  // namespace

TEST_CASE("a decimal number is read as the nearest double") {
  for (const char* number : {"0",
                             "-0",
                             "0.0",
                             "0e99999",
                             "-0.000e-5",
                             "1",
                             "-1",
                             "0.1",
                             "0.5",
                             "1.5e3",
                             "1E-3",
                             "1e+22",
                             "1e23",
                             "12345.678",
                             "9007199254740993",
                             "9007199254740992.5",
                             "9007199254740993.0000000000000000000001",
                             "123456789012345678901234567890",
                             "1.7976931348623157e308",
                             "1.7976931348623158e308",
                             "2.2250738585072014e-308",
                             "2.2250738585072011e-308",
                             "5e-324",
                             "4.9e-324",
                             "2.5e-324",
                             "2.4703282292062327e-324",
                             "2.4703282292062328e-324",
                             "1e-400",
                             "-1e-99999999999999"}) {
    CAPTURE(std::string{number});
    CHECK(strtod_agrees(number));
  }
}

TEST_CASE("every double comes back from its 17 digits, and from all of them") {
  std::mt19937_64 random{20081018};
  for (int i = 0; i < 2'000; ++i) {
    const double value = std::bit_cast<double>(random());
    if (!std::isfinite(value)) continue;
    char text[1100];
    for (const char* form : {"%.16e", "%.800e"}) {
      std::snprintf(text, sizeof text, form, value);
      if (!strtod_agrees(text)) FAIL(std::string{text});
    }
  }
}

TEST_CASE("numbers halfway between two doubles, and those beside them, are rounded as the C library does") {
  std::mt19937_64 random{20120601};
  for (int i = 0; i < 500; ++i) {
    const double value = std::bit_cast<double>(random() & 0x7FFF'FFFF'FFFF'FFFF);
    if (!(value < 1e250)) continue;
    const long double middle =
        (static_cast<long double>(value) + static_cast<long double>(std::nextafter(value, 1e300))) / 2;
    char text[1200];
    std::snprintf(text, sizeof text, "%.1100Lf", middle);
    const std::string exact{text};
    for (const std::string& number : {exact, exact + "1", exact + std::string(2'000, '0') + "1"}) {
      if (!strtod_agrees(number)) FAIL(number);
    }
  }
}

TEST_CASE("numbers of any length and exponent are read as the C library does") {
  std::mt19937_64 random{20020131};
  for (int i = 0; i < 2'000; ++i) {
    const std::string whole = digits(random, 1 + random() % 30);
    const std::string number = (i % 2 == 0 ? "-" : "") + whole + '.' +
                               digits(random, 1 + random() % (i % 50 == 0 ? 900 : 20)) + 'e' +
                               std::to_string(static_cast<int>(random() % 640) - 350);
    if (!strtod_agrees(number) && std::isfinite(std::strtod(number.c_str(), nullptr))) FAIL(number);
  }
}

TEST_CASE("a million digits take time that grows with their number") {
  CHECK(read_decimal(std::string(1'000'000, '1') + "e-1000000") == 0.1111111111111111);
  CHECK(read_decimal("0." + std::string(1'000'000, '0') + "1e1000000") == 0.1);
}
