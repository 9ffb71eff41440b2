// What framing costs: a request as Outlook sends them, an answer of thirty fields, bodies by byte.
#include <benchmark/benchmark.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "proxy/http/framer.h"

namespace exotap::http {
namespace {

const std::string kRequest =
    "POST /mapi/emsmdb/?MailboxId=5b1f8f0c-6f0e-4c5e-9a53-0c2f0a4d7e11@contoso.example HTTP/1.1\r\n"
    "Connection: Keep-Alive\r\n"
    "Content-Type: application/mapi-http\r\n"
    "User-Agent: Microsoft Office/16.0 (Windows NT 10.0; Microsoft Outlook 16.0.17126; Pro)\r\n"
    "X-RequestId: {6b2f1d0a-3a54-4a0e-8f6b-5d0f1d2c3b4a}:17\r\n"
    "X-ClientInfo: {0d4cf29c-55a3-4b1d-8a1f-0a7a6f4d3c21}:130460026\r\n"
    "X-RequestType: Execute\r\n"
    "Content-Length: 0\r\n"
    "Host: outlook.office365.com\r\n"
    "\r\n";

std::string answer_of_thirty_fields() {
  std::string text = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n";
  for (int i = 1; i < 30; ++i) {
    text += "X-Diagnostic-Field-" + std::to_string(i) + ": AM0PR01CA0001.EURPRD01.PROD.EXAMPLE\r\n";
  }
  return text + "\r\n";
}

// One message without body, whole in one read.
void read_message(benchmark::State& state, Direction direction, std::string_view bytes) {
  Framer framer(direction);
  for (auto _ : state) {
    benchmark::DoNotOptimize(framer.read(bytes));
    benchmark::DoNotOptimize(framer.read({}));
    benchmark::DoNotOptimize(framer.take());
  }
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(bytes.size()));
}

void BM_RequestOfEightFields(benchmark::State& state) {
  read_message(state, Direction::requests, kRequest);
}
BENCHMARK(BM_RequestOfEightFields);

void BM_AnswerOfThirtyFields(benchmark::State& state) {
  const std::string text = answer_of_thirty_fields();
  read_message(state, Direction::answers, text);
}
BENCHMARK(BM_AnswerOfThirtyFields);

// A body longer than any run of this, in pieces of a read's size.
void BM_CountedBody(benchmark::State& state) {
  const std::string piece(static_cast<std::size_t>(state.range(0)), 'x');
  Framer framer(Direction::requests);
  (void)framer.read("POST / HTTP/1.1\r\nContent-Length: 1000000000000000000\r\n\r\n");
  for (auto _ : state) benchmark::DoNotOptimize(framer.read(piece));
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(piece.size()));
}
BENCHMARK(BM_CountedBody)->Arg(1400)->Arg(16 * 1024)->Arg(64 * 1024);

// Sixteen chunks a read.
void BM_ChunkedBody(benchmark::State& state) {
  std::string piece;
  for (int i = 0; i < 16; ++i) piece += "400\r\n" + std::string(1024, 'x') + "\r\n";
  Framer framer(Direction::answers);
  (void)framer.read("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
  for (auto _ : state) benchmark::DoNotOptimize(framer.read(piece));
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(piece.size()));
}
BENCHMARK(BM_ChunkedBody);

}  // namespace
}  // namespace exotap::http
