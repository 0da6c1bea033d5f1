#include "services/log/domain/canonical_event.h"

#include <set>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "ledger/log/canonical_entry.h"

namespace lumbung::log {
namespace {

constexpr char kOrigin[] = "lumbung/o";

EventFields Sample() {
  EventFields event;
  event.event_id = 258;
  event.recorded_at = absl::FromUnixMicros(1'700'000'000'000'001);
  event.person = 7;
  event.user_name = "sari";
  event.display_name = "Sari";
  event.from_address = "127.0.0.1";
  event.method = "m";
  event.action = "a";
  event.resource = "people/sari";
  event.before = "";
  event.after = "{}";
  event.request_id = "r";
  event.reason = "X";
  return event;
}

std::string Salt() {
  return std::string(kSaltBytes, 's');
}

// Worked out from canonical_event.md by hand; the hashes by `sha256sum`.
TEST(CanonicalEventTest, HasTheDocumentedLayout) {
  const std::string bytes = CanonicalEventBytes(kOrigin, Sample(), Salt());
  const std::string clear = absl::HexStringToBytes(
      "4101"
      "00000009"
      "6c756d62756e672f6f"
      "0000000000000102"
      "00060a24181e4001"
      "0000000000000007"
      "000000016d"
      "0000000161"
      "0000000172"
      "0000000158");
  ASSERT_EQ(bytes.size(), clear.size() + 6 * 32);
  EXPECT_EQ(absl::BytesToHexString(bytes.substr(0, clear.size())), absl::BytesToHexString(clear));
  const std::string hashes = bytes.substr(clear.size());
  const std::vector<std::string> texts = {"sari", "Sari", "127.0.0.1", "people/sari", "", "{}"};
  for (std::size_t i = 0; i < texts.size(); ++i) {
    EXPECT_EQ(hashes.substr(32 * i, 32),
              texts[i].empty() ? std::string(32, '\0') : Sha256(Salt() + texts[i]))
        << texts[i];
  }
}

TEST(CanonicalEventTest, NamesNobodyInClear) {
  const std::string bytes = CanonicalEventBytes(kOrigin, Sample(), Salt());
  for (const char* text : {"sari", "Sari", "127.0.0.1"}) {
    EXPECT_FALSE(absl::StrContains(bytes, text)) << text;
  }
}

TEST(CanonicalEventTest, EveryFieldCounts) {
  std::set<std::string> hashes;
  const auto add = [&hashes](const EventFields& event) {
    EXPECT_TRUE(hashes.insert(CanonicalEventBytes(kOrigin, event, Salt())).second);
  };
  add(Sample());
  for (std::string EventFields::*text :
       {&EventFields::user_name, &EventFields::display_name, &EventFields::from_address,
        &EventFields::method, &EventFields::action, &EventFields::resource, &EventFields::before,
        &EventFields::after, &EventFields::request_id, &EventFields::reason}) {
    EventFields event = Sample();
    event.*text += "!";
    add(event);
  }
  EventFields event = Sample();
  event.event_id = 259;
  add(event);
  event = Sample();
  event.person = 8;
  add(event);
  event = Sample();
  event.recorded_at += absl::Microseconds(1);
  add(event);
  EXPECT_TRUE(hashes.insert(CanonicalEventBytes("lumbung/p", Sample(), Salt())).second);
}

}  // namespace
}  // namespace lumbung::log
