#include "certs/exotap_root.h"

#include <openssl/asn1.h>
#include <openssl/err.h>
#include <openssl/objects.h>

#include <algorithm>
#include <memory>

#include "certs/authority.h"
#include "certs/authority_files.h"
#include "certs/certificate.h"
#include "certs/certificate_files.h"

namespace exotap {
namespace {

constexpr std::size_t kMaxMachine = 20;  // a common name has 64 characters at most
constexpr std::size_t kSha256Digits = 64;

using CommentPtr = std::unique_ptr<ASN1_IA5STRING, OpensslFree<ASN1_IA5STRING_free>>;

bool has_comment(const X509* certificate) {
  const CommentPtr comment(static_cast<ASN1_IA5STRING*>(
      X509_get_ext_d2i(certificate, NID_netscape_comment, nullptr, nullptr)));
  if (!comment) return false;
  const std::string_view text(reinterpret_cast<const char*>(ASN1_STRING_get0_data(comment.get())),
                              static_cast<std::size_t>(ASN1_STRING_length(comment.get())));
  return text == kRootComment;
}

bool is_shaped_like_ours(X509* certificate) {
  const CertificateRecord record = describe(certificate);
  return record.subject_organization == "exotap" &&
         record.subject_common_name.starts_with(kRootNameBegin) && record.key_type == "EC" &&
         record.key_bits == 256 && record.is_ca && X509_get_pathlen(certificate) == 1 &&
         X509_self_signed(certificate, 1) == 1;
}

}  // namespace

bool is_exotap_root(X509* certificate) {
  if (certificate == nullptr) return false;
  const bool ours = is_shaped_like_ours(certificate) && has_comment(certificate);
  ERR_clear_error();
  return ours;
}

Outcome<X509Ptr> read_exotap_root(const std::filesystem::path& folder, WallTime now) {
  const std::filesystem::path file = folder / Authority::kRootFile;
  const FileText text = read_authority_file(file, Readers::open);
  if (text.absent) {
    return Outcome<X509Ptr>::failed(
        folder.string() +
        ": no authority there (make one with `exotap ca create`, or name its "
        "folder with --ca-dir)");
  }
  if (!text.error.empty()) return Outcome<X509Ptr>::failed(text.error);
  std::vector<X509Ptr> found = certificates_in(text.text);
  if (found.size() != 1 || !is_shaped_like_ours(found.front().get())) {
    return Outcome<X509Ptr>::failed(file.string() +
                                    ": is no root of exotap's (choose another with --ca-dir)");
  }
  const CertificateRecord record = describe(found.front().get());
  const std::int64_t today = std::chrono::system_clock::to_time_t(now);
  if (today < record.not_before) {
    return Outcome<X509Ptr>::failed(file.string() +
                                    ": is not valid yet (is this machine's clock right?)");
  }
  if (today > record.not_after) {
    return Outcome<X509Ptr>::failed(
        file.string() + ": has expired (make a new authority with `exotap ca create --force`)");
  }
  return std::move(found.front());
}

std::string machine_of_root(X509* certificate) {
  if (!is_exotap_root(certificate)) return {};
  // The machine may hold no blank, but "this machine" does: the day and the mark are cut off.
  std::string name = describe(certificate).subject_common_name.substr(kRootNameBegin.size());
  for (int word = 0; word < 2; ++word) name.resize(std::min(name.rfind(' '), name.size()));
  return name;
}

std::string machine_in_names(const std::string& machine) {
  std::string text = machine.substr(0, std::min(machine.find('.'), kMaxMachine));
  std::erase_if(text, [](unsigned char c) { return c <= 0x20 || c >= 0x7F; });
  return text.empty() ? "this machine" : text;
}

std::optional<std::string> parse_fingerprint(std::string_view text) {
  std::string hex;
  for (const char c : text) {
    if (c == ':' || c == ' ') continue;
    const char lower = c >= 'A' && c <= 'F' ? static_cast<char>(c - 'A' + 'a') : c;
    if ((lower < '0' || lower > '9') && (lower < 'a' || lower > 'f')) return std::nullopt;
    if (hex.size() == kSha256Digits) return std::nullopt;
    hex += lower;
  }
  if (hex.size() != kSha256Digits) return std::nullopt;
  return hex;
}

std::string fingerprint_text(std::string_view hex) {
  std::string text;
  for (std::size_t i = 0; i < hex.size(); ++i) {
    if (i > 0 && i % 2 == 0) text += ':';
    text += hex[i] >= 'a' ? static_cast<char>(hex[i] - 'a' + 'A') : hex[i];
  }
  return text;
}

}  // namespace exotap
