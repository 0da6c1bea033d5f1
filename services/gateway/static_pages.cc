#include "services/gateway/static_pages.h"

#include <cstddef>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <system_error>
#include <utility>

#include <openssl/sha.h>

#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "ledger/core/status.h"
#include "services/gateway/gzip.h"

namespace lumbung::gateway {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMaxFolderBytes = 64 << 20;

// A page runs its own scripts and nobody else's, and talks to this server only.
constexpr char kPagePolicy[] =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; "
    "font-src 'self'; connect-src 'self'; manifest-src 'self'; worker-src 'self'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

constexpr struct {
  const char* extension;
  const char* content_type;
} kTypes[] = {
    {".html", "text/html; charset=utf-8"},
    {".css", "text/css; charset=utf-8"},
    {".js", "text/javascript; charset=utf-8"},
    {".mjs", "text/javascript; charset=utf-8"},
    {".json", "application/json"},
    {".webmanifest", "application/manifest+json"},
    {".svg", "image/svg+xml"},
    {".png", "image/png"},
    {".jpg", "image/jpeg"},
    {".ico", "image/x-icon"},
    {".woff2", "font/woff2"},
    {".txt", "text/plain; charset=utf-8"},
};

const char* TypeOf(const std::string& extension) {
  for (const auto& row : kTypes) {
    if (extension == row.extension) return row.content_type;
  }
  return "application/octet-stream";
}

std::string EtagOf(absl::string_view content) {
  unsigned char hash[SHA256_DIGEST_LENGTH];
  SHA256(reinterpret_cast<const unsigned char*>(content.data()), content.size(), hash);
  return absl::StrCat(
      "W/\"", absl::BytesToHexString({reinterpret_cast<const char*>(hash), sizeof hash}), "\"");
}

absl::Status Unreadable(const std::string& what) {
  return FailedPrecondition("UNREADABLE_FOLDER", "", absl::StrCat("cannot read ", what));
}

}  // namespace

absl::StatusOr<StaticPages> StaticPages::Read(const std::string& folder) {
  StaticPages pages;
  std::size_t bytes = 0;
  std::error_code error;
  for (fs::recursive_directory_iterator at(folder, error), end; !error && at != end;
       at.increment(error)) {
    const bool is_hidden = absl::StartsWith(at->path().filename().string(), ".");
    if (is_hidden && at->is_directory(error)) at.disable_recursion_pending();
    if (is_hidden || at->is_symlink(error) || !at->is_regular_file(error)) continue;
    std::ifstream file(at->path(), std::ios::binary);
    std::ostringstream content;
    content << file.rdbuf();
    if (!file) return Unreadable(at->path().string());
    bytes += content.str().size();
    if (bytes > kMaxFolderBytes) {
      return FailedPrecondition("FOLDER_TOO_LARGE", "",
                                absl::StrCat(folder, " has more than ", kMaxFolderBytes, " bytes"));
    }
    pages.Add(absl::StrCat("/", at->path().lexically_relative(folder).generic_string()),
              content.str(), TypeOf(at->path().extension().string()));
  }
  if (error) return Unreadable(absl::StrCat(folder, ": ", error.message()));
  return pages;
}

void StaticPages::Add(const std::string& path, std::string content, std::string content_type) {
  Page page;
  page.gzip = Gzip(content);
  if (page.gzip.size() >= content.size()) page.gzip.clear();
  page.etag = EtagOf(content);
  page.content = std::move(content);
  page.content_type = std::move(content_type);
  pages_[path] = std::move(page);
}

std::optional<HttpResponse> StaticPages::Find(const HttpRequest& request) const {
  const absl::string_view target = request.target;
  const absl::string_view path = target.substr(0, target.find('?'));
  const auto found = pages_.find(path == "/" ? absl::string_view("/index.html") : path);
  if (found == pages_.end()) return std::nullopt;
  const Page& page = found->second;
  HttpResponse response;
  response.headers = {{"Content-Type", page.content_type},
                      {"Content-Security-Policy", kPagePolicy},
                      {"Cache-Control", "no-cache"},
                      {"Vary", "Accept-Encoding"},
                      {"ETag", page.etag}};
  if (FindHeader(request.headers, "If-None-Match") == page.etag) {
    response.status = 304;
    return response;
  }
  if (!page.gzip.empty() && TakesGzip(FindHeader(request.headers, "Accept-Encoding"))) {
    response.headers.emplace_back("Content-Encoding", "gzip");
    response.body = page.gzip;
  } else {
    response.body = page.content;
  }
  return response;
}

}  // namespace lumbung::gateway
