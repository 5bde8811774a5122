#include "taskrouter/json_number.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <cstdlib>
#include <random>
#include <string>

#include "taskrouter/json_reader.hpp"

using taskrouter::is_json;
using taskrouter::detail::exceeds_double;

namespace {

const std::string largest =  // 2^1024 - 2^971, the largest double
    "1797693134862315708145274237317043567980705675258449965989174768031572607800285387605895586327668781715404589535"
    "1438246423432132688946418276846754670353751698604991057655128207624549009038932894407586850845513394230458323690"
    "3222948165808559332123348274797826204144723168738177180919299881250404026184124858368";

/// The judge: the C library, which rounds correctly.
bool strtod_says(const std::string& number) { return std::isinf(std::strtod(number.c_str(), nullptr)); }

}  // namespace

TEST_CASE("a number is refused exactly where it rounds to infinity") {
  CHECK(is_json("1.7976931348623157e308"));
  CHECK(is_json("-1.7976931348623157e308"));
  CHECK(is_json("1.7976931348623158e308"));
  CHECK_FALSE(is_json("1.7976931348623159e308"));
  CHECK_FALSE(is_json("-1.7976931348623159e308"));
  CHECK_FALSE(is_json("1e309"));
  CHECK_FALSE(is_json("1e400"));
  CHECK_FALSE(is_json("1e99999999999"));
  CHECK_FALSE(is_json("1E+99999999999999999999999999999999999"));
  CHECK_FALSE(is_json("0.1e99999999999999999999999999999999999"));
  CHECK(is_json("1e-99999999999"));
  CHECK(is_json("0e99999999999"));
  CHECK(is_json("0.000e+99999999999"));
  CHECK(is_json("-0"));
}

TEST_CASE("integers of 309 digits are compared with the limit digit by digit") {
  REQUIRE(largest.size() == 309);
  const std::string limit =  // 2^1024 - 2^970, halfway to the next one
      "1797693134862315807937289714053034150799341327100378269361737789804449682927647509466490179775872070963302"
      "8641669288791094655554785194040263065748867150582068190890200070838367627385484581771153176447573027006985"
      "5571366959622842914819860834936475292719074168444365510704342711559699508093042880177904174497792";
  REQUIRE(limit.size() == 309);
  CHECK(is_json(largest));
  CHECK_FALSE(is_json(limit));
  CHECK_FALSE(is_json('-' + limit));
  CHECK_FALSE(is_json(limit + ".0"));
  CHECK(is_json(limit.substr(0, 308) + '1'));
  CHECK(is_json(limit.substr(0, 308) + "1.999999"));
  CHECK_FALSE(is_json(limit.substr(0, 308) + '3'));
  CHECK(is_json(std::string(308, '9')));
  CHECK_FALSE(is_json(std::string(309, '9')));
  CHECK_FALSE(is_json('1' + std::string(309, '0')));
  CHECK(is_json('1' + std::string(308, '0')));
  CHECK(is_json("0." + std::string(400, '0') + limit + "e400"));
  CHECK_FALSE(is_json("0." + std::string(400, '0') + limit + "e709"));
  CHECK(is_json("0." + std::string(400, '0') + largest + "e709"));
}

TEST_CASE("numbers around the limit get the C library's verdict") {
  std::mt19937 random{20140514};
  const auto below = [&](unsigned n) { return static_cast<int>(random() % n); };
  for (int i = 0; i < 20'000; ++i) {
    std::string digits = "17976931348623158079372897140530341507993413271003782693617377898044496829276475094664901";
    digits.resize(static_cast<std::size_t>(below(80)) + 1);
    if (below(2) != 0)
      digits[static_cast<std::size_t>(below(static_cast<unsigned>(digits.size())))] =
          static_cast<char>('0' + below(10));
    if (digits[0] == '0') digits[0] = '1';
    const int point = below(static_cast<unsigned>(digits.size()));
    const std::string number =
        (below(2) != 0 ? "-" : "") + digits.substr(0, static_cast<std::size_t>(point) + 1) +
        (point + 1 < static_cast<int>(digits.size()) ? '.' + digits.substr(static_cast<std::size_t>(point) + 1) : "") +
        (below(2) != 0 ? "e" : "E+") + std::to_string(308 - point + below(3) - 1);
    if (exceeds_double(number) != strtod_says(number)) FAIL(number);
    if (is_json(number) == strtod_says(number)) FAIL(number);
  }
}

TEST_CASE("a number of a million digits is judged in time that grows with its length") {
  CHECK(is_json("0." + std::string(1'000'000, '1')));
  CHECK_FALSE(is_json(std::string(1'000'000, '1')));
  CHECK(is_json(std::string(1'000'000, '1') + "e-1000000"));
  CHECK(is_json('0' + ('.' + std::string(1'000'000, '0')) + "1e1000000"));
}

TEST_CASE("a number is spelled as RFC 8259 says") {
  for (const char* good : {"0", "-0", "-0.0", "10", "1.5", "1e5", "1E-5", "1e+05", "0.0e0"}) CHECK(is_json(good));
  for (const char* bad : {"",    "-",   "+1",       "01",        "-01", "1.",  ".5", "1.e5", "1e",    "1e+", "0x10",
                          "1_0", "NaN", "Infinity", "-Infinity", "1 2", "--1", "1-", "0.",   "1e5.5", "١"}) {
    CAPTURE(std::string{bad});
    CHECK_FALSE(is_json(bad));
  }
}
