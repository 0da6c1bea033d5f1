#include "services/gateway/static_pages.h"

#include <filesystem>
#include <fstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "services/gateway/gzip.h"
#include "tests/support/refusal_matchers.h"
#include "tests/support/temporary_folder.h"

namespace lumbung::gateway {
namespace {

using ::testing::HasSubstr;
using testing::Refuses;

class StaticPagesTest : public ::testing::Test {
 protected:
  StaticPagesTest() {
    const std::filesystem::path web = absl::StrCat(folder_.path(), "/web");
    std::filesystem::create_directories(web / "assets");
    std::filesystem::create_directories(web / ".git");
    Write(web / "index.html", "<!doctype html><title>Lumbung</title>");
    Write(web / "assets" / "app.js", std::string(5'000, ' '));
    Write(web / "assets" / "empty.css", "");
    Write(web / ".git" / "config", "secret");
    Write(web / ".env", "secret");
    Write(folder_.path() + "/outside.txt", "secret");
    std::filesystem::create_symlink("../outside.txt", web / "link.txt");
    auto pages = StaticPages::Read(web.string());
    if (!pages.ok()) ADD_FAILURE() << pages.status();
    pages_ = *std::move(pages);
  }

  std::optional<HttpResponse> Get(const std::string& target, Headers headers = {}) {
    return pages_.Find({"GET", target, std::move(headers), ""});
  }

  static void Write(const std::filesystem::path& path, const std::string& text) {
    std::ofstream(path) << text;
  }

  testing::TemporaryFolder folder_;
  StaticPages pages_;
};

TEST_F(StaticPagesTest, ServesItsPages) {
  const auto index = Get("/");
  ASSERT_TRUE(index.has_value());
  EXPECT_EQ(index->status, 200);
  EXPECT_THAT(index->body, HasSubstr("Lumbung"));
  EXPECT_EQ(FindHeader(index->headers, "Content-Type"), "text/html; charset=utf-8");
  EXPECT_THAT(std::string(FindHeader(index->headers, "Content-Security-Policy")),
              HasSubstr("script-src 'self'"));
  EXPECT_EQ(Get("/index.html?v=2")->body, index->body);
  EXPECT_EQ(Get("/assets/empty.css")->body, "");
}

TEST_F(StaticPagesTest, SaysOnlyWhetherAKnownPageChanged) {
  const std::string etag(FindHeader(Get("/")->headers, "ETag"));
  EXPECT_EQ(Get("/", {{"If-None-Match", etag}})->status, 304);
  EXPECT_EQ(Get("/", {{"If-None-Match", etag}})->body, "");
  EXPECT_EQ(Get("/", {{"If-None-Match", "W/\"other\""}})->status, 200);
}

TEST_F(StaticPagesTest, CompressesForWhoTakesIt) {
  const auto page = Get("/assets/app.js", {{"Accept-Encoding", "gzip"}});
  EXPECT_EQ(FindHeader(page->headers, "Content-Encoding"), "gzip");
  EXPECT_EQ(*Gunzip(page->body, 10'000), std::string(5'000, ' '));
  EXPECT_EQ(FindHeader(Get("/assets/app.js")->headers, "Content-Encoding"), "");
}

TEST_F(StaticPagesTest, HasNothingElse) {
  for (const char* target :
       {"/outside.txt", "/../outside.txt", "/assets/../../outside.txt", "/link.txt", "/.env",
        "/.git/config", "/assets", "/assets/", "/%2e%2e/outside.txt", "//index.html", "",
        "index.html", "/INDEX.HTML", "/index.html/", "/etc/passwd"}) {
    EXPECT_FALSE(Get(target).has_value()) << target;
  }
}

TEST_F(StaticPagesTest, RefusesAFolderThatIsNotThere) {
  EXPECT_THAT(StaticPages::Read(folder_.path() + "/nothing"), Refuses("UNREADABLE_FOLDER"));
}

}  // namespace
}  // namespace lumbung::gateway
