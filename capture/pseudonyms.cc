#include "capture/pseudonyms.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/rand.h>

#include <algorithm>
#include <stdexcept>

#include "capture/characters.h"

namespace exotap {
namespace {

constexpr std::string_view kUserMark = "user-";
constexpr std::size_t kDigits = 8;

bool is_lower_hex(char c) { return ascii::hex_digit(c) >= 0 && !ascii::is_upper(c); }

// The tag keeps a user's stand-in from being the one of a secret with the same text.
void append_digits(std::string& out, const Pseudonyms::Key& key, char tag, std::string_view value) {
  std::string tagged(1, tag);
  tagged.append(value);
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned int size = 0;
  HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()),
       reinterpret_cast<const unsigned char*>(tagged.data()), tagged.size(), digest.data(), &size);
  for (std::size_t i = 0; i < kDigits / 2; ++i) {
    out.push_back("0123456789abcdef"[digest[i] >> 4U]);
    out.push_back("0123456789abcdef"[digest[i] & 0xFU]);
  }
}

}  // namespace

Pseudonyms::Pseudonyms() : key_{} {
  if (RAND_bytes(key_.data(), static_cast<int>(key_.size())) != 1) {
    throw std::runtime_error("no random key for redaction: the system gives no randomness");
  }
}

void Pseudonyms::append_secret(std::string& out, std::string_view value) const {
  out.append(kRedactedMark).push_back(':');
  append_digits(out, key_, 's', value);
  out.push_back(']');
}

void Pseudonyms::append_user(std::string& out, std::string_view user) const {
  std::string lower(user);
  std::transform(lower.begin(), lower.end(), lower.begin(), ascii::lower);
  out.append(kUserMark);
  append_digits(out, key_, 'u', lower);
}

bool is_secret_pseudonym(std::string_view text) {
  if (!text.starts_with(kRedactedMark) || !text.ends_with(']')) return false;
  text.remove_prefix(kRedactedMark.size());
  text.remove_suffix(1);
  if (text.empty()) return true;  // a decoder's
  return text.size() == kDigits + 1 && text.front() == ':' &&
         std::all_of(text.begin() + 1, text.end(), is_lower_hex);
}

bool is_user_pseudonym(std::string_view text) {
  return text.size() == kUserMark.size() + kDigits && text.starts_with(kUserMark) &&
         std::all_of(text.begin() + kUserMark.size(), text.end(), is_lower_hex);
}

}  // namespace exotap
