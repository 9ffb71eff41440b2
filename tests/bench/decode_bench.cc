// What decoding costs per exchange: the budget of an ordinary one is 1.5 microseconds.
#include <benchmark/benchmark.h>

#include <charconv>
#include <chrono>
#include <string>
#include <string_view>
#include <vector>

#include "decoders/decoder.h"
#include "decoders/flow/flow.h"
#include "tests/decoders/coded_bytes.h"
#include "tests/decoders/entra/made_token.h"

namespace exotap {
namespace {

Message message(std::string_view text, bool answer) {
  Message made;
  const std::size_t end = text.find("\r\n\r\n");
  made.head.text = text.substr(0, end + 4);
  made.body = text.substr(end + 4);
  made.body_size = made.body.size();
  made.complete = true;
  const std::string_view head = made.head.text;
  const std::size_t line_end = head.find("\r\n");
  const std::string_view line = head.substr(0, line_end);
  const auto u32 = [](std::size_t n) { return static_cast<std::uint32_t>(n); };
  const std::size_t first = line.find(' ');
  const std::size_t last = line.find(' ', first + 1);
  if (answer) {
    std::from_chars(line.data() + first + 1, line.data() + line.size(), made.head.status);
    made.head.reason_at = u32(last + 1);
    made.head.reason_size = u32(line.size() - last - 1);
  } else {
    made.head.method_size = u32(first);
    made.head.target_at = u32(first + 1);
    made.head.target_size = u32(last - first - 1);
  }
  for (std::size_t at = line_end + 2; at + 2 < head.size();) {
    const std::size_t stop = head.find("\r\n", at);
    const std::size_t colon = head.find(':', at);
    made.head.fields.push_back({u32(at), u32(colon - at), u32(colon + 2), u32(stop - colon - 2)});
    at = stop + 2;
  }
  return made;
}

Exchange ordinary(std::string_view host, std::string_view request, std::string_view answer) {
  Exchange made;
  made.id = 7;
  made.connection_id = 3;
  made.sequence = 2;
  made.started = WallTime{} + std::chrono::seconds(1'790'000'000);
  made.timings.total = std::chrono::milliseconds(21);
  made.timings.wait = std::chrono::milliseconds(20);
  made.timings.receive = std::chrono::milliseconds(1);
  made.client = {"127.0.0.1", 50123};
  made.server = {"52.97.201.114", 443};
  made.host = host;
  made.port = 443;
  made.scheme = "https";
  made.mail_related = true;
  made.request = message(request, false);
  made.answer = message(answer, true);
  made.tls.attempted = true;
  made.tls.established = true;
  made.tls.version = "1.3";
  made.tls.cipher = "TLS_AES_256_GCM_SHA384";
  made.tls.client_sni = host;
  return made;
}

// The shape of most traffic: a 200 to a GET, eight fields each way.
Exchange plain_get() {
  return ordinary("outlook.office365.com",
                  "GET /owa/service.svc?action=GetItem HTTP/1.1\r\n"
                  "Host: outlook.office365.com\r\n"
                  "User-Agent: Microsoft Office/16.0 (Windows NT 10.0; Outlook 16.0.17328; Pro)\r\n"
                  "Accept: */*\r\n"
                  "Accept-Encoding: gzip, deflate\r\n"
                  "Accept-Language: en-US\r\n"
                  "Connection: Keep-Alive\r\n"
                  "Cache-Control: no-cache\r\n"
                  "Cookie: ClientId=0123456789ABCDEF; X-BackEndCookie=abcdef\r\n"
                  "\r\n",
                  "HTTP/1.1 200 OK\r\n"
                  "Cache-Control: private\r\n"
                  "Content-Type: application/json; charset=utf-8\r\n"
                  "Server: Microsoft-IIS/10.0\r\n"
                  "request-id: 33086db3-69f9-4cdf-8ffe-ee364539e113\r\n"
                  "X-CalculatedBETarget: AM0PR09MB2882.eurprd09.prod.outlook.com\r\n"
                  "X-FEServer: AM0PR06CA0096\r\n"
                  "Date: Mon, 21 Sep 2026 14:13:20 GMT\r\n"
                  "Content-Length: 27\r\n"
                  "\r\n"
                  "{\"Body\":{\"Items\":[1,2,3]}}\n");
}

// Of Entra ID's usual claims and size: 1.2 KiB of claims, 342 letters of signature.
std::string access_token() {
  std::string claims =
      R"({"aud":"https://outlook.office365.com","iss":"https://sts.windows.net/11111111-2222-3333-)"
      R"(4444-555555555555/","iat":1789999000,"nbf":1789999000,"exp":1790003600,"acct":0,"acr":"1",)"
      R"("amr":["pwd","rsa","mfa"],"app_displayname":"Microsoft Office","appid":"d3590ed6-52b3-4102-)"
      R"(aeff-aad2292ab01c","appidacr":"0","deviceid":"00000000-0000-0000-0000-000000000001",)"
      R"("ipaddr":"203.0.113.7","name":"User","oid":"00000000-0000-0000-0000-000000000002","scp":)"
      R"("AuditLogs.Create EAS.AccessAsUser.All EWS.AccessAsUser.All Mail.ReadWrite user_)"
      R"(impersonation","tid":"11111111-2222-3333-4444-555555555555","upn":"user@contoso.com",)"
      R"("ver":"1.0","xms_cc":["CP1","cp1"],"rh":")";
  claims.append(600, 'r').append("\"}");
  return testing::base64url(
             R"({"typ":"JWT","alg":"RS256","x5t":"NGTFvdK","kid":"NGTFvdK-fythEuL"})")
      .append(".")
      .append(testing::base64url(claims))
      .append(".")
      .append(342, 's');
}

