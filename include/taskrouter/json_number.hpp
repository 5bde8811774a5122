#pragma once

#include <cstddef>
#include <string_view>

namespace taskrouter::detail {

/// Whether a valid JSON number rounds to infinity. Exact, and free of the C locale.
inline bool exceeds_double(std::string_view number) {
  // 2^1024 - 2^970, the smallest number that rounds up: 309 digits.
  constexpr std::string_view limit =
      "1797693134862315807937289714053034150799341327100378269361737789804449682927647509466490179775872070"
      "9633028641669288791094655554785194040263065748867150582068190890200070838367627385484581771153176447"
      "5730270069855571366959622842914819860834936475292719074168444365510704342711559699508093042880177904"
      "174497792";
  const std::size_t e = number.find_first_of("eE");
  std::string_view mantissa = number.substr(0, e);
  if (mantissa.front() == '-') mantissa.remove_prefix(1);
  long long exponent = 0;  // Of the number written as 0.digits.
  if (e != std::string_view::npos) {
    const bool negative = number[e + 1] == '-';
    for (const char c : number.substr(e + 1)) {
      if (c >= '0' && c <= '9' && exponent < 1'000'000'000'000) exponent = exponent * 10 + (c - '0');
    }
    if (negative) exponent = -exponent;
  }
  exponent += static_cast<long long>(mantissa.substr(0, mantissa.find('.')).size());
  std::size_t next = 0;
  const auto digit = [&] {  // The digits one by one, then zeros.
    if (next < mantissa.size() && mantissa[next] == '.') ++next;
    return next < mantissa.size() ? mantissa[next++] : '0';
  };
  while (next < mantissa.size() && (mantissa[next] == '0' || mantissa[next] == '.')) {
    if (mantissa[next++] == '0') --exponent;
  }
  if (next == mantissa.size() || exponent != 309) return next < mantissa.size() && exponent > 309;
  for (const char l : limit) {
    if (const char d = digit(); d != l) return d > l;
  }
  return true;
}

}  // namespace taskrouter::detail
