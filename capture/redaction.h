// The door every text goes through before it reaches a disk or a screen. Secrets become stand-ins
// that keep equality visible ("[redacted:ab12cd34]"); with pseudonyms on, users do too
// ("user-1a2b3c4d@contoso.com"). Decoders state no secrets in the first place; this is the second
// wall, for what a server, a client or a rule says in a place where nobody expects it.
#pragma once

#include <deque>
#include <string>
#include <string_view>
#include <unordered_map>

#include "capture/pseudonyms.h"
#include "decoders/facts.h"

namespace exotap {

// Made once, used by all sinks, so that log and console have the same stand-ins. Not thread safe:
// for the analysis thread. Views that are handed out live until the next call; they point into
// what was given where nothing had to change. Linear in the text's length. Never throws but for
// memory.
class Redaction {
 public:
  // How many different names without "@" or "\" (display names, bare user names) are remembered
  // in order to find them again in sentences.
  static constexpr std::size_t kMaxLearntUsers = 64;

  explicit Redaction(bool pseudonyms = false) : Redaction(pseudonyms, Pseudonyms()) {}
  Redaction(bool pseudonyms, Pseudonyms keys) : keys_(keys), pseudonyms_(pseudonyms) {}

  // A fact's value. Fingerprints and serial numbers of certificates pass, they are public; facts
  // that hold a user become a stand-in as a whole.
  [[nodiscard]] std::string_view fact(const FactSpec& spec, std::string_view value);
  // The same where only the fact's name is known: evidence.
  [[nodiscard]] std::string_view fact(std::string_view name, std::string_view value);
  // Any text, URL, JSON or XML.
  [[nodiscard]] std::string_view text(std::string_view text);
  // A sentence of a finding. Users learnt from facts are found in it even without their domain.
  [[nodiscard]] std::string_view sentence(std::string_view text);
  // A URL's query or a form body (application/x-www-form-urlencoded).
  [[nodiscard]] std::string_view query(std::string_view query);
  // The value of a header field. Of credentials the scheme stays, of cookies their names.
  [[nodiscard]] std::string_view header(std::string_view name, std::string_view value);

  // With pseudonyms on: remembers the users these facts name, so that they are found in sentences
  // that come later. A sink calls it with every exchange.
  void learn_users(const Facts& facts);
  [[nodiscard]] bool pseudonyms() const { return pseudonyms_; }

 private:
  enum class Treatment : unsigned char { text, query, fingerprint, user };
  [[nodiscard]] static Treatment treatment_of(std::string_view fact_name);
  [[nodiscard]] Treatment treatment_of(const FactSpec& spec);
  [[nodiscard]] std::string_view treated(Treatment treatment, std::string_view value);
  [[nodiscard]] std::string_view without_users(std::string_view text);
  void replace_learnt(std::string& text) const;
  void append_cookies(std::string_view value, bool set_cookie);

  Pseudonyms keys_;
  bool pseudonyms_;
  std::unordered_map<const FactSpec*, Treatment> treatments_;
  std::deque<std::string> learnt_;  // oldest first
  std::string clean_;               // without secrets
  std::string anonymous_;           // without users, too
};

}  // namespace exotap
