// Reads a story: a capture that a person wrote, in YAML, to say how a healthy or a broken sign-in
// looks on the wire. Golden tests and rules live on them.
//
//   title: The router cuts port 443, and only that     # required
//   cause: port-443-refused                            # the rules that name the causes, or none
//   origin: reference E4                               # made from: reference, sample, lab
//   starts: 2026-03-02T08:00:00Z                       # default; every `at` counts from here
//   chains:                                            # named certificate chains, leaf first
//     sts: [{subject_cn: sts.contoso.com, issuer_cn: Fabrikam CA, not_after: 2027-01-01}]
//   exchanges:                                         # in the order the tap would see them
//     - connection: 1                                  # default: a new one
//       at: 1.5                                        # seconds since the start, default 0
//       client: 127.0.0.1:50001                        # default: 127.0.0.1, a port a connection
//       destination: sts.contoso.com:443               # whom the client means
//       address: 192.0.2.10                            # the address dialled; "" for none
//       upstream: http://proxy.contoso.com:8080        # through this proxy; no address then
//       upstream_sign_in: sent|unable                  # exotap's own, there; not inherited
//       handling: opened|tunnelled|clear|refused       # default opened, clear on port 80;
//                                                      # probed: exotap's own question
//       handling_reason: not_mail_host
//       step_aside: client_rejects_leaf
//       connect: true                                  # this record is a CONNECT
//       request: |                                     # literal HTTP, see message_text.h
//         CONNECT sts.contoso.com:443 HTTP/1.1
//       answer: |
//         HTTP/1.1 200 Connection established
//       interim: [100]
//       fault: {type: tcp, stage: connect, code: ECONNREFUSED, detail: refused}
//       timings: {dns: 3ms, connect: 12ms, tls: 20ms, wait: 1.5s, receive: 1ms}
//       tls: {version: "1.3", sni: sts.contoso.com, chain: sts, problems: [expired]}
//       mail_related: true                             # default
//       speculative, client_aborted, still_waiting, clear_to_proxy, opened_by_policy: false
//       id: 7                                          # default: counted; a finished exchange
//                                                      # repeats the id it was told early with
//
// destination, address, upstream, client and handling are inherited by the later exchanges of a
// connection. What may stand in `tls` and in a chain is told in story_tls.h. Every size and count
// is bounded.
//
// A story is trusted no more than a capture: bad input is an error text, never a crash.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "capture/exchange.h"

namespace exotap {

struct Story {
  std::string title;
  std::string cause;   // the rules whose findings must be the causes; "none" where all is well
  std::string origin;  // what the story was written from
  std::vector<ExchangePtr> exchanges;
};

// Either the story or the error, as `FILE:LINE: WHAT (WHAT TO DO)`.
struct StoryResult {
  std::optional<Story> story;
  std::string error;
};

inline constexpr std::size_t kMaxStoryText = std::size_t{1} << 20;
inline constexpr std::size_t kMaxStoryExchanges = 4096;

// `file` is only for error texts.
[[nodiscard]] StoryResult parse_story(std::string_view yaml, std::string_view file);
[[nodiscard]] StoryResult read_story(const std::string& path);

}  // namespace exotap
