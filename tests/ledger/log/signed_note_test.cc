#include "ledger/log/signed_note.h"

#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "tests/support/refusal_matchers.h"

namespace lumbung::log {
namespace {

using ::lumbung::testing::IsOk;
using ::lumbung::testing::Refuses;

constexpr char kText[] = "a\nb\n\nc\n";
const absl::Time kTime = absl::FromUnixSeconds(1'700'000'000);

SigningKey Key(char fill) {
  return SigningKey::FromSeed(std::string(kSeedBytes, fill)).value();
}
VerifierKey LogKey() {
  return Key('a').Verifier("log", KeyType::kLog);
}
VerifierKey WitnessKey() {
  return Key('w').Verifier("witness", KeyType::kWitness);
}
SignedNote Note() {
  return {kText, {SignNote(kText, Key('a'), "log"), CosignNote(kText, Key('w'), "witness", kTime)}};
}

// The example of golang.org/x/mod/sumdb/note.
TEST(SignedNoteTest, ReadsAPublishedNote) {
  const std::string published =
      "If you think cryptography is the answer to your problem,\n"
      "then you don't know what your problem is.\n"
      "\n"
      "— PeterNeumann "
      "x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6"
      "RyyBwJnAM=\n";
  const auto key =
      VerifierKey::Parse("PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW");
  const auto note = SignedNote::Parse(published);
  ASSERT_THAT(note, IsOk());
  EXPECT_THAT(VerifyNote(*note, *key), IsOk());
  EXPECT_EQ(note->ToString(), published);
}

TEST(SignedNoteTest, IsReadAsItWasWritten) {
  const auto note = SignedNote::Parse(Note().ToString());
  ASSERT_THAT(note, IsOk());
  EXPECT_EQ(note->text, kText);
  EXPECT_THAT(VerifyNote(*note, LogKey()), IsOk());
  EXPECT_EQ(VerifyCosignature(*note, WitnessKey()).value(), kTime);
}

// The log's and the witness's signatures are both asked for: then nothing in the note can change.
TEST(SignedNoteTest, RefusesEveryChangedBit) {
  const std::string text = Note().ToString();
  for (std::size_t bit = 0; bit < text.size() * 8; ++bit) {
    std::string changed = text;
    changed[bit / 8] = static_cast<char>(changed[bit / 8] ^ (1 << bit % 8));
    const auto note = SignedNote::Parse(changed);
    EXPECT_FALSE(note.ok() && VerifyNote(*note, LogKey()).ok() &&
                 VerifyCosignature(*note, WitnessKey()).ok())
        << changed;
  }
  for (std::size_t length = 0; length < text.size(); ++length) {
    const auto note = SignedNote::Parse(text.substr(0, length));
    EXPECT_FALSE(note.ok() && VerifyCosignature(*note, WitnessKey()).ok()) << length;
  }
}

TEST(SignedNoteTest, SignaturesOfOthersMeanNothing) {
  SignedNote note = Note();
  note.signatures.push_back({"stranger", 7, "whatever"});
  EXPECT_THAT(VerifyNote(SignedNote::Parse(note.ToString()).value(), LogKey()), IsOk());
  EXPECT_THAT(VerifyNote(note, Key('b').Verifier("log", KeyType::kLog)), Refuses("NOTE_UNSIGNED"));
  EXPECT_THAT(VerifyNote(note, Key('a').Verifier("gol", KeyType::kLog)), Refuses("NOTE_UNSIGNED"));
}

TEST(SignedNoteTest, OneWrongSignatureOfAKeyIsTooMany) {
  SignedNote note = Note();
  note.signatures.push_back(SignNote("another\n", Key('a'), "log"));
  EXPECT_THAT(VerifyNote(note, LogKey()), Refuses("NOTE_SIGNATURE_WRONG"));
}

TEST(SignedNoteTest, KindsOfSignaturesAreNotMixedUp) {
  const SignedNote note = Note();
  EXPECT_THAT(VerifyNote(note, WitnessKey()), Refuses("INVALID_KEY"));
  EXPECT_THAT(VerifyCosignature(note, LogKey()), Refuses("INVALID_KEY"));
  // A log's signature in the place of a witness's, and the other way round.
  SignedNote mixed{kText, {{"witness", WitnessKey().id(), Key('w').Sign(kText)}}};
  EXPECT_THAT(VerifyCosignature(mixed, WitnessKey()), Refuses("NOTE_SIGNATURE_WRONG"));
  const VerifierKey as_log = Key('w').Verifier("witness", KeyType::kLog);
  mixed.signatures = {{"witness", as_log.id(), note.signatures[1].bytes}};
  EXPECT_THAT(VerifyNote(mixed, as_log), Refuses("NOTE_SIGNATURE_WRONG"));
}

TEST(SignedNoteTest, TheTimeOfACosignatureIsSigned) {
  SignedNote note = Note();
  ++note.signatures[1].bytes[7];
  EXPECT_THAT(VerifyCosignature(note, WitnessKey()), Refuses("NOTE_SIGNATURE_WRONG"));
}

TEST(SignedNoteTest, TheLatestOfSeveralCosignaturesCounts) {
  SignedNote note = Note();
  const absl::Time later = kTime + absl::Hours(1);
  note.signatures.insert(note.signatures.begin(), CosignNote(kText, Key('w'), "witness", later));
  EXPECT_EQ(VerifyCosignature(note, WitnessKey()).value(), later);
}

TEST(SignedNoteTest, RefusesWhatIsNoNote) {
  const std::string line = Note().signatures[0].ToLine();
  const auto parse = [](const std::string& text) { return SignedNote::Parse(text); };
  EXPECT_THAT(parse(""), Refuses("NOTE_MALFORMED"));
  EXPECT_THAT(parse("text\n"), Refuses("NOTE_MALFORMED"));
  EXPECT_THAT(parse("text\n\n"), Refuses("NOTE_MALFORMED"));
  EXPECT_THAT(parse("text\n\n" + line), Refuses("NOTE_MALFORMED"));
  EXPECT_THAT(parse("text\n\n" + line + "\nmore\n"), Refuses("NOTE_MALFORMED"));
  EXPECT_THAT(parse("te\txt\n\n" + line + "\n"), Refuses("NOTE_MALFORMED"));
  EXPECT_THAT(parse("te\rxt\n\n" + line + "\n"), Refuses("NOTE_MALFORMED"));
  EXPECT_THAT(parse("te\xFFxt\n\n" + line + "\n"), Refuses("NOTE_MALFORMED"));
  EXPECT_THAT(parse("text\n\n- " + line.substr(4) + "\n"), Refuses("NOTE_MALFORMED"));
  EXPECT_THAT(parse("text\n\n" + line + " \n"), Refuses("NOTE_MALFORMED"));
  std::string many = "text\n\n";
  for (std::size_t i = 0; i <= kMaxSignatures; ++i) many += line + "\n";
  EXPECT_THAT(parse(many), Refuses("NOTE_MALFORMED"));
  EXPECT_THAT(parse(std::string(kMaxNoteBytes, 'x') + "\n\n" + line + "\n"),
              Refuses("NOTE_MALFORMED"));
}

}  // namespace
}  // namespace lumbung::log
