#include "capture/story_tls.h"

#include <array>
#include <charconv>
#include <cstdint>

#include "capture/story_fields.h"

namespace exotap::story {
namespace {

using namespace std::string_view_literals;

constexpr std::array kTlsKeys = {"version"sv,        "cipher"sv,
                                 "alpn"sv,           "sni"sv,
                                 "client_alpn"sv,    "client_max_version"sv,
                                 "client_version"sv, "attempted"sv,
                                 "established"sv,    "client_established"sv,
                                 "resumed"sv,        "alert"sv,
                                 "client_alert"sv,   "problems"sv,
                                 "detail"sv,         "chain"sv,
                                 "shown_binding"sv,  "server_binding"sv,
                                 "staple"sv};

constexpr std::array kStapleKeys = {"status"sv,      "verified"sv,   "this_update"sv,
                                    "next_update"sv, "revoked_at"sv, "reason"sv};

constexpr std::array kCertificateKeys = {
    "subject_cn"sv, "subject_o"sv,   "issuer_cn"sv, "issuer_o"sv,  "names"sv, "addresses"sv,
    "not_before"sv, "not_after"sv,   "serial"sv,    "sha256"sv,    "key"sv,   "key_bits"sv,
    "signature"sv,  "self_signed"sv, "ca"sv,        "issuer_url"sv};

constexpr Word<CertificateProblem> kProblems[] = {
    {"expired", CertificateProblem::expired},
    {"not_yet_valid", CertificateProblem::not_yet_valid},
    {"wrong_name", CertificateProblem::wrong_name},
    {"self_signed", CertificateProblem::self_signed},
    {"untrusted_issuer", CertificateProblem::untrusted_issuer},
    {"incomplete_chain", CertificateProblem::incomplete_chain},
    {"wrong_usage", CertificateProblem::wrong_usage},
    {"weak", CertificateProblem::weak},
    {"revoked", CertificateProblem::revoked},
    {"other", CertificateProblem::other},
};

constexpr std::int64_t kDefaultNotBefore = 1748736000;  // 2025-06-01
constexpr std::int64_t kDefaultNotAfter = 1811808000;   // 2027-06-01

std::string distinguished_name(const std::string& common_name, const std::string& organization) {
  std::string name = "CN=" + common_name;
  if (!organization.empty()) name += ",O=" + organization;
  return name;
}

// 64 hexadecimal digits that tell two written certificates apart. A story has no DER to hash, and
// nothing here is secret: FNV-1a, four times with another start.
std::string made_up_fingerprint(const std::string& text) {
  std::string digits;
  for (std::uint64_t round = 0; round < 4; ++round) {
    std::uint64_t hash = 0xCBF29CE484222325ULL + round;
    for (const char c : text) {
      hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001B3ULL;
    }
    for (int shift = 60; shift >= 0; shift -= 4) digits += "0123456789abcdef"[(hash >> shift) & 15];
  }
  return digits;
}

void read_validity(const Fields& fields, CertificateRecord& made) {
  made.not_before =
      fields.has("not_before") ? read_time(fields.child("not_before")) : kDefaultNotBefore;
  made.not_after =
      fields.has("not_after") ? read_time(fields.child("not_after")) : kDefaultNotAfter;
}

void read_identity(const Fields& fields, CertificateRecord& made) {
  made.serial = fields.text("serial", "01");
  std::string everything = made.subject + '|' + made.issuer + '|' + made.serial + '|' +
                           std::to_string(made.not_before) + '|' + std::to_string(made.not_after);
  for (const std::string& name : made.dns_names) everything += '|' + name;
  made.sha256 = fields.text("sha256");
  if (made.sha256.empty()) made.sha256 = made_up_fingerprint(everything);
}

CertificateRecord read_certificate(const YAML::Node& node) {
  const Fields fields(node, "a certificate", kCertificateKeys);
  CertificateRecord made;
  made.subject_common_name = fields.text("subject_cn");
  made.subject_organization = fields.text("subject_o");
  made.issuer_common_name = fields.text("issuer_cn", made.subject_common_name);
  made.issuer_organization = fields.text("issuer_o");
  made.subject = distinguished_name(made.subject_common_name, made.subject_organization);
  made.issuer = distinguished_name(made.issuer_common_name, made.issuer_organization);
  made.is_ca = fields.yes("ca", false);
  made.dns_names = fields.texts("names");
  if (!fields.has("names") && !made.is_ca) made.dns_names = {made.subject_common_name};
  made.ip_addresses = fields.texts("addresses");
  made.self_signed = fields.yes("self_signed", made.subject == made.issuer);
  made.has_issuer_url = fields.yes("issuer_url", false);
  made.key_type = fields.text("key", "EC");
  made.key_bits = static_cast<int>(fields.number("key_bits", 256, 65536));
  made.signature_algorithm = fields.text("signature", "ecdsa-with-SHA256");
  read_validity(fields, made);
  read_identity(fields, made);
  return made;
}

Chain read_chain(const YAML::Node& node) {
  Chain chain;
  const std::size_t size = list_size(node, kMaxChainLength);
  for (std::size_t i = 0; i < size; ++i) chain.push_back(read_certificate(node[i]));
  return chain;
}

Chain find_chain(const YAML::Node& node, const Chains& chains) {
  if (!node.IsDefined() || node.IsNull()) return {};
  if (node.IsSequence()) return read_chain(node);
  const auto found = chains.find(Fields::scalar(node));
  if (found == chains.end()) {
    fail(node, "there is no chain '" + Fields::scalar(node) + "' (add it to the story's chains)");
  }
  return found->second;
}

std::optional<ChannelBinding> read_binding(const Fields& fields, std::string_view key) {
  if (!fields.has(key)) return std::nullopt;
  const std::string digits = fields.text(key);
  ChannelBinding binding{};
  const auto wrong = [&]() {
    fail(fields.child(key), std::string(key) + " is no channel binding (write 32 hex digits)");
  };
  if (digits.size() != 2 * binding.size()) wrong();
  for (std::size_t i = 0; i < binding.size(); ++i) {
    const char* at = digits.data() + 2 * i;
    const auto [end, error] = std::from_chars(at, at + 2, binding[i], 16);
    if (error != std::errc{} || end != at + 2) wrong();
  }
  return binding;
}

void read_problems(const Fields& fields, TlsRecord& tls) {
  const YAML::Node list = fields.child("problems");
  const std::size_t size = list_size(list, std::size(kProblems));
  for (std::size_t i = 0; i < size; ++i) {
    tls.problems.push_back(
        Fields::find_word(list[i], std::span<const Word<CertificateProblem>>(kProblems)));
  }
  if (size > 0 && tls.chain.empty()) {
    fail(list, "a certificate problem needs a received certificate (say the chain)");
  }
}

void read_staple(const Fields& fields, TlsRecord& tls) {
  if (!fields.has("staple")) return;
  if (tls.chain.empty()) {
    fail(fields.child("staple"), "a staple is about a received certificate (say the chain)");
  }
  const Fields said(fields.child("staple"), "staple", kStapleKeys);
  const auto moment = [&](std::string_view key) {
    return said.has(key) ? read_time(said.child(key)) : 0;
  };
  StapleRecord staple;
  staple.status = said.text("status", "good");
  staple.verified = said.yes("verified", staple.status == "revoked");
  staple.this_update = moment("this_update");
  staple.next_update = moment("next_update");
  staple.revoked_at = moment("revoked_at");
  staple.reason = said.text("reason");
  tls.staple = std::move(staple);
}

}  // namespace

Chains read_chains(const YAML::Node& node) {
  Chains chains;
  if (!node.IsDefined() || node.IsNull()) return chains;
  if (!node.IsMap()) fail(node, "chains is no mapping (write NAME: [CERTIFICATE, ...])");
  if (node.size() > kMaxChains) fail(node, "more chains than are read (make it shorter)");
  for (const auto& entry : node) {
    if (!chains.emplace(Fields::scalar(entry.first), read_chain(entry.second)).second) {
      fail(entry.first, "this chain is there twice (keep one)");
    }
  }
  return chains;
}

TlsRecord read_tls(const YAML::Node& node, const Chains& chains, bool faulted) {
  TlsRecord tls;
  if (!node.IsDefined() || node.IsNull()) return tls;
  const Fields fields(node, "tls", kTlsKeys);
  tls.attempted = fields.yes("attempted", true);
  tls.alert_received = fields.text("alert");
  tls.client_alert = fields.text("client_alert");
  tls.chain = find_chain(fields.child("chain"), chains);
  read_problems(fields, tls);
  tls.verify_detail = fields.text("detail");
  read_staple(fields, tls);
  tls.established = fields.yes("established", tls.attempted && !faulted);
  tls.client_established =
      fields.yes("client_established", tls.established && tls.client_alert.empty());
  tls.resumed = fields.yes("resumed", false);
  tls.version = fields.text("version", tls.established ? "1.3" : "");
  tls.cipher = fields.text("cipher");
  tls.alpn = fields.text("alpn");
  tls.client_sni = fields.text("sni");
  tls.client_alpn = fields.texts("client_alpn");
  tls.client_max_version = fields.text("client_max_version");
  tls.client_version = fields.text("client_version");
  tls.shown_binding = read_binding(fields, "shown_binding");
  tls.server_binding = read_binding(fields, "server_binding");
  return tls;
}

}  // namespace exotap::story
