// A small faulty Microsoft cloud on loopback: every virtual host of its stories listens on a port
// of its own at 127.0.0.1, behaves on the wire as its story says, and answers with its services.
//
// A host that several stories share (login.microsoftonline.com) is one endpoint; whose request it
// is, is told by the organisation's domain in the request, as the real, shared hosts do it.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "app/lab/message.h"
#include "app/lab/story.h"

namespace exotap::lab {

class Cloud {
 public:
  // Listens when it returns. Throws StoryError where two stories want different things of one host
  // and std::runtime_error where a port or a certificate cannot be had.
  explicit Cloud(std::vector<Story> stories);
  // Stops at once: connections are cut, the thread is joined.
  ~Cloud();
  Cloud(const Cloud&) = delete;
  Cloud& operator=(const Cloud&) = delete;

  // "sts.contoso.com:443" -> the port at 127.0.0.1.
  [[nodiscard]] const std::map<std::string, std::uint16_t>& ports() const;
  // The root that signs the healthy certificates, PEM.
  [[nodiscard]] std::string root_pem() const;
  [[nodiscard]] const std::vector<Story>& stories() const;
  // The domains of all stories, each once.
  [[nodiscard]] std::vector<std::string> domains() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

// One host as the stories tell it together.
struct Shared {
  VirtualHost host;  // of the first story that has it
  std::vector<std::pair<const Story*, const VirtualHost*>> parts;
};
// Throws StoryError; the result points into `stories`.
std::vector<Shared> shared_hosts(const std::vector<Story>& stories);

// What a host answers: the first service of its story that recognises the request, 404 where none.
Answer answer_for(const Shared& shared, const Request& request);

}  // namespace exotap::lab
