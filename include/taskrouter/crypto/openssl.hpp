#pragma once

#include <openssl/evp.h>
#include <openssl/params.h>

#include <array>
#include <cstddef>
#include <memory>
#include <optional>
#include <string_view>

#include "taskrouter/crypto.hpp"

namespace taskrouter {

/// Digests by OpenSSL 3. Make one and share it: its functions may be called from several threads.
/// Each answers nullopt where OpenSSL refuses, as it does with SHA-1 under some policies.
class OpenSslCrypto {
 public:
  OpenSslCrypto() : hmac_sha1_{prepared_hmac("SHA1")}, hmac_sha256_{prepared_hmac("SHA256")} {
    sha256_.reset(EVP_MD_fetch(nullptr, "SHA256", nullptr));
  }

  /// See Crypto.
  std::optional<Sha1Digest> hmac_sha1(std::string_view key, std::string_view text) const {
    return hmac<Sha1Digest>(hmac_sha1_.get(), key, text);
  }

  /// See Crypto.
  std::optional<Sha256Digest> hmac_sha256(std::string_view key, std::string_view text) const {
    return hmac<Sha256Digest>(hmac_sha256_.get(), key, text);
  }

  /// See Crypto.
  std::optional<Sha256Digest> sha256(std::string_view text) const {
    Sha256Digest digest{};
    if (!sha256_ || EVP_Digest(text.data(), text.size(), digest.data(), nullptr, sha256_.get(), nullptr) != 1) {
      return std::nullopt;
    }
    return digest;
  }

 private:
  struct Free {
    void operator()(EVP_MAC* mac) const { EVP_MAC_free(mac); }
    void operator()(EVP_MAC_CTX* context) const { EVP_MAC_CTX_free(context); }
    void operator()(EVP_MD* digest) const { EVP_MD_free(digest); }
  };
  using Hmac = std::unique_ptr<EVP_MAC_CTX, Free>;

  /// To look an algorithm up takes OpenSSL longer than to use it, so it is done once.
  static Hmac prepared_hmac(const char* digest) {
    const std::unique_ptr<EVP_MAC, Free> algorithm{EVP_MAC_fetch(nullptr, "HMAC", nullptr)};
    if (!algorithm) return nullptr;
    Hmac context{EVP_MAC_CTX_new(algorithm.get())};
    const std::array parameters{OSSL_PARAM_construct_utf8_string("digest", const_cast<char*>(digest), 0),
                                OSSL_PARAM_construct_end()};
    if (!context || EVP_MAC_CTX_set_params(context.get(), parameters.data()) != 1) return nullptr;
    return context;
  }

  template <class Digest>
  static std::optional<Digest> hmac(const EVP_MAC_CTX* prepared, std::string_view key, std::string_view text) {
    const auto bytes = [](std::string_view view) {
      return reinterpret_cast<const unsigned char*>(view.empty() ? "" : view.data());
    };
    const Hmac context{prepared == nullptr ? nullptr : EVP_MAC_CTX_dup(prepared)};
    Digest digest{};
    std::size_t size = 0;
    if (!context || EVP_MAC_init(context.get(), bytes(key), key.size(), nullptr) != 1 ||
        EVP_MAC_update(context.get(), bytes(text), text.size()) != 1 ||
        EVP_MAC_final(context.get(), digest.data(), &size, digest.size()) != 1 || size != digest.size()) {
      return std::nullopt;
    }
    return digest;
  }

  Hmac hmac_sha1_;
  Hmac hmac_sha256_;
  std::unique_ptr<EVP_MD, Free> sha256_;
};

}  // namespace taskrouter
