#include "ledger/log/checkpoint.h"

#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "ledger/log/merkle_tree.h"
#include "tests/support/refusal_matchers.h"

namespace lumbung::log {
namespace {

using ::lumbung::testing::IsOk;
using ::lumbung::testing::Refuses;

SigningKey Key() {
  return SigningKey::FromSeed(std::string(kSeedBytes, 'a')).value();
}
VerifierKey LogKey() {
  return Key().Verifier("lumbung/log", KeyType::kLog);
}
Checkpoint Sample() {
  return {"lumbung/log", 20852163, EmptyRoot(), {}};
}

TEST(CheckpointTest, HasThreeLines) {
  EXPECT_EQ(Sample().ToText(),
            "lumbung/log\n20852163\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n");
}

TEST(CheckpointTest, IsReadAsItWasWritten) {
  Checkpoint checkpoint = Sample();
  EXPECT_TRUE(Checkpoint::FromText(checkpoint.ToText()).value() == checkpoint);
  checkpoint.extensions = {"one", "two three"};
  EXPECT_TRUE(Checkpoint::FromText(checkpoint.ToText()).value() == checkpoint);
}

TEST(CheckpointTest, RefusesOtherSpellings) {
  const std::string root = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=";
  for (const std::string& text :
       {std::string(), std::string("log\n1\n"), "log\n1\n" + root, "\n1\n" + root + "\n",
        "log\n01\n" + root + "\n", "log\n+1\n" + root + "\n", "log\n-1\n" + root + "\n",
        "log\n 1\n" + root + "\n", "log\n\n" + root + "\n", "log\n1\n" + root.substr(4) + "\n",
        "log\n99999999999999999999\n" + root + "\n", "log\n9223372036854775807\n" + root + "\n",
        "log\n1\n" + root.substr(0, 43) + "\n", "lo g\n1\n" + root + "\n",
        std::string("log\n1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFV=\n"),
        "log\n1\n" + root + "\n\n", "log\n1\n" + root + "\n\nx\n"}) {
    EXPECT_THAT(Checkpoint::FromText(text), Refuses("CHECKPOINT_MALFORMED")) << text;
  }
}

TEST(CheckpointTest, OpensWithItsLogsKey) {
  const std::string note = SignCheckpoint(Sample(), Key()).ToString();
  const auto opened = OpenCheckpoint(SignedNote::Parse(note).value(), LogKey());
  ASSERT_THAT(opened, IsOk());
  EXPECT_TRUE(*opened == Sample());
}

TEST(CheckpointTest, RefusesEveryChangedBit) {
  const std::string text = SignCheckpoint(Sample(), Key()).ToString();
  for (std::size_t bit = 0; bit < text.size() * 8; ++bit) {
    std::string changed = text;
    changed[bit / 8] = static_cast<char>(changed[bit / 8] ^ (1 << bit % 8));
    const auto note = SignedNote::Parse(changed);
    EXPECT_FALSE(note.ok() && OpenCheckpoint(*note, LogKey()).ok()) << changed;
  }
}

TEST(CheckpointTest, RefusesTheCheckpointOfAnotherLog) {
  // Signed with the right key, under the right name, for another origin.
  Checkpoint other = Sample();
  other.origin = "lumbung/other";
  SignedNote note{other.ToText(), {}};
  note.signatures.push_back(SignNote(note.text, Key(), "lumbung/log"));
  EXPECT_THAT(OpenCheckpoint(note, LogKey()), Refuses("WRONG_ORIGIN"));
  EXPECT_THAT(OpenCheckpoint(SignCheckpoint(other, Key()), LogKey()), Refuses("NOTE_UNSIGNED"));
}

}  // namespace
}  // namespace lumbung::log
