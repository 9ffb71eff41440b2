// The authority: a root that clients trust, and one issuing certificate under it that can sign
// only for the names it was made for.
//
// The root's key signs the issuing certificate and is destroyed at once; it never reaches a disk.
// The issuing certificate carries critical name constraints (RFC 5280 section 4.2.1.10: these DNS
// names, no address), pathLen:0 and serverAuth, so that clients refuse what it might sign beyond.
//
// In its folder (0700): ca.pem, the root, the only file clients need; issuing.pem, which also
// holds the names; issuing.key (0600); root.crl, the root's list of revoked certificates: empty.
//
// Thread safety: immutable once made; any thread may read.
#pragma once

#include <chrono>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "capture/exchange.h"
#include "certs/openssl.h"
#include "certs/outcome.h"

namespace exotap {

inline constexpr std::chrono::days kIssuingLife{90};
inline constexpr std::chrono::days kRootLife{91};  // outlives what it signed, by a day
inline constexpr std::chrono::days kShortestLife{1};
inline constexpr std::chrono::days kLongestLife{
    397};  // a year and a month: a lost machine is forgotten
inline constexpr std::chrono::days kBackdated{1};  // for clients whose clock runs late

// Every authority also covers the names below this one, which no resolver knows (RFC 6761 section
// 6.4): a leaf that repeats a server's wrong name carries it in front of this suffix, so that
// clients complain about the name and not about the constraints.
inline constexpr std::string_view kWrongNameSuffix = "wrong-name.exotap.invalid";

class Authority {
 public:
  // What clients are to trust. Written last and removed first: where it is, all is.
  static constexpr const char* kRootFile = "ca.pem";

  enum class Replace : bool { no, yes };

  // Makes a new one for these names in `dir`, which is made if need be. An existing one is an
  // error unless it is to be replaced: whoever trusts the old root must then trust the new one.
  // May be called by several processes at once: the first one makes it. `life`: from kShortestLife
  // to kLongestLife.
  [[nodiscard]] static Outcome<Authority> create(const std::filesystem::path& dir,
                                                 std::span<const std::string> names,
                                                 Replace replace,
                                                 WallTime now = std::chrono::system_clock::now(),
                                                 std::chrono::days life = kIssuingLife);

  // Reads the one in `dir`: an error where there is none, where it has expired, is damaged,
  // belongs to somebody else, is open to others, or is not constrained.
  [[nodiscard]] static Outcome<Authority> open(const std::filesystem::path& dir,
                                               WallTime now = std::chrono::system_clock::now());

  // Reads the one in `dir`, makes it where there is none yet, and makes it anew where it has
  // expired (for its old names and these); notice() then says so. An existing one is never
  // replaced because names are missing: ask missing_names().
  [[nodiscard]] static Outcome<Authority> open_or_create(
      const std::filesystem::path& dir, std::span<const std::string> names,
      WallTime now = std::chrono::system_clock::now());

  // Which of these names it may not sign for; they need a new authority.
  [[nodiscard]] std::vector<std::string> missing_names(std::span<const std::string> wanted) const;
  // Whether clients accept what it signs for this host. Never for an address.
  [[nodiscard]] bool may_sign_for(std::string_view host) const;

  [[nodiscard]] X509* root() const { return root_.get(); }
  [[nodiscard]] X509* issuing() const { return issuing_.get(); }
  [[nodiscard]] EVP_PKEY* issuing_key() const { return key_.get(); }
  [[nodiscard]] std::string root_pem() const;
  // The lists of revoked certificates of root and issuing certificate (DER): empty ones
  // (certs/revocation_list.h). Of the root, none where an older exotap made the authority.
  [[nodiscard]] std::string root_list() const { return root_list_; }
  [[nodiscard]] std::string issuing_list(WallTime now) const;
  [[nodiscard]] std::string subject() const;      // of the root, RFC 4514
  [[nodiscard]] std::string fingerprint() const;  // of the root, SHA-256, "AB:CD:…"
  [[nodiscard]] WallTime not_after() const;       // of the issuing certificate
  // Lower case, sorted; read from the issuing certificate itself.
  [[nodiscard]] const std::vector<std::string>& permitted_names() const { return permitted_; }
  [[nodiscard]] std::filesystem::path root_file() const;
  // One line for people about what open_or_create() did; empty where it only read.
  [[nodiscard]] const std::string& notice() const { return notice_; }

 private:
  struct Reading;
  Authority() = default;
  static Reading read(const std::filesystem::path& dir, WallTime now);
  static Outcome<Authority> make(const std::filesystem::path& dir,
                                 std::span<const std::string> permitted, WallTime now,
                                 std::chrono::days life = kIssuingLife);

  X509Ptr root_;
  X509Ptr issuing_;
  KeyPtr key_;
  std::string root_list_;
  std::vector<std::string> permitted_;
  std::filesystem::path dir_;
  std::string notice_;
};

}  // namespace exotap