// The same with what Outlook really sends: a bearer token of 2 KiB on MAPI.
Exchange mapi_post() {
  std::string request =
      "POST /mapi/emsmdb/?MailboxId=00000000-0000-0000-0000-000000000001@contoso.com HTTP/1.1\r\n"
      "Host: outlook.office365.com\r\n"
      "Content-Type: application/mapi-http\r\n"
      "X-RequestType: Execute\r\n"
      "X-AnchorMailbox: user@contoso.com\r\n"
      "Authorization: Bearer ";
  request.append(access_token()).append("\r\nContent-Length: 141\r\n\r\n");
  request.append(141, 'b');
  return ordinary("outlook.office365.com", request,
                  "HTTP/1.1 200 OK\r\n"
                  "Content-Type: application/mapi-http\r\n"
                  "request-id: 33086db3-69f9-4cdf-8ffe-ee364539e113\r\n"
                  "X-CalculatedBETarget: AM0PR09MB2882.eurprd09.prod.outlook.com\r\n"
                  "X-ServerApplication: Exchange/15.20.2562.045\r\n"
                  "X-ResponseCode: 0\r\n"
                  "X-FEServer: AM0PR06CA0096\r\n"
                  "X-BEServer: AM0PR09MB2882\r\n"
                  "Date: Mon, 21 Sep 2026 14:13:20 GMT\r\n"
                  "\r\n"
                  "PROCESSING\r\nDONE\r\n");
}

// The beginning of every modern sign-in.
Exchange challenge() {
  return ordinary("outlook.office365.com",
                  "POST /EWS/Exchange.asmx HTTP/1.1\r\n"
                  "Host: outlook.office365.com\r\n"
                  "Authorization: Bearer\r\n"
                  "\r\n",
                  "HTTP/1.1 401 Unauthorized\r\n"
                  "request-id: 33086db3-69f9-4cdf-8ffe-ee364539e113\r\n"
                  "WWW-Authenticate: Bearer client_id=\"00000002-0000-0ff1-ce00-000000000000\", "
                  "trusted_issuers=\"00000001-0000-0000-c000-000000000000@*\", "
                  "token_types=\"app_asserted_user_v1 service_asserted_app_v1\", "
                  "authorization_uri=\"https://login.windows.net/common/oauth2/authorize\", "
                  "error=\"invalid_token\",Basic Realm=\"\",Basic Realm=\"\"\r\n"
                  "Content-Length: 0\r\n"
                  "\r\n");
}

// A SOAP answer of 20 KiB as Exchange sends it, in gzip: its codings, charset and limits are looked
// at although no decoder here reads its protocol.
Exchange gzip_answer() {
  std::string envelope = "<s:Envelope><s:Body><m:FindItemResponse>";
  for (int i = 0; i < 200; ++i) {
    envelope += "<t:Message><t:ItemId Id=\"AAMkAD" + std::to_string(i * 7919) +
                "\"/><t:Subject>Subject number " + std::to_string(i) + "</t:Subject></t:Message>";
  }
  Exchange made = ordinary("outlook.office365.com",
                           "POST /EWS/Exchange.asmx HTTP/1.1\r\n"
                           "Host: outlook.office365.com\r\n"
                           "\r\n",
                           "HTTP/1.1 200 OK\r\n"
                           "Content-Type: text/xml; charset=utf-8\r\n"
                           "Content-Encoding: gzip\r\n"
                           "\r\n");
  made.answer.body = testing::gzipped(envelope);
  made.answer.body_size = made.answer.body.size();
  return made;
}

void all_of(benchmark::State& state, const Exchange& exchange) {
  Facts facts;
  Flow flow;
  for (auto _ : state) {
    facts.clear();
    decode(exchange, facts);
    flow.fold(exchange, facts);
    benchmark::DoNotOptimize(facts.size());
  }
  state.counters["facts"] = static_cast<double>(facts.size());
}

void BM_ordinary_get(benchmark::State& state) { all_of(state, plain_get()); }
BENCHMARK(BM_ordinary_get);

void BM_mapi_post_with_bearer(benchmark::State& state) { all_of(state, mapi_post()); }
BENCHMARK(BM_mapi_post_with_bearer);

void BM_gzip_answer(benchmark::State& state) { all_of(state, gzip_answer()); }
BENCHMARK(BM_gzip_answer);

void BM_bearer_challenge(benchmark::State& state) { all_of(state, challenge()); }
BENCHMARK(BM_bearer_challenge);

void BM_flow_alone(benchmark::State& state) {
  const Exchange exchange = plain_get();
  Facts facts;
  Flow flow;
  for (auto _ : state) {
    facts.clear();
    flow.fold(exchange, facts);
    benchmark::DoNotOptimize(facts.size());
  }
}
BENCHMARK(BM_flow_alone);

// One row a decoder, over the ordinary GET: recognises, and decode where it says yes.
void BM_one_decoder(benchmark::State& state) {
  const Exchange exchange = plain_get();
  const Decoder& decoder = *decoders()[static_cast<std::size_t>(state.range(0))];
  Facts facts;
  for (auto _ : state) {
    facts.clear();
    if (decoder.recognises(exchange)) decoder.decode(exchange, facts);
    benchmark::DoNotOptimize(facts.size());
  }
  state.SetLabel(std::string(decoder.name));
}
BENCHMARK(BM_one_decoder)->Apply([](benchmark::internal::Benchmark* bench) {
  for (std::size_t i = 0; i < decoders().size(); ++i) bench->Arg(static_cast<long>(i));
});

}  // namespace
}  // namespace exotap
