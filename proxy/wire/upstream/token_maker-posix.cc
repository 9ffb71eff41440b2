// Tokens from GSS-API (RFC 2743, RFC 2744): SPNEGO (RFC 4178) for Negotiate, with this user's
// Kerberos ticket; NTLMSSP for NTLM, where gss-ntlmssp is installed. What either says inside is
// theirs: not one byte of it is made here.
#include <gssapi/gssapi.h>
#include <gssapi/gssapi_ext.h>

#include "proxy/wire/upstream/base64_text.h"
#include "proxy/wire/upstream/sign_in.h"

namespace exotap::wire {
namespace {

// 1.3.6.1.5.5.2 (RFC 4178) and 1.3.6.1.4.1.311.2.2.10 (MS-NLMP section 1.9), as DER.
char kSpnegoBytes[] = "\x2b\x06\x01\x05\x05\x02";
char kNtlmBytes[] = "\x2b\x06\x01\x04\x01\x82\x37\x02\x02\x0a";
gss_OID_desc kSpnego = {sizeof kSpnegoBytes - 1, kSpnegoBytes};
gss_OID_desc kNtlm = {sizeof kNtlmBytes - 1, kNtlmBytes};

gss_buffer_desc buffer_of(std::string_view text) {
  gss_buffer_desc buffer{};
  buffer.length = text.size();
  buffer.value = const_cast<char*>(text.data());  // GSS-API only reads it
  return buffer;
}

class GssTokens : public TokenMaker {
 public:
  GssTokens(AuthScheme scheme, const UpstreamCredentials& credentials, const std::string& host)
      : mechanism_(scheme == AuthScheme::ntlm ? &kNtlm : &kSpnego) {
    const std::string service = "HTTP@" + host;
    gss_buffer_desc name = buffer_of(service);
    OM_uint32 minor = 0;
    ready_ = !GSS_ERROR(gss_import_name(&minor, &name, GSS_C_NT_HOSTBASED_SERVICE, &target_));
    if (ready_ && scheme == AuthScheme::ntlm) ready_ = acquire(credentials);
  }
  ~GssTokens() override {
    OM_uint32 minor = 0;
    gss_delete_sec_context(&minor, &context_, GSS_C_NO_BUFFER);
    gss_release_name(&minor, &target_);
    gss_release_cred(&minor, &credential_);
  }
  GssTokens(const GssTokens&) = delete;
  GssTokens& operator=(const GssTokens&) = delete;

  std::optional<std::string> next(std::string_view challenge) override {
    if (!ready_ || challenge.size() > kMaxToken) return std::nullopt;
    gss_buffer_desc in = buffer_of(challenge);
    gss_buffer_desc out{};
    OM_uint32 minor = 0;
    const OM_uint32 major = gss_init_sec_context(
        &minor, credential_, &context_, target_, mechanism_, 0, 0, GSS_C_NO_CHANNEL_BINDINGS,
        challenge.empty() ? GSS_C_NO_BUFFER : &in, nullptr, &out, nullptr, nullptr);
    std::string token(static_cast<const char*>(out.value), out.length);
    gss_release_buffer(&minor, &out);
    if (GSS_ERROR(major)) ready_ = false;
    if (GSS_ERROR(major) || token.size() > kMaxToken) return std::nullopt;
    return token;
  }

 private:
  bool acquire(const UpstreamCredentials& credentials) {
    gss_buffer_desc user = buffer_of(credentials.user);
    gss_buffer_desc password = buffer_of(credentials.password);
    gss_OID_set_desc mechanisms{1, mechanism_};
    gss_name_t name = GSS_C_NO_NAME;
    OM_uint32 minor = 0;
    bool done = !GSS_ERROR(gss_import_name(&minor, &user, GSS_C_NT_USER_NAME, &name));
    done = done && !GSS_ERROR(gss_acquire_cred_with_password(
                       &minor, name, &password, GSS_C_INDEFINITE, &mechanisms, GSS_C_INITIATE,
                       &credential_, nullptr, nullptr));
    gss_release_name(&minor, &name);
    return done;
  }

  gss_OID mechanism_;
  gss_name_t target_ = GSS_C_NO_NAME;
  gss_cred_id_t credential_ = GSS_C_NO_CREDENTIAL;
  gss_ctx_id_t context_ = GSS_C_NO_CONTEXT;
  bool ready_ = false;
};

}  // namespace

std::unique_ptr<TokenMaker> make_token_maker(AuthScheme scheme,
                                             const UpstreamCredentials& credentials,
                                             const std::string& proxy_host) {
  if (scheme == AuthScheme::basic) return nullptr;
  return std::make_unique<GssTokens>(scheme, credentials, proxy_host);
}

}  // namespace exotap::wire
