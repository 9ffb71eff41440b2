#include "certs/server_verdict.h"

#include <openssl/err.h>

#include <algorithm>
#include <memory>
#include <utility>

#include "certs/certificate.h"
#include "certs/client_context.h"
#include "certs/names.h"
#include "certs/ocsp_staple.h"

namespace exotap {
namespace {

constexpr std::size_t kNamesTold = 5;  // of a certificate for another host

bool names_host(X509* leaf, std::string_view host) {
  const std::string name = normalise_host(host);
  if (is_address(name)) return X509_check_ip_asc(leaf, name.c_str(), 0) == 1;
  return X509_check_host(leaf, name.data(), name.size(), X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS,
                         nullptr) == 1;
}

bool is_unknown_issuer(int code) {
  switch (code) {
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT:
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY:
    case X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE:
    case X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN:
    case X509_V_ERR_CERT_UNTRUSTED:
      return true;
    default:
      return false;
  }
}

CertificateProblem problem_of(int code) {
  switch (code) {
    case X509_V_ERR_CERT_HAS_EXPIRED:
      return CertificateProblem::expired;
    case X509_V_ERR_CERT_NOT_YET_VALID:
      return CertificateProblem::not_yet_valid;
    case X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT:
      return CertificateProblem::self_signed;
    case X509_V_ERR_INVALID_PURPOSE:
    case X509_V_ERR_CERT_REJECTED:
      return CertificateProblem::wrong_usage;
    case X509_V_ERR_EE_KEY_TOO_SMALL:
    case X509_V_ERR_CA_KEY_TOO_SMALL:
    case X509_V_ERR_CA_MD_TOO_WEAK:
      return CertificateProblem::weak;
    case X509_V_ERR_CERT_REVOKED:
      return CertificateProblem::revoked;
    case X509_V_ERR_HOSTNAME_MISMATCH:
    case X509_V_ERR_IP_ADDRESS_MISMATCH:
      return CertificateProblem::wrong_name;
    default:
      return CertificateProblem::other;
  }
}

// Publicly trusted certificates carry signed timestamps of Certificate Transparency (RFC 6962).
bool is_of_public_authority(const X509* leaf) {
  return X509_get_ext_by_NID(leaf, NID_ct_precert_scts, -1) >= 0;
}

// The issuer of the last certificate of the path is neither there nor trusted. An authority that
// publishes its own certificate has probably been left out by the server; behind an intermediate
// that was sent, what is missing is rather the root, unless the authority is a public one.
CertificateProblem why_issuer_unknown(STACK_OF(X509) * path) {
  const int count = path == nullptr ? 0 : sk_X509_num(path);
  if (count == 0) return CertificateProblem::untrusted_issuer;
  X509* last = sk_X509_value(path, count - 1);
  if (X509_self_signed(last, 0) == 1) return CertificateProblem::untrusted_issuer;
  const bool published = describe(last).has_issuer_url;
  if (published && (count == 1 || is_of_public_authority(sk_X509_value(path, 0)))) {
    return CertificateProblem::incomplete_chain;
  }
  return CertificateProblem::untrusted_issuer;
}

void add_problem(TlsRecord& tls, CertificateProblem problem) {
  if (std::ranges::count(tls.problems, problem) == 0) tls.problems.push_back(problem);
}

std::string names_of(const CertificateRecord& leaf) {
  std::vector<std::string> names = leaf.dns_names;
  names.insert(names.end(), leaf.ip_addresses.begin(), leaf.ip_addresses.end());
  if (names.empty()) names.push_back(leaf.subject_common_name);
  std::string text;
  for (std::size_t i = 0; i < std::min(names.size(), kNamesTold); ++i) {
    text += (i > 0 ? ", " : "") + names[i];
  }
  if (names.size() > kNamesTold) text += ", and more";
  return text;
}

std::string detail_of(const VerifyError& error, STACK_OF(X509) * path, const TlsRecord& tls) {
  std::string text = X509_verify_cert_error_string(error.code);
  if (is_unknown_issuer(error.code) && path != nullptr && sk_X509_num(path) > 0) {
    const CertificateRecord last = describe(sk_X509_value(path, sk_X509_num(path) - 1));
    text += ": the server sent " + std::to_string(tls.chain.size()) +
            (tls.chain.size() == 1 ? " certificate" : " certificates") + ", ending at an issuer " +
            "that is not trusted here: " + last.issuer;
  } else if (path != nullptr && error.depth >= 0 && error.depth < sk_X509_num(path)) {
    text += ": " + describe(sk_X509_value(path, error.depth)).subject;
  }
  return text;
}

}  // namespace

const std::vector<CertificateRecord>& KnownChains::read(STACK_OF(X509) * received) {
  const auto count = std::min(static_cast<std::size_t>(sk_X509_num(received)), kMaxChain);
  const auto at = [&](std::size_t i) { return sk_X509_value(received, static_cast<int>(i)); };
  for (std::size_t i = 0; i < chains_.size(); ++i) {
    const std::vector<X509Ptr>& known = chains_[i].certificates;
    bool same = known.size() == count;
    for (std::size_t j = 0; same && j < count; ++j) same = X509_cmp(known[j].get(), at(j)) == 0;
    if (!same) continue;
    std::rotate(chains_.begin(), chains_.begin() + static_cast<std::ptrdiff_t>(i),
                chains_.begin() + static_cast<std::ptrdiff_t>(i) + 1);
    return chains_.front().records;
  }
  Chain fresh;
  for (std::size_t i = 0; i < count; ++i) {
    fresh.certificates.push_back(share(at(i)));
    fresh.records.push_back(describe(at(i)));
  }
  if (chains_.size() == kMaxKnownChains) chains_.pop_back();
  chains_.insert(chains_.begin(), std::move(fresh));
  return chains_.front().records;
}

namespace {

// `received` holds at least one certificate.
void judge_chain(STACK_OF(X509) * received, STACK_OF(X509) * path,
                 std::span<const VerifyError> errors, std::string_view host, KnownChains& known,
                 TlsRecord& tls) {
  tls.chain = known.read(received);
  for (const VerifyError& error : errors) {
    add_problem(tls,
                is_unknown_issuer(error.code) ? why_issuer_unknown(path) : problem_of(error.code));
    if (!tls.verify_detail.empty()) continue;
    tls.verify_detail = detail_of(error, path, tls);
    tls.verify_code = error.code;
  }
  if (!names_host(sk_X509_value(received, 0), host)) {
    add_problem(tls, CertificateProblem::wrong_name);
    if (tls.verify_detail.empty()) {
      tls.verify_code = X509_V_ERR_HOSTNAME_MISMATCH;
      tls.verify_detail = X509_verify_cert_error_string(tls.verify_code);
      tls.verify_detail += ": the certificate is for " + names_of(tls.chain.front());
    }
  }
  ERR_clear_error();
}

int collect_and_go_on(int good, X509_STORE_CTX* verification) {
  if (good == 1) return 1;
  auto* errors = static_cast<std::vector<VerifyError>*>(X509_STORE_CTX_get_app_data(verification));
  if (errors->size() < kMaxVerifyErrors) {
    errors->push_back(
        {X509_STORE_CTX_get_error(verification), X509_STORE_CTX_get_error_depth(verification)});
  }
  return 1;
}

void forget_verdict(TlsRecord& tls) {
  tls.chain.clear();
  tls.problems.clear();
  tls.verify_detail.clear();
  tls.verify_code = 0;
  tls.staple.reset();
}

}  // namespace

void judge(SSL* connection, std::string_view host, KnownChains& known, TlsRecord& tls) {
  forget_verdict(tls);
  STACK_OF(X509)* received = SSL_get_peer_cert_chain(connection);
  if (SSL_session_reused(connection) == 1 || received == nullptr || sk_X509_num(received) == 0) {
    return;
  }
  judge_chain(received, SSL_get0_verified_chain(connection), verify_errors(connection), host, known,
              tls);
  tls.staple = read_staple(connection);
}

void judge_received(std::span<const std::string> certificates, SSL_CTX* context,
                    std::string_view host, KnownChains& known, TlsRecord& tls) {
  forget_verdict(tls);
  const std::unique_ptr<STACK_OF(X509), void (*)(STACK_OF(X509)*)> received(
      sk_X509_new_null(), [](STACK_OF(X509) * all) { sk_X509_pop_free(all, X509_free); });
  for (const std::string& der : certificates) {
    const auto* at = reinterpret_cast<const unsigned char*>(der.data());
    X509* certificate = d2i_X509(nullptr, &at, static_cast<long>(der.size()));
    if (certificate == nullptr) break;
    sk_X509_push(received.get(), certificate);
  }
  ERR_clear_error();
  if (sk_X509_num(received.get()) == 0) return;
  const std::unique_ptr<X509_STORE_CTX, decltype(&X509_STORE_CTX_free)> verification(
      X509_STORE_CTX_new(), X509_STORE_CTX_free);
  if (!verification || X509_STORE_CTX_init(verification.get(), SSL_CTX_get_cert_store(context),
                                           sk_X509_value(received.get(), 0), received.get()) != 1) {
    return;
  }
  std::vector<VerifyError> errors;
  X509_STORE_CTX_set_default(verification.get(), "ssl_server");
  X509_VERIFY_PARAM* how = X509_STORE_CTX_get0_param(verification.get());
  X509_VERIFY_PARAM_set_flags(how, X509_V_FLAG_PARTIAL_CHAIN);
  X509_VERIFY_PARAM_set_auth_level(how, SSL_CTX_get_security_level(context));
  X509_STORE_CTX_set_app_data(verification.get(), &errors);
  X509_STORE_CTX_set_verify_cb(verification.get(), collect_and_go_on);
  X509_verify_cert(verification.get());
  judge_chain(received.get(), X509_STORE_CTX_get0_chain(verification.get()), errors, host, known,
              tls);
}

bool may_resume(SSL* connection, std::string_view host) {
  X509* leaf = SSL_get0_peer_certificate(connection);
  const bool sound = leaf != nullptr && verify_errors(connection).empty() &&
                     SSL_get_verify_result(connection) == X509_V_OK && names_host(leaf, host);
  ERR_clear_error();
  return sound;
}

}  // namespace exotap
