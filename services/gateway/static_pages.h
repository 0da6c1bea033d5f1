// The pages that the gateway serves, those of the web application among them, kept in memory: what
// is not there is not found, whatever a path says.
#ifndef LUMBUNG_SERVICES_GATEWAY_STATIC_PAGES_H_
#define LUMBUNG_SERVICES_GATEWAY_STATIC_PAGES_H_

#include <optional>
#include <string>

#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"
#include "services/gateway/http_message.h"

namespace lumbung::gateway {

class StaticPages {
 public:
  // None.
  StaticPages() = default;
  // The regular files under `folder`, without those whose name begins with a dot and without links.
  // UNREADABLE_FOLDER; FOLDER_TOO_LARGE past 64 MiB.
  static absl::StatusOr<StaticPages> Read(const std::string& folder);

  // One more page, or another content for it.
  void Add(const std::string& path, std::string content, std::string content_type);

  // The answer to GET of this request's path, where "/" is index.html; nothing when there is no
  // such page. 304 when the client has it already.
  std::optional<HttpResponse> Find(const HttpRequest& request) const;

 private:
  struct Page {
    std::string content;
    // Empty when it would not be smaller.
    std::string gzip;
    std::string content_type;
    // The hash of the content; weak, for it is that of the page in either encoding.
    std::string etag;
  };

  // By path: "/app.js".
  absl::flat_hash_map<std::string, Page> pages_;
};

}  // namespace lumbung::gateway

#endif  // LUMBUNG_SERVICES_GATEWAY_STATIC_PAGES_H_
