// JSON as strangers send it, for the request that the first byte names: what is taken means the
// same when it is read back, and what is not is refused by name. The same bytes once more as gzip.
#include <cstddef>
#include <cstdint>
#include <memory>
#include <set>
#include <string>

#include <google/protobuf/message.h>

#include "ledger/core/status.h"
#include "lumbung/identity/v1/identity_service.pb.h"
#include "lumbung/ledger/v1/ledger_service.pb.h"
#include "services/gateway/gzip.h"
#include "services/gateway/transcoder.h"
#include "tests/fuzz/expect.h"

namespace {

const google::protobuf::Message& RequestOf(std::uint8_t choice) {
  switch (choice % 3) {
    case 0:
      return lumbung::ledger::v1::CreateJournalEntryRequest::default_instance();
    case 1:
      return lumbung::ledger::v1::QueryPostingsRequest::default_instance();
    default:
      return lumbung::identity::v1::SignInRequest::default_instance();
  }
}

void CheckGzip(const std::string& bytes) {
  constexpr std::size_t kLimit = 100'000;
  const auto unpacked = lumbung::gateway::Gunzip(bytes, kLimit);
  if (unpacked.ok()) FUZZ_EXPECT(unpacked->size() <= kLimit);
  const auto back = lumbung::gateway::Gunzip(lumbung::gateway::Gzip(bytes), bytes.size());
  FUZZ_EXPECT(back.ok() && *back == bytes);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  static const auto* const kTranscoder = new lumbung::gateway::Transcoder();
  static const auto* const kReasons =
      new std::set<std::string>{"MESSAGE_TOO_LARGE", "NESTED_TOO_DEEP", "MALFORMED_JSON"};
  const google::protobuf::Message& prototype = RequestOf(data[0]);
  const auto* const type = prototype.GetDescriptor();
  const std::string json(reinterpret_cast<const char*>(data) + 1, size - 1);
  CheckGzip(json);
  const auto binary = kTranscoder->JsonToBinary(*type, json);
  if (!binary.ok()) {
    FUZZ_EXPECT(kReasons->count(lumbung::ReasonOf(binary.status())) == 1);
    return 0;
  }
  const std::unique_ptr<google::protobuf::Message> message(prototype.New());
  FUZZ_EXPECT(message->ParseFromString(*binary));
  // Written again by the message itself, so that fields have one order.
  const auto once = kTranscoder->BinaryToJson(*type, message->SerializeAsString());
  FUZZ_EXPECT(once.ok());
  const auto again = kTranscoder->JsonToBinary(*type, *once);
  FUZZ_EXPECT(again.ok());
  const std::unique_ptr<google::protobuf::Message> second(prototype.New());
  FUZZ_EXPECT(second->ParseFromString(*again));
  FUZZ_EXPECT(second->SerializeAsString() == message->SerializeAsString());
  return 0;
}
