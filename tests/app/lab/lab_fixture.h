// A lab with one story and a client that talks to it directly.
#pragma once

#include <string>
#include <utility>

#include "app/lab/client.h"
#include "app/lab/cloud.h"

namespace exotap::lab {

// Hosts and client are YAML of a story's (story.h); the tenant is contoso.com with sts.contoso.com.
class Lab {
 public:
  Lab(const std::string& hosts, const std::string& steps,
      std::chrono::milliseconds patience = std::chrono::seconds(10))
      : cloud_({read_story("test",
                           "title: T\nshows: S\ntenant: contoso.com\n"
                           "federation: sts.contoso.com\nhosts:\n" +
                               hosts + "client:\n" + steps)}),
        client_({0, cloud_.ports(), cloud_.root_pem(), patience}) {}

  std::vector<Result> play() { return client_.play(cloud_.stories().front()); }
  [[nodiscard]] const Cloud& cloud() const { return cloud_; }
  Client& client() { return client_; }

 private:
  Cloud cloud_;
  Client client_;
};

}  // namespace exotap::lab
