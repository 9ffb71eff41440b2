// What certutil prints, and what lies in trust stores: names in it come from whoever made the
// certificates.
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "certs/certificate_files.h"
#include "certs/exotap_root.h"
#include "certs/known_interceptors.h"
#include "certs/trust_store_nss.h"

namespace {

void require(bool holds) {
  if (!holds) std::abort();
}

bool is_sha256(const std::string& text) {
  return text.size() == 64 && text.find_first_not_of("0123456789abcdef") == std::string::npos;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto entries = exotap::parse_nss_list(text);
  require(entries.size() <= exotap::kMaxNssEntries);
  for (const exotap::NssEntry& entry : entries) {
    require(!entry.nickname.empty() && entry.nickname.find('\n') == std::string::npos);
    require(std::count(entry.flags.begin(), entry.flags.end(), ',') == 2);
    // What was read is what would be read of it alone.
    require(exotap::parse_nss_list(entry.nickname + " " + entry.flags) ==
            std::vector<exotap::NssEntry>{entry});
  }
  for (const std::string& trusted : exotap::parse_nss_trusted(text)) require(is_sha256(trusted));
  if (const auto hex = exotap::parse_fingerprint(text)) {
    require(is_sha256(*hex));
    require(exotap::parse_fingerprint(exotap::fingerprint_text(*hex)) == *hex);
  }
  const auto certificates = exotap::certificates_in(text);
  require(certificates.size() <= exotap::kMaxBundleCertificates);
  for (const exotap::X509Ptr& one : certificates) {
    require(is_sha256(exotap::sha256_of(one.get())));
    (void)exotap::machine_of_root(one.get());
    (void)exotap::recognise_interceptor(one.get());
  }
  return 0;
}
