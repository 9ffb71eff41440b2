#include "decoders/signin/mex_document.h"

#include <algorithm>
#include <optional>

#include "decoders/url_parts.h"

namespace exotap {
namespace {

struct Policy {
  std::string id;
  MexCredential credential = MexCredential::none;
  bool wants_tls = false;
};

struct Binding {
  std::string name;
  std::string_view version;
  MexCredential credential = MexCredential::none;
  bool wants_tls = false;
};

// A policy may name several tokens: the one that stands for the user decides, and an X.509 token
// mostly stands for the server.
int rank(MexCredential credential) {
  switch (credential) {
    case MexCredential::username:
      return 5;
    case MexCredential::windows:
      return 4;
    case MexCredential::kerberos:
      return 3;
    case MexCredential::issued_token:
      return 2;
    case MexCredential::certificate:
      return 1;
    case MexCredential::none:
      break;
  }
  return 0;
}

MexCredential credential_of_assertion(std::string_view name) {
  if (name == "UsernameToken") return MexCredential::username;
  if (name == "NegotiateAuthentication" || name == "NtlmAuthentication") {
    return MexCredential::windows;
  }
  if (name == "KerberosToken" || name == "SpnegoContextToken") return MexCredential::kerberos;
  if (name == "IssuedToken") return MexCredential::issued_token;
  if (name == "X509Token") return MexCredential::certificate;
  return MexCredential::none;
}

Policy read_policy(XmlNode node) {
  Policy policy;
  policy.id = node.attribute("Id");
  for (XmlNode at = node.following(node); at; at = at.following(node)) {
    const MexCredential credential = credential_of_assertion(at.name());
    if (rank(credential) > rank(policy.credential)) policy.credential = credential;
    if (at.name() == "TransportBinding") policy.wants_tls = true;
  }
  return policy;
}

std::vector<Policy> read_policies(const XmlNode& root) {
  std::vector<Policy> policies;
  for (const XmlNode node : root.all("Policy")) {
    if (policies.size() == kMaxMexPolicies) break;
    if (node.has_attribute("Id")) policies.push_back(read_policy(node));
  }
  return policies;
}

// WS-Trust's version, as the action's or address's URI has it.
std::string_view version_in(std::string_view uri) {
  if (uri.find("ws-trust/200512") != std::string_view::npos) return "1.3";
  if (uri.find("ws/2005/02/trust") != std::string_view::npos) return "2005";
  if (uri.find("/trust/13/") != std::string_view::npos) return "1.3";
  if (uri.find("/trust/2005/") != std::string_view::npos) return "2005";
  return {};
}

std::string_view version_of(XmlNode binding) {
  for (const XmlNode operation : binding.all("operation")) {
    const std::string_view version = version_in(operation.attribute("soapAction"));
    if (!version.empty()) return version;
  }
  return {};
}

class Reader {
 public:
  explicit Reader(const XmlDocument& document) : root_(document.root()) {}

  MexDocument read() {
    XmlNode definitions = root_;
    if (definitions.name() != "definitions") definitions = root_.find("definitions");
    if (!definitions) return {};
    MexDocument out;
    out.found = true;
    policies_ = read_policies(root_);
    read_bindings(definitions, out);
    read_ports(definitions, out);
    out.policies = policies_.size();
    out.bindings = bindings_.size();
    return out;
  }

 private:
  void read_bindings(XmlNode definitions, MexDocument& out) {
    for (const XmlNode node : definitions.all("binding")) {
      if (bindings_.size() == kMaxMexBindings) break;
      // soap12:binding, inside, has the same local name and no name of its own.
      if (!node.has_attribute("name")) continue;
      Binding binding;
      binding.name = node.attribute("name");
      binding.version = version_of(node);
      for (const XmlNode reference : node.children("PolicyReference")) {
        refer(reference.attribute("URI"), binding, out);
      }
      for (const XmlNode inside : node.children("Policy")) apply(read_policy(inside), binding);
      bindings_.push_back(std::move(binding));
    }
  }

  void refer(std::string_view uri, Binding& binding, MexDocument& out) {
    if (!uri.starts_with('#')) return;  // a policy that stands elsewhere
    uri.remove_prefix(1);
    const auto policy = std::find_if(policies_.begin(), policies_.end(),
                                     [&](const Policy& known) { return known.id == uri; });
    if (policy != policies_.end()) {
      apply(*policy, binding);
    } else if (out.missing_policies.size() < kMaxMexPolicies) {
      out.missing_policies.emplace_back(uri);
    }
  }

  static void apply(const Policy& policy, Binding& binding) {
    if (rank(policy.credential) > rank(binding.credential)) binding.credential = policy.credential;
    binding.wants_tls = binding.wants_tls || policy.wants_tls;
  }

  void read_ports(XmlNode definitions, MexDocument& out) {
    for (const XmlNode port : definitions.all("port")) {
      if (out.ports == kMaxMexPorts) break;
      ++out.ports;
      const std::string qualified = port.attribute("binding");
      const std::string_view name = std::string_view(qualified).substr(qualified.find(':') + 1);
      const auto binding = std::find_if(bindings_.begin(), bindings_.end(),
                                        [&](const Binding& known) { return known.name == name; });
      if (binding == bindings_.end()) continue;
      MexEndpoint endpoint;
      endpoint.credential = binding->credential;
      endpoint.wants_tls = binding->wants_tls;
      endpoint.address = port.child("EndpointReference").text_of("Address");
      if (endpoint.address.empty()) {
        endpoint.address = port.child("address").attribute("location");
      }
      endpoint.version = binding->version.empty() ? version_in(endpoint.address) : binding->version;
      if (!endpoint.address.empty()) out.endpoints.push_back(std::move(endpoint));
    }
  }

  XmlNode root_;
  std::vector<Policy> policies_;
  std::vector<Binding> bindings_;
};

}  // namespace

std::string_view name_of(MexCredential credential) {
  switch (credential) {
    case MexCredential::username:
      return "username";
    case MexCredential::windows:
      return "windows";
    case MexCredential::kerberos:
      return "kerberos";
    case MexCredential::certificate:
      return "certificate";
    case MexCredential::issued_token:
      return "issued_token";
    case MexCredential::none:
      break;
  }
  return {};
}

bool MexEndpoint::is_https() const { return starts_with_ignoring_case(address, "https://"); }

MexDocument read_mex(const XmlDocument& document) { return Reader(document).read(); }

}  // namespace exotap
