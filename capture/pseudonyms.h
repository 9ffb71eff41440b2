// What stands in the place of a secret or of a user: the same stand-in for the same value, so that
// a reader still sees what is equal, and no way back to the value.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace exotap {

// Stand-ins are the first 32 bits of HMAC-SHA256 (RFC 2104) under a key that exists in this
// process only, is made anew in every run and is never written: short passwords cannot be guessed
// from their stand-in, and stand-ins of two runs cannot be compared.
// One object serves all sinks, so that log and console say the same. Const calls are thread safe.
class Pseudonyms {
 public:
  using Key = std::array<std::uint8_t, 32>;

  Pseudonyms();  // a random key; throws std::runtime_error where the system gives no randomness
  explicit Pseudonyms(const Key& key) : key_(key) {}  // a known key, for tests

  // "[redacted:ab12cd34]"
  void append_secret(std::string& out, std::string_view value) const;
  // "user-1a2b3c4d", the same for "Ada" and "ada": mail and domain log-ons ignore case.
  void append_user(std::string& out, std::string_view user) const;

 private:
  Key key_;
};

// What every stand-in for a secret begins with; what decoders write in its place does, too.
inline constexpr std::string_view kRedactedMark = "[redacted";

// Whether `text` is a stand-in already, and nothing else: what is redacted stays as it is.
[[nodiscard]] bool is_secret_pseudonym(std::string_view text);
[[nodiscard]] bool is_user_pseudonym(std::string_view text);

}  // namespace exotap
