#include "certs/extensions.h"

#include <openssl/rand.h>

#include <algorithm>

#include "certs/names.h"

namespace exotap {
namespace {

// An address and a mask of zeros hold every address of the family.
constexpr int kIpv4Subtree = 8;
constexpr int kIpv6Subtree = 32;
constexpr std::array<unsigned char, kIpv6Subtree> kZeros{};

GeneralNamePtr dns_name(std::string_view text) {
  GeneralNamePtr name(GENERAL_NAME_new());
  std::unique_ptr<ASN1_IA5STRING, OpensslFree<ASN1_IA5STRING_free>> value(ASN1_IA5STRING_new());
  if (!name || !value ||
      ASN1_STRING_set(value.get(), text.data(), static_cast<int>(text.size())) != 1) {
    return nullptr;
  }
  GENERAL_NAME_set0_value(name.get(), GEN_DNS, value.release());
  return name;
}

GeneralNamePtr every_address(int subtree_size) {
  GeneralNamePtr name(GENERAL_NAME_new());
  std::unique_ptr<ASN1_OCTET_STRING, OpensslFree<ASN1_OCTET_STRING_free>> value(
      ASN1_OCTET_STRING_new());
  if (!name || !value || ASN1_OCTET_STRING_set(value.get(), kZeros.data(), subtree_size) != 1) {
    return nullptr;
  }
  GENERAL_NAME_set0_value(name.get(), GEN_IPADD, value.release());
  return name;
}

bool push(STACK_OF(GENERAL_SUBTREE) * *trees, GeneralNamePtr name) {
  if (*trees == nullptr) *trees = sk_GENERAL_SUBTREE_new_null();
  GENERAL_SUBTREE* tree = GENERAL_SUBTREE_new();
  if (*trees == nullptr || tree == nullptr || !name) {
    GENERAL_SUBTREE_free(tree);
    return false;
  }
  GENERAL_NAME_free(tree->base);
  tree->base = name.release();
  if (sk_GENERAL_SUBTREE_push(*trees, tree) > 0) return true;
  GENERAL_SUBTREE_free(tree);
  return false;
}

bool excludes_family(const NAME_CONSTRAINTS* constraints, int subtree_size) {
  for (int i = 0; i < sk_GENERAL_SUBTREE_num(constraints->excludedSubtrees); ++i) {
    const GENERAL_NAME* base = sk_GENERAL_SUBTREE_value(constraints->excludedSubtrees, i)->base;
    if (base->type != GEN_IPADD || ASN1_STRING_length(base->d.iPAddress) != subtree_size) continue;
    const unsigned char* bytes = ASN1_STRING_get0_data(base->d.iPAddress);
    if (std::equal(bytes, bytes + subtree_size, kZeros.begin())) return true;
  }
  return false;
}

}  // namespace

ExtensionPtr make_extension(int nid, const std::string& value, X509* issuer, X509* subject) {
  X509V3_CTX context;
  X509V3_set_ctx_nodb(&context);
  X509V3_set_ctx(&context, issuer, subject, nullptr, nullptr, 0);
  return ExtensionPtr(X509V3_EXT_conf_nid(nullptr, &context, nid, value.c_str()));
}

ExtensionPtr make_alternative_names(std::span<const std::string> dns_names) {
  const GeneralNamesPtr names(GENERAL_NAMES_new());
  if (!names) return nullptr;
  for (const std::string& text : dns_names) {
    GeneralNamePtr name = dns_name(text);
    if (!name || sk_GENERAL_NAME_push(names.get(), name.get()) <= 0) return nullptr;
    (void)name.release();  // the stack owns it now
  }
  return ExtensionPtr(X509V3_EXT_i2d(NID_subject_alt_name, 0, names.get()));
}

ExtensionPtr make_name_constraints(std::span<const std::string> dns_names) {
  const NameConstraintsPtr constraints(NAME_CONSTRAINTS_new());
  if (!constraints) return nullptr;
  for (const std::string& name : dns_names) {
    if (!push(&constraints->permittedSubtrees, dns_name(name))) return nullptr;
  }
  if (!push(&constraints->excludedSubtrees, every_address(kIpv4Subtree)) ||
      !push(&constraints->excludedSubtrees, every_address(kIpv6Subtree))) {
    return nullptr;
  }
  return ExtensionPtr(X509V3_EXT_i2d(NID_name_constraints, 1, constraints.get()));
}

std::optional<std::vector<std::string>> read_name_constraints(const X509* certificate) {
  int critical = 0;
  const NameConstraintsPtr constraints(static_cast<NAME_CONSTRAINTS*>(
      X509_get_ext_d2i(certificate, NID_name_constraints, &critical, nullptr)));
  if (!constraints || critical != 1 || !excludes_family(constraints.get(), kIpv4Subtree) ||
      !excludes_family(constraints.get(), kIpv6Subtree)) {
    return std::nullopt;
  }
  std::vector<std::string> names;
  for (int i = 0; i < sk_GENERAL_SUBTREE_num(constraints->permittedSubtrees); ++i) {
    const GENERAL_NAME* base = sk_GENERAL_SUBTREE_value(constraints->permittedSubtrees, i)->base;
    if (base->type != GEN_DNS) continue;
    std::string name(reinterpret_cast<const char*>(ASN1_STRING_get0_data(base->d.dNSName)),
                     static_cast<std::size_t>(ASN1_STRING_length(base->d.dNSName)));
    // An empty name permits everything (RFC 5280: zero or more labels added to the left).
    if (!is_host_name(name)) return std::nullopt;
    names.push_back(normalise_host(name));
  }
  if (names.empty()) return std::nullopt;
  std::ranges::sort(names);
  return names;
}

bool add(X509* certificate, const ExtensionPtr& extension) {
  return extension && X509_add_ext(certificate, extension.get(), -1) == 1;
}

bool set_random_serial(X509* certificate) {
  std::array<unsigned char, 16> random{};
  if (RAND_bytes(random.data(), static_cast<int>(random.size())) != 1) return false;
  random[0] = static_cast<unsigned char>((random[0] & 0x7F) | 0x40);  // positive, full length
  ASN1_INTEGER* serial = X509_get_serialNumber(certificate);
  return ASN1_STRING_set(serial, random.data(), static_cast<int>(random.size())) == 1;
}

}  // namespace exotap
