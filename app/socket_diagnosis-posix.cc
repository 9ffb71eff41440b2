#include <arpa/inet.h>
#include <linux/inet_diag.h>
#include <linux/netlink.h>
#include <linux/sock_diag.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>

#include "app/socket_diagnosis.h"

namespace exotap {
namespace {

constexpr time_t kPatience = 1;  // seconds; the kernel answers within the call that asks
constexpr std::size_t kAnswerSize = 4096;
constexpr int kMaxStrangeAnswers = 4;

struct Question {
  nlmsghdr head{};
  inet_diag_req_v2 body{};
};

// Fills one address of the question; false where it is none of this family.
bool put(const std::string& text, int family, __be32* into) {
  return ::inet_pton(family, text.c_str(), into) == 1;
}

bool fill(const Endpoint& local, const Endpoint& remote, Question& question) {
  const int family = local.address.find(':') == std::string::npos ? AF_INET : AF_INET6;
  inet_diag_req_v2& body = question.body;
  body.sdiag_family = static_cast<__u8>(family);
  body.sdiag_protocol = IPPROTO_TCP;
  body.idiag_states = ~0U;
  body.id.idiag_cookie[0] = INET_DIAG_NOCOOKIE;
  body.id.idiag_cookie[1] = INET_DIAG_NOCOOKIE;
  body.id.idiag_sport = htons(local.port);
  body.id.idiag_dport = htons(remote.port);
  if (!put(local.address, family, body.id.idiag_src)) return false;
  return remote.address.empty() || put(remote.address, family, body.id.idiag_dst);
}

}  // namespace

SocketDiagnosis::SocketDiagnosis()
    : socket_(::socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_SOCK_DIAG)) {
  const timeval patience{kPatience, 0};
  if (socket_ >= 0) ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof(patience));
}

SocketDiagnosis::~SocketDiagnosis() {
  if (socket_ >= 0) ::close(socket_);
}

std::optional<SocketOwner> SocketDiagnosis::ask(const Endpoint& local, const Endpoint& remote) {
  Question question;
  if (socket_ < 0 || !fill(local, remote, question)) return std::nullopt;
  question.head.nlmsg_len = sizeof(question);
  question.head.nlmsg_type = SOCK_DIAG_BY_FAMILY;
  question.head.nlmsg_flags = NLM_F_REQUEST;
  question.head.nlmsg_seq = ++asked_;
  if (::send(socket_, &question, sizeof(question), 0) != sizeof(question)) return std::nullopt;

  // An answer to a question given up earlier may still lie there.
  for (int strange = 0; strange < kMaxStrangeAnswers; ++strange) {
    alignas(nlmsghdr) std::array<char, kAnswerSize> bytes{};
    ssize_t size = 0;
    do {
      size = ::recv(socket_, bytes.data(), bytes.size(), 0);
    } while (size < 0 && errno == EINTR);
    nlmsghdr head{};
    if (size < static_cast<ssize_t>(sizeof(head))) return std::nullopt;
    std::memcpy(&head, bytes.data(), sizeof(head));
    if (head.nlmsg_seq != question.head.nlmsg_seq) continue;
    inet_diag_msg body{};
    if (head.nlmsg_type != SOCK_DIAG_BY_FAMILY ||
        size < static_cast<ssize_t>(NLMSG_HDRLEN + sizeof(body))) {
      return std::nullopt;
    }
    std::memcpy(&body, bytes.data() + NLMSG_HDRLEN, sizeof(body));
    if (body.idiag_inode == 0) return std::nullopt;  // nobody holds it any more
    return SocketOwner{body.idiag_inode, body.idiag_uid};
  }
  return std::nullopt;
}

}  // namespace exotap
