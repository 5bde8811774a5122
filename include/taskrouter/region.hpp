#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

// Twilio's hosts name the edge where traffic enters and the region where data is kept:
// `{product}.{edge}.{region}.twilio.com`. https://www.twilio.com/docs/global-infrastructure

namespace taskrouter::detail {

/// A host of the form `{product}[.{edge}][.{region}].{domain}`, taken apart.
struct RegionalHost {
  std::string_view product{};
  std::string_view edge{};
  std::string_view region{};
  std::string_view domain{};  ///< Two labels: `twilio.com`.
};

/// The parts of a host, or nullopt where it has no place for edge and region: an IP address, or a name of fewer
/// than three labels or more than five.
inline std::optional<RegionalHost> split_host(std::string_view host) {
  std::array<std::string_view, 5> labels;
  std::size_t count = 0;
  for (std::string_view rest = host;;) {
    const std::size_t end = std::min(rest.find('.'), rest.size());
    if (end == 0 || count == labels.size()) return std::nullopt;
    labels[count++] = rest.substr(0, end);
    if (end == rest.size()) break;
    rest.remove_prefix(end + 1);
  }
  const std::string_view top = labels[count - 1];
  if (count < 3 || top.find_first_not_of("0123456789") == std::string_view::npos) return std::nullopt;
  RegionalHost parts{.product = labels[0],
                     .domain = host.substr(host.size() - top.size() - labels[count - 2].size() - 1)};
  if (count == 5) parts.edge = labels[1];
  if (count > 3) parts.region = labels[count - 3];
  return parts;
}

/// The host in a URL, without scheme, port and path.
inline std::string_view host_of(std::string_view url) {
  const std::size_t scheme = url.find("://");
  const std::size_t host = scheme == std::string_view::npos ? 0 : scheme + 3;
  return url.substr(host, url.find_first_of(":/", host) - host);
}

/// The URL with its host moved to `edge` and `region`. Where one is empty, the host's own stays; an edge alone
/// is in front of Twilio's first region, us1. A host without a place for them is left as it is.
inline std::string regional_url(std::string_view url, std::string_view edge, std::string_view region) {
  if (edge.empty() && region.empty()) return std::string{url};
  const std::string_view host = host_of(url);
  const auto parts = split_host(host);
  if (!parts) return std::string{url};
  if (edge.empty()) edge = parts->edge;
  if (region.empty()) region = parts->region.empty() ? "us1" : parts->region;
  std::string moved{url.begin(), host.begin()};
  moved.append(parts->product).append(edge.empty() ? "" : ".").append(edge).append(".").append(region);
  return moved.append(".").append(parts->domain).append(host.end(), url.end());
}

/// Whether the URL becomes `base_url` in the edge and the region of `base_url`.
inline bool is_same_but_for_region(std::string_view url, std::string_view base_url) {
  const auto here = split_host(host_of(base_url));
  return here && regional_url(url, here->edge, here->region) == base_url;
}

/// Whether `text` can be an edge or a region: a label of a host name.
inline bool is_host_label(std::string_view text) {
  const auto is_letter = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  };
  for (const char c : text) {
    if (!is_letter(c) && c != '-') return false;
  }
  return !text.empty() && text.size() <= 63 && is_letter(text.front()) && is_letter(text.back());
}

}  // namespace taskrouter::detail
