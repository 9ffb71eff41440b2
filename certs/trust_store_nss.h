// The NSS database of a browser (Chromium's, a Firefox profile), by way of NSS's own certutil.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "certs/trust_store.h"

namespace exotap {

// What `certutil -L` prints a line of.
struct NssEntry {
  std::string nickname;
  std::string flags;  // "C,,": of SSL, mail, code
  [[nodiscard]] bool operator==(const NssEntry&) const = default;
};
inline constexpr std::size_t kMaxNssEntries = 1024;
[[nodiscard]] std::vector<NssEntry> parse_nss_list(std::string_view output);

// The flags' first part says that servers are trusted by this authority.
[[nodiscard]] bool trusts_servers(std::string_view flags);

// Which of the certificates that `certutil -L -n NICKNAME` describes are trusted authorities of
// servers, by SHA-256 in hex: several can share a subject, and then its list tells too little.
[[nodiscard]] std::vector<std::string> parse_nss_trusted(std::string_view output);

class NssStore : public TrustStore {
 public:
  // `database`: the folder that holds cert9.db. `certutil`: its file. `scratch`: a folder of the
  // caller's, readable by this user only, that lives as long as the store.
  NssStore(std::filesystem::path database, std::string certutil, std::filesystem::path scratch,
           RunProgram run);

  [[nodiscard]] const std::string& name() const override { return name_; }
  [[nodiscard]] Outcome<std::vector<StoredRoot>> roots() override;
  [[nodiscard]] Outcome<bool> install(X509* root) override;
  [[nodiscard]] Outcome<bool> remove(const std::string& sha256) override;

  // Makes an empty database without a password where there is none. Empty, or why not.
  [[nodiscard]] std::string make();

 private:
  struct Certificate {
    NssEntry entry;
    X509Ptr certificate;
    std::string sha256;
  };
  using Content = std::vector<Certificate>;

  [[nodiscard]] ProgramResult certutil(std::vector<std::string> words);
  [[nodiscard]] Outcome<Content> content();
  [[nodiscard]] std::string add(X509* certificate, const NssEntry& entry);
  [[nodiscard]] std::string put_back(const Content& before, const std::string& but_not);
  [[nodiscard]] static std::string free_nickname(const Content& content, const std::string& sha256);

  const std::filesystem::path database_;
  const std::string certutil_;
  const std::filesystem::path scratch_;
  const RunProgram run_;
  const std::string name_;
};

}  // namespace exotap
