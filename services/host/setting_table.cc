#include "services/host/setting_table.h"

#include <algorithm>
#include <cstdint>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"

namespace lumbung::host {
namespace {

std::string Found(absl::string_view text, absl::string_view allowed) {
  return absl::StrCat("found \"", text, "\"; ", allowed);
}

template <typename Integer>
Problem ReadInteger(const std::string& text, int low, int high, Integer* out) {
  int value = 0;
  if (!absl::SimpleAtoi(text, &value) || value < low || value > high) {
    return Found(text, absl::StrCat("a whole number from ", low, " to ", high, " is allowed"));
  }
  *out = static_cast<Integer>(value);
  return std::nullopt;
}

Problem ReadSeconds(const std::string& text, int low, int high, absl::Duration* out) {
  int seconds = 0;
  const Problem problem = ReadInteger(text, low, high, &seconds);
  if (!problem) *out = absl::Seconds(seconds);
  return problem;
}

std::string PrintSeconds(absl::Duration duration) {
  return absl::StrCat(absl::ToInt64Seconds(duration));
}

Problem ReadWord(const std::string& text, const std::vector<std::string>& words, std::string* out) {
  if (std::find(words.begin(), words.end(), text) == words.end()) {
    return Found(text, absl::StrCat(absl::StrJoin(words, ", "), " are allowed"));
  }
  *out = text;
  return std::nullopt;
}

// Without TLS nothing leaves this machine.
bool IsLoopback(absl::string_view host) {
  if (host == "localhost" || host == "[::1]") return true;
  const std::vector<absl::string_view> parts = absl::StrSplit(host, '.');
  return parts.size() == 4 && parts[0] == "127" &&
         std::all_of(parts.begin(), parts.end(), [](absl::string_view part) {
           int value = 0;
           return absl::SimpleAtoi(part, &value) && value >= 0 && value <= 255;
         });
}

Problem ReadListen(const std::string& text, ServerSettings* settings) {
  const std::size_t colon = text.rfind(':');
  if (colon == std::string::npos) return Found(text, "HOST:PORT is expected");
  const std::string host = text.substr(0, colon);
  if (!IsLoopback(host)) {
    return Found(
        text,
        "only addresses of this machine (127.0.0.1, localhost, [::1]) are allowed: without TLS, "
        "passwords and books would travel in the open");
  }
  settings->listen_host = host;
  return ReadInteger(text.substr(colon + 1), 0, 65535, &settings->grpc_port);
}

Problem ReadGatewayListen(const std::string& text, ServerSettings* settings) {
  settings->gateway_port.reset();
  if (text == "none") return std::nullopt;
  const std::size_t colon = text.rfind(':');
  if (colon == std::string::npos) return Found(text, "HOST:PORT or none is expected");
  settings->gateway_host = text.substr(0, colon);
  return ReadInteger(text.substr(colon + 1), 0, 65535, &settings->gateway_port.emplace());
}

const Setting kSettings[] = {
    {"services", "NAME,...", "Services to run, or all",
     [](const std::string& text, ServerSettings* s) -> Problem {
       s->services.clear();
       if (text != "all") s->services = absl::StrSplit(text, ',', absl::SkipEmpty());
       return std::nullopt;
     },
     [](const ServerSettings& s) {
       return s.services.empty() ? "all" : absl::StrJoin(s.services, ",");
     }},
    {"db", "URI", "PostgreSQL connection string or URI",
     [](const std::string& text, ServerSettings* s) -> Problem {
       s->db = text;
       return std::nullopt;
     },
     [](const ServerSettings& s) { return s.db; }},
    {"data-dir", "DIR", "Folder that holds everything, made when missing",
     [](const std::string& text, ServerSettings* s) -> Problem {
       s->data_dir = text;
       return std::nullopt;
     },
     [](const ServerSettings& s) { return s.data_dir; }},
    {"keys-dir", "DIR",
     "Folder with the key of the tamper-evident log, made when missing; without it this server "
     "seals nothing",
     [](const std::string& text, ServerSettings* s) -> Problem {
       s->keys_dir = text;
       return std::nullopt;
     },
     [](const ServerSettings& s) { return s.keys_dir; }},
    {"listen", "HOST:PORT", "Where the API listens; port 0 picks a free one", ReadListen,
     [](const ServerSettings& s) { return absl::StrCat(s.listen_host, ":", s.grpc_port); }},
    {"grpc-port", "PORT", "Port of the API on 127.0.0.1; 0 picks a free one",
     [](const std::string& text, ServerSettings* s) {
       return ReadInteger(text, 0, 65535, &s->grpc_port);
     },
     [](const ServerSettings& s) { return absl::StrCat(s.grpc_port); }},
    {"metrics-port", "PORT",
     "Port of /metrics, /healthz and /readyz on 127.0.0.1; 0 picks a free one",
     [](const std::string& text, ServerSettings* s) {
       return ReadInteger(text, 0, 65535, &s->metrics_port);
     },
     [](const ServerSettings& s) { return absl::StrCat(s.metrics_port); }},
    {"gateway-port", "PORT|none",
     "Port of the API over HTTP and JSON on 127.0.0.1; 0 picks a free one",
     [](const std::string& text, ServerSettings* s) -> Problem {
       s->gateway_port.reset();
       if (text == "none") return std::nullopt;
       return ReadInteger(text, 0, 65535, &s->gateway_port.emplace());
     },
     [](const ServerSettings& s) {
       return s.gateway_port ? absl::StrCat(*s.gateway_port) : std::string("none");
     }},
    {"gateway-listen", "HOST:PORT|none",
     "Where the API over HTTP and JSON listens; an IP address, and TLS for others than 127.0.0.1",
     ReadGatewayListen,
     [](const ServerSettings& s) {
       return s.gateway_port ? absl::StrCat(s.gateway_host, ":", *s.gateway_port)
                             : std::string("none");
     }},
    {"gateway-names", "NAME,...", "Names by which clients call the gateway, besides localhost",
     [](const std::string& text, ServerSettings* s) -> Problem {
       s->gateway_names = absl::StrSplit(text, ',', absl::SkipEmpty());
       return std::nullopt;
     },
     [](const ServerSettings& s) { return absl::StrJoin(s.gateway_names, ","); }},
    {"tls-certificate", "FILE",
     "Certificate of the gateway with its chain, in PEM; read again when "
     "it is replaced",
     [](const std::string& text, ServerSettings* s) -> Problem {
       s->tls_certificate = text;
       return std::nullopt;
     },
     [](const ServerSettings& s) { return s.tls_certificate; }},
    {"tls-key", "FILE", "Key of that certificate, in PEM",
     [](const std::string& text, ServerSettings* s) -> Problem {
       s->tls_key = text;
       return std::nullopt;
     },
     [](const ServerSettings& s) { return s.tls_key; }},
    {"tls-client-ca", "FILE", "Whose certificates systems may sign in with, in PEM; empty for none",
     [](const std::string& text, ServerSettings* s) -> Problem {
       s->tls_client_ca = text;
       return std::nullopt;
     },
     [](const ServerSettings& s) { return s.tls_client_ca; }},
    {"web-dir", "DIR", "Folder of the web application that the gateway serves; empty for none",
     [](const std::string& text, ServerSettings* s) -> Problem {
       s->web_dir = text;
       return std::nullopt;
     },
     [](const ServerSettings& s) { return s.web_dir; }},
    {"oidc-providers", "FILE", "Identity providers to trust, in JSON; empty for none",
     [](const std::string& text, ServerSettings* s) -> Problem {
       s->oidc_providers = text;
       return std::nullopt;
     },
     [](const ServerSettings& s) { return s.oidc_providers; }},
    {"address-rate", "COUNT", "Calls a second that one address may make by the gateway; 0 for any",
     [](const std::string& text, ServerSettings* s) {
       return ReadInteger(text, 0, 1'000'000, &s->address_rate);
     },
     [](const ServerSettings& s) { return absl::StrCat(s.address_rate); }},
    {"organization-rate", "COUNT",
     "Calls a second that are answered to one organization; 0 for any",
     [](const std::string& text, ServerSettings* s) {
       return ReadInteger(text, 0, 1'000'000, &s->organization_rate);
     },
     [](const ServerSettings& s) { return absl::StrCat(s.organization_rate); }},
    {"workers", "COUNT", "Calls that run at the same time",
     [](const std::string& text, ServerSettings* s) {
       return ReadInteger(text, 1, 256, &s->workers);
     },
     [](const ServerSettings& s) { return absl::StrCat(s.workers); }},
    {"db-connections", "COUNT", "Database connections",
     [](const std::string& text, ServerSettings* s) {
       return ReadInteger(text, 2, 256, &s->db_connections);
     },
     [](const ServerSettings& s) { return absl::StrCat(s.db_connections); }},
    {"read-deadline", "SECONDS", "Deadline of reading calls whose client sets none",
     [](const std::string& text, ServerSettings* s) {
       return ReadSeconds(text, 1, 600, &s->default_read_deadline);
     },
     [](const ServerSettings& s) { return PrintSeconds(s.default_read_deadline); }},
    {"write-deadline", "SECONDS", "Deadline of writing calls whose client sets none",
     [](const std::string& text, ServerSettings* s) {
       return ReadSeconds(text, 1, 600, &s->default_write_deadline);
     },
     [](const ServerSettings& s) { return PrintSeconds(s.default_write_deadline); }},
    {"longest-call", "SECONDS", "Longest deadline that a client may set",
     [](const std::string& text, ServerSettings* s) {
       return ReadSeconds(text, 1, 3600, &s->longest_call);
     },
     [](const ServerSettings& s) { return PrintSeconds(s.longest_call); }},
    {"shutdown-seconds", "SECONDS", "How long running calls may take after a stop signal",
     [](const std::string& text, ServerSettings* s) {
       return ReadSeconds(text, 0, 600, &s->shutdown_patience);
     },
     [](const ServerSettings& s) { return PrintSeconds(s.shutdown_patience); }},
    {"reflection", "on|off", "Let clients ask for the API's description",
     [](const std::string& text, ServerSettings* s) {
       std::string word;
       const Problem problem = ReadWord(text, {"on", "off"}, &word);
       s->reflection = word == "on";
       return problem;
     },
     [](const ServerSettings& s) { return std::string(s.reflection ? "on" : "off"); }},
    {"log-level", "debug|info|warning|error", "Least important lines to log",
     [](const std::string& text, ServerSettings* s) {
       return ReadWord(text, {"debug", "info", "warning", "error"}, &s->log_level);
     },
     [](const ServerSettings& s) { return s.log_level; }},
    {"log-format", "auto|json|console", "How to log; auto: console on a terminal, else json",
     [](const std::string& text, ServerSettings* s) {
       return ReadWord(text, {"auto", "json", "console"}, &s->log_format);
     },
     [](const ServerSettings& s) { return s.log_format; }},
};

}  // namespace

std::string Setting::EnvironmentName() const {
  return absl::StrCat("LUMBUNG_", absl::StrReplaceAll(absl::AsciiStrToUpper(name), {{"-", "_"}}));
}

absl::Span<const Setting> AllSettings() {
  return kSettings;
}

const Setting* FindSetting(absl::string_view name) {
  for (const Setting& setting : kSettings) {
    if (setting.name == name) return &setting;
  }
  return nullptr;
}

}  // namespace lumbung::host
