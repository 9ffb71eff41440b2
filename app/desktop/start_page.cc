#include "app/desktop/start_page.h"

#include <fmt/format.h>
#include <openssl/x509.h>

#include <algorithm>

#include "app/desktop/pac_text.h"
#include "certs/revocation_list.h"

namespace exotap {
namespace {

constexpr std::string_view kPage = R"html(<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>exotap</title>
<style>
body {{ font: 1em/1.5 sans-serif; max-width: 44em; margin: 2em auto; padding: 0 1em; }}
code {{ background: #eee; padding: 0 .2em; overflow-wrap: anywhere; }}
@media (prefers-color-scheme: dark) {{
  body {{ background: #111; color: #ddd; }} code {{ background: #333; }} a {{ color: #8bf; }}
}}
</style>
<h1>exotap runs on this computer</h1>
<p>It is a diagnostic proxy between Outlook and Exchange Online. It opens the connections to
Microsoft 365's mail and sign-in hosts and to the hosts it was told about, and says on its console
why sign-in or mail fails. Everything else passes untouched.
<h2>Use it</h2>
<ul>
<li><a href="/proxy.pac">/proxy.pac</a> is the proxy auto-configuration. Its address for the
desktop's or the browser's proxy setting is <code>{pac}</code>. Only hosts that exotap opens go
through it, and past it when it does not answer.
<li>For one program, set the proxy <code>{proxy}</code>.
</ul>
<h2>Trust its root</h2>
<p>Clients must trust the certificate under which exotap opens connections:
<a href="/ca.cer">ca.cer</a> (for Windows and macOS) or <a href="/ca.pem">ca.pem</a> (for Linux and
Firefox). Before you do, compare the fingerprint with what <code>exotap ca show</code> prints on this
computer:
<p>SHA-256 <code>{fingerprint}</code>
<ul>
<li>Windows: <code>certutil -user -addstore Root ca.cer</code>
<li>Debian, Ubuntu: <code>sudo cp ca.pem /usr/local/share/ca-certificates/exotap.crt</code>, then
<code>sudo update-ca-certificates</code>
<li>Chromium on Linux: <code>certutil -d sql:$HOME/.pki/nssdb -A -t C,, -n exotap -i ca.pem</code>
<li>Firefox: Settings, Privacy &amp; Security, View Certificates, Authorities, Import
</ul>
<p>What it signs holds only for these names and what is below them, and its root's key was destroyed
when it was made:
<p>{names}
</html>
)html";

std::string der_of(X509* certificate) {
  const int size = i2d_X509(certificate, nullptr);
  std::string der(static_cast<std::size_t>(std::max(size, 0)), '\0');
  auto* at = reinterpret_cast<unsigned char*>(der.data());
  i2d_X509(certificate, &at);
  return der;
}

std::string authority_of(const Endpoint& listening) {
  const bool bracketed = listening.address.find(':') != std::string::npos;
  return bracketed ? fmt::format("[{}]:{}", listening.address, listening.port)
                   : fmt::format("{}:{}", listening.address, listening.port);
}

// Host names hold no character that HTML reads as its own; the authority has checked them.
std::string names_of(const Authority& authority) {
  std::string list;
  for (const std::string& name : authority.permitted_names()) {
    if (name == kWrongNameSuffix) continue;
    list += (list.empty() ? "<code>" : ", <code>") + name + "</code>";
  }
  return list;
}

}  // namespace

std::string pac_url(const Endpoint& listening) {
  return "http://" + authority_of(listening) + "/proxy.pac";
}

wire::OwnPages make_own_pages(const Authority& authority, std::string pac,
                              const Endpoint& listening) {
  wire::OwnPages pages;
  pages.add("/", {"text/html; charset=utf-8",
                  fmt::format(kPage, fmt::arg("pac", pac_url(listening)),
                              fmt::arg("proxy", "http://" + authority_of(listening)),
                              fmt::arg("fingerprint", authority.fingerprint()),
                              fmt::arg("names", names_of(authority)))});
  pages.add("/proxy.pac", {std::string(kPacType), std::move(pac)});
  pages.add("/ca.pem", {"application/x-pem-file", authority.root_pem()});
  pages.add("/ca.cer", {"application/x-x509-ca-cert", der_of(authority.root())});
  // What the certificates themselves point to (RFC 5280 sections 4.2.1.13 and 4.2.2.1).
  const std::string of_issuing = published_path(authority.issuing());
  pages.add(of_issuing + ".crl",
            {"application/pkix-crl", authority.issuing_list(std::chrono::system_clock::now())});
  pages.add(of_issuing + ".cer", {"application/pkix-cert", der_of(authority.issuing())});
  if (std::string list = authority.root_list(); !list.empty()) {
    pages.add(published_path(authority.root()) + ".crl", {"application/pkix-crl", std::move(list)});
  }
  return pages;
}

}  // namespace exotap
