#include "certs/ocsp_staple.h"

#include <openssl/err.h>
#include <openssl/ocsp.h>

#include <algorithm>
#include <memory>
#include <span>

namespace exotap {
namespace {

using ResponsePtr = std::unique_ptr<OCSP_RESPONSE, OpensslFree<OCSP_RESPONSE_free>>;
using BasicPtr = std::unique_ptr<OCSP_BASICRESP, OpensslFree<OCSP_BASICRESP_free>>;
using IdPtr = std::unique_ptr<OCSP_CERTID, OpensslFree<OCSP_CERTID_free>>;
using TimePtr = std::unique_ptr<ASN1_TIME, OpensslFree<ASN1_TIME_free>>;
constexpr std::chrono::days kAround{1};

// 0 where there is none, or it cannot be read.
std::int64_t seconds(const ASN1_TIME* time) {
  const TimePtr epoch(ASN1_TIME_set(nullptr, 0));
  int days = 0;
  int rest = 0;
  if (time == nullptr || !epoch || ASN1_TIME_diff(&days, &rest, epoch.get(), time) != 1) return 0;
  return std::int64_t{days} * 24 * 60 * 60 + rest;
}

X509* issuer_of(SSL* connection) {
  for (STACK_OF(X509) * chain :
       {SSL_get0_verified_chain(connection), SSL_get_peer_cert_chain(connection)}) {
    if (chain != nullptr && sk_X509_num(chain) > 1) return sk_X509_value(chain, 1);
  }
  return nullptr;
}

// Without the issuer's certificate only the serial number can be held against the leaf.
bool is_about(const OCSP_SINGLERESP* answer, X509* leaf, X509* issuer) {
  const OCSP_CERTID* id = OCSP_SINGLERESP_get0_id(answer);
  ASN1_OBJECT* digest = nullptr;
  ASN1_INTEGER* serial = nullptr;
  OCSP_id_get0_info(nullptr, &digest, nullptr, &serial, const_cast<OCSP_CERTID*>(id));
  if (ASN1_INTEGER_cmp(serial, X509_get0_serialNumber(leaf)) != 0) return false;
  if (issuer == nullptr) return true;
  const EVP_MD* how = EVP_get_digestbyobj(digest);
  const IdPtr own(how == nullptr ? nullptr : OCSP_cert_to_id(how, leaf, issuer));
  return own && OCSP_id_cmp(id, own.get()) == 0;
}

void take(OCSP_SINGLERESP* answer, StapleRecord& record) {
  int reason = -1;
  ASN1_GENERALIZEDTIME* revoked = nullptr;
  ASN1_GENERALIZEDTIME* begins = nullptr;
  ASN1_GENERALIZEDTIME* ends = nullptr;
  switch (OCSP_single_get0_status(answer, &reason, &revoked, &begins, &ends)) {
    case V_OCSP_CERTSTATUS_GOOD:
      record.status = "good";
      break;
    case V_OCSP_CERTSTATUS_REVOKED:
      record.status = "revoked";
      record.revoked_at = seconds(revoked);
      if (reason >= 0) record.reason = OCSP_crl_reason_str(reason);
      break;
    default:
      record.status = "unknown";
  }
  record.this_update = seconds(begins);
  record.next_update = seconds(ends);
}

StapleRecord read(std::span<const unsigned char> bytes, SSL* connection) {
  StapleRecord record;
  record.status = "unreadable";
  X509* leaf = SSL_get0_peer_certificate(connection);
  if (leaf == nullptr || bytes.empty() || bytes.size() > kMaxStaple) return record;
  const unsigned char* at = bytes.data();
  const ResponsePtr response(d2i_OCSP_RESPONSE(nullptr, &at, static_cast<long>(bytes.size())));
  if (!response) return record;
  record.status = "other";
  if (OCSP_response_status(response.get()) != OCSP_RESPONSE_STATUS_SUCCESSFUL) return record;
  const BasicPtr basic(OCSP_response_get1_basic(response.get()));
  if (!basic) return record;
  X509* issuer = issuer_of(connection);
  const int count = std::min(OCSP_resp_count(basic.get()), kMaxStapledAnswers);
  for (int i = 0; i < count; ++i) {
    OCSP_SINGLERESP* answer = OCSP_resp_get0(basic.get(), i);
    if (!is_about(answer, leaf, issuer)) continue;
    take(answer, record);
    break;
  }
  if (record.status == "revoked") {
    record.verified =
        OCSP_basic_verify(basic.get(), SSL_get_peer_cert_chain(connection),
                          SSL_CTX_get_cert_store(SSL_get_SSL_CTX(connection)), 0) == 1;
  }
  return record;
}

// What OCSP_crl_reason_str() says, back again; no reason where it says another.
int reason_number(const std::string& reason) {
  for (int number = OCSP_REVOKED_STATUS_UNSPECIFIED; number <= OCSP_REVOKED_STATUS_REMOVEFROMCRL;
       ++number) {
    if (reason == OCSP_crl_reason_str(number)) return number;
  }
  return OCSP_REVOKED_STATUS_NOSTATUS;
}

}  // namespace

std::optional<StapleRecord> read_staple(SSL* connection) {
  const unsigned char* bytes = nullptr;
  const long size = SSL_get_tlsext_status_ocsp_resp(connection, &bytes);
  if (size <= 0 || bytes == nullptr) return std::nullopt;
  StapleRecord record = read({bytes, static_cast<std::size_t>(size)}, connection);
  ERR_clear_error();
  return record;
}

std::string make_revoked_staple(X509* leaf, X509* issuer, EVP_PKEY* issuer_key,
                                const StapleRecord& server, WallTime now) {
  const auto at = [](WallTime time) { return std::chrono::system_clock::to_time_t(time); };
  const BasicPtr basic(OCSP_BASICRESP_new());
  const IdPtr id(OCSP_cert_to_id(nullptr, leaf, issuer));
  // Generalised time, whatever the year (RFC 6960 section 4.2.1).
  const TimePtr begins(ASN1_GENERALIZEDTIME_set(nullptr, at(now - kAround)));
  const TimePtr ends(ASN1_GENERALIZEDTIME_set(nullptr, at(now + kAround)));
  const TimePtr revoked(ASN1_GENERALIZEDTIME_set(nullptr, server.revoked_at));
  if (!basic || !id || !begins || !ends || !revoked) return {};
  if (OCSP_basic_add1_status(basic.get(), id.get(), V_OCSP_CERTSTATUS_REVOKED,
                             reason_number(server.reason), revoked.get(), begins.get(),
                             ends.get()) == nullptr ||
      OCSP_basic_sign(basic.get(), issuer, issuer_key, EVP_sha256(), nullptr, 0) != 1) {
    return {};
  }
  const ResponsePtr response(OCSP_response_create(OCSP_RESPONSE_STATUS_SUCCESSFUL, basic.get()));
  unsigned char* bytes = nullptr;
  const int size = response ? i2d_OCSP_RESPONSE(response.get(), &bytes) : 0;
  if (size <= 0) return {};
  std::string der(reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(size));
  OPENSSL_free(bytes);
  return der;
}

}  // namespace exotap
