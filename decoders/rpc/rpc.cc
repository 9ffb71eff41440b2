#include "decoders/rpc/rpc.h"

#include <algorithm>
#include <string>

#include "decoders/answer_failure.h"
#include "decoders/answer_origin.h"
#include "decoders/ascii.h"
#include "decoders/body.h"
#include "decoders/free_text.h"
#include "decoders/rpc/body.h"
#include "decoders/rpc/endpoint.h"
#include "decoders/rpc/reason.h"
#include "decoders/rpc/status_names.h"
#include "decoders/url_parts.h"

namespace exotap {
namespace {

using namespace fact;

constexpr std::uint64_t kLargestEcho = 0x10;  // MS-RPCH 2.1.2.1.5
constexpr std::size_t kMaxPragma = 64;

constexpr const FactSpec* kEmits[] = {&kRpcChannel,
                                      &kRpcEcho,
                                      &kRpcWithCertificate,
                                      &kRpcServer,
                                      &kRpcPort,
                                      &kRpcService,
                                      &kRpcMinConnectionTimeout,
                                      &kRpcSessionId,
                                      &kRpcResourceType,
                                      &kRpcErrorCode,
                                      &kRpcErrorName,
                                      &kRpcErrorDetails,
                                      &kRpcRequestRts,
                                      &kRpcAnswerRts,
                                      &kRpcRequestPackets,
                                      &kRpcAnswerPackets,
                                      &kRpcConnectionTimeout,
                                      &kRpcReceiveWindow,
                                      &kRpcChannelLifetime,
                                      &kRpcClientKeepalive,
                                      &kRpcInterface,
                                      &kRpcBindResult,
                                      &kRpcBindNak,
                                      &kRpcFaultStatus,
                                      &kRpcFaultName,
                                      &kRpcAuthType,
                                      &kRpcAuthLevel,
                                      &kRpcAuthNtlm,
                                      &kRpcAuthUser,
                                      &kRpcAuthDomain,
                                      &kRpcAuthWorkstation,
                                      &kRpcAuthTarget,
                                      &kRpcCut,
                                      &kAnswerFailure,
                                      &kDecodeRpcError};

std::string_view channel_of(std::string_view method) {
  if (equals_lower(method, "rpc_in_data")) return "in";
  if (equals_lower(method, "rpc_out_data")) return "out";
  if (equals_lower(method, "rpc_connect")) return "mixed";
  return "none";
}

void state_pragma(std::string_view value, Facts& facts) {
  const std::size_t equals = value.find('=');
  if (equals == std::string_view::npos) return;
  const std::string_view name = trim_blanks(value.substr(0, equals));
  const std::string_view text = trim_blanks(value.substr(equals + 1)).substr(0, kMaxPragma);
  if (equals_lower(name, "minconntimeout")) {
    if (const auto seconds = whole_number(text)) facts.add(kRpcMinConnectionTimeout, *seconds);
  } else if (equals_lower(name, "sessionid")) {
    facts.add_if(kRpcSessionId, text);
  } else if (equals_lower(name, "resourcetypeuuid")) {
    facts.add_if(kRpcResourceType, text);
  }
}

// Each in a line of its own, or divided by commas.
void state_pragmas(const Head& head, Facts& facts) {
  constexpr std::size_t kMost = 16;
  std::size_t seen = 0;
  for (std::size_t i = 0; i < head.fields.size() && seen < kMost; ++i) {
    const Field field = head.field(i);
    if (!is_field(field.name, "pragma")) continue;
    std::string_view rest = field.value;
    for (; !rest.empty() && seen < kMost; ++seen) {
      const std::size_t end = std::min(rest.find(','), rest.size());
      state_pragma(rest.substr(0, end), facts);
      rest.remove_prefix(std::min(end + 1, rest.size()));
    }
  }
}

void state_target(std::string_view target, Facts& facts) {
  if (find_ignoring_case(path_of(target), "/rpcwithcert/") != std::string_view::npos) {
    facts.add(kRpcWithCertificate, true);
  }
  const std::string query = percent_decoded(query_of(target));
  const RpcEndpoint endpoint = parse_rpc_endpoint(query);
  facts.add_if(kRpcServer, endpoint.server);
  if (endpoint.port) facts.add(kRpcPort, static_cast<int>(*endpoint.port));
  facts.add_if(kRpcService, endpoint.service);
}

void state_reason(const Head& head, Facts& facts) {
  const RpcReason reason = parse_rpc_reason(head.reason());
  if (reason.error) {
    facts.add(kRpcErrorCode, rpc_status_text(*reason.error));
    facts.add_if(kRpcErrorName, rpc_status_name(*reason.error));
  }
  if (reason.has_details) facts.add(kRpcErrorDetails, true);
}

void state_answer(const Message& answer, Facts& facts) {
  state_reason(answer.head, facts);
  const bool says_ok = answer.head.status / 100 == 2;
  if (equals_lower(mime_type(answer), "application/rpc")) {
    const std::string failure = state_rpc_body(answer, false, facts);
    if (says_ok && !failure.empty()) facts.add(kAnswerFailure, failure);
  } else if (says_ok && begins_as_html(answer.body)) {
    facts.add(kAnswerFailure, "a web page instead of an RPC answer");
  }
}

bool recognises(const Exchange& exchange) {
  const Head& head = exchange.request.head;
  return starts_with_lower(head.method(), "rpc_") || is_rpc_proxy_path(path_of(head));
}

void decode_exchange(const Exchange& exchange, Facts& facts) {
  const Message& request = exchange.request;
  const std::string_view channel = channel_of(request.head.method());
  facts.add(kRpcChannel, channel);
  state_target(request.head.target(), facts);
  state_pragmas(request.head, facts);
  if (channel != "none") {
    const bool echo = channel != "mixed" && request.complete && request.body_size <= kLargestEcho;
    if (echo) {
      facts.add(kRpcEcho, true);
    } else {
      // What a client says can fail nothing.
      (void)state_rpc_body(request, true, facts);
    }
  }
  if (!has_server_answer(exchange)) return;
  if (channel == "none") return state_reason(exchange.answer.head, facts);
  state_answer(exchange.answer, facts);
}

}  // namespace

constinit const Decoder kRpcDecoder{"rpc", kEmits, recognises, decode_exchange};

}  // namespace exotap
