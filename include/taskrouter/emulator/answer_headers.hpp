#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "taskrouter/headers.hpp"

namespace taskrouter::emulator {

/// The ETag of a record: how often it was changed, in quotes.
inline std::string etag(std::int64_t revision) {
  std::string tag{'"'};
  tag.append(std::to_string(revision)).push_back('"');
  return tag;
}

/// The headers of answers. Answers with the same ETag share one list, so that most cost no allocation.
class AnswerHeaders {
 public:
  /// Those of an answer that is JSON. `revision` is that of the record it shows, if that has an ETag.
  Headers of(std::optional<std::int64_t> revision) {
    if (!revision) return without_etag_;
    const auto place = static_cast<std::size_t>(*revision);
    if (place >= most) return with_etag(*revision);
    while (by_revision_.size() <= place) {
      by_revision_.push_back(with_etag(static_cast<std::int64_t>(by_revision_.size())));
    }
    return by_revision_[place];
  }

 private:
  static constexpr std::size_t most = 64;

  static Headers with_etag(std::int64_t revision) {
    return {{"Content-Type", "application/json"}, {"ETag", etag(revision)}};
  }

  const Headers without_etag_{{"Content-Type", "application/json"}};
  std::vector<Headers> by_revision_{};
};

}  // namespace taskrouter::emulator
