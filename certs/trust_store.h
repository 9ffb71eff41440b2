// A place that says which roots clients of this machine trust: the system's store, the NSS database
// of a browser. What all of them can do; the kinds are in trust_store_*.h.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "certs/openssl.h"
#include "certs/outcome.h"

namespace exotap {

// How a program ended and what it said, on both streams together.
struct ProgramResult {
  int exit_code = -1;
  std::string output;
};
// Runs a program, never through a shell: the first word is its file or its name, its input is
// empty. One that cannot be started has the exit code 127. Who makes a store says how (this room
// starts no process).
using RunProgram = std::function<ProgramResult(const std::vector<std::string>& words)>;

struct StoredRoot {
  X509Ptr certificate;
  std::string sha256;    // of the DER, hex, lower case
  std::string place;     // a nickname, a file
  bool trusted = false;  // for servers
};

// One thread. Errors are finished lines for people, without the store's name.
class TrustStore {
 public:
  virtual ~TrustStore() = default;

  [[nodiscard]] virtual const std::string& name() const = 0;  // "NSS /home/jo/.pki/nssdb"
  // The authorities' certificates in it. Of a certificate that is no authority's nothing is said.
  [[nodiscard]] virtual Outcome<std::vector<StoredRoot>> roots() = 0;
  // Lets servers be trusted by this root, and looks whether they are. False: they were already.
  [[nodiscard]] virtual Outcome<bool> install(X509* root) = 0;
  // Removes the certificate of this fingerprint and no other, and looks whether it is gone. False:
  // it was not there.
  [[nodiscard]] virtual Outcome<bool> remove(const std::string& sha256) = 0;
};

using TrustStorePtr = std::unique_ptr<TrustStore>;

}  // namespace exotap
