// Certificates come from servers, and what they say goes on: into records, and into the leaf that
// repeats their faults.
#include <cstdint>
#include <cstdlib>
#include <span>
#include <string>
#include <vector>

#include "certs/authority.h"
#include "certs/certificate.h"
#include "certs/leaf_shape.h"
#include "certs/names.h"

namespace {

using exotap::CertificateProblem;
using exotap::CertificateRecord;

constexpr const char* kHost = "sts.contoso.com";

void require(bool holds) {
  if (!holds) std::abort();
}

void check_text(const std::string& text) {
  require(text.size() <= exotap::kMaxCertificateText);
  for (const char c : text) require(static_cast<unsigned char>(c) >= 0x20 && c != 0x7F);
}

void check(const CertificateRecord& record) {
  for (const std::string* text :
       {&record.subject, &record.subject_common_name, &record.subject_organization, &record.issuer,
        &record.issuer_common_name, &record.issuer_organization, &record.key_type}) {
    check_text(*text);
  }
  for (const std::string& name : record.dns_names) check_text(name);
  require(record.dns_names.size() <= exotap::kMaxAlternativeNames);
  require(record.ip_addresses.size() <= exotap::kMaxAlternativeNames);
  require(record.serial.size() <= exotap::kMaxSerialDigits);
  require(record.sha256.size() == 64);
}

// Whatever the server's names are, ours are ones we may sign, and never the host's.
void check_mirror(const CertificateRecord& record) {
  const std::vector<std::string> permitted = {"contoso.com", std::string(exotap::kWrongNameSuffix)};
  exotap::TlsRecord tls;
  tls.chain = {record};
  tls.problems = {CertificateProblem::wrong_name, CertificateProblem::expired};
  const exotap::LeafShape shape = exotap::shape_like(tls, kHost, permitted);
  require(!shape.sound() && !shape.dns_names.empty());
  for (const std::string& name : shape.dns_names) {
    const bool wildcard = name.starts_with("*.");
    require(exotap::covered(wildcard ? name.substr(2) : name, permitted) && name != kHost);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (const auto record = exotap::describe_der({data, size})) {
    check(*record);
    check_mirror(*record);
  }
  // The same bytes as a name somebody asks for.
  const std::string text(reinterpret_cast<const char*>(data), size);
  const auto list = exotap::permitted_list(std::vector<std::string>{text});
  if (list && !list->empty()) require(exotap::covered(list->front(), *list));
  require(!exotap::is_host_name(text) || !exotap::is_address(text));
  return 0;
}
