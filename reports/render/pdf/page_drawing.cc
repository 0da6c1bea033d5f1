#include "reports/render/pdf/page_drawing.h"

#include <memory>

#include <cairo-pdf.h>

#include "absl/strings/str_cat.h"
#include "ledger/core/status.h"

namespace lumbung::reports {
namespace {

constexpr double kGrey = 0.4;
constexpr double kRed = 0.75;

struct SinkState {
  ByteSink* sink = nullptr;
  absl::Status status;
};

cairo_status_t WriteToSink(void* closure, const unsigned char* data, unsigned int length) {
  auto& state = *static_cast<SinkState*>(closure);
  if (state.status.ok()) {
    state.status = state.sink->Write({reinterpret_cast<const char*>(data), length});
  }
  // Told that writing failed, cairo 1.16 crashes as it finishes; the status says it later.
  return CAIRO_STATUS_SUCCESS;
}

class PageDrawer {
 public:
  PageDrawer(const PageText& text, int pages, cairo_surface_t* surface)
      : text_(text), pages_(pages), surface_(surface), cairo_(cairo_create(surface)) {}
  ~PageDrawer() { cairo_destroy(cairo_); }
  PageDrawer(const PageDrawer&) = delete;
  PageDrawer& operator=(const PageDrawer&) = delete;

  void Draw(const Mark& mark);
  void End() {
    if (page_ > 0) cairo_show_page(cairo_);
  }

 private:
  void BeginPage(const Mark& mark);
  void AddOutline(const Mark& mark);
  void DrawSquares(const Mark& mark);
  void SetInk(Ink ink);

  const PageText& text_;
  const int pages_;
  cairo_surface_t* const surface_;
  cairo_t* const cairo_;
  int page_ = 0;
  int document_ = CAIRO_PDF_OUTLINE_ROOT;
};

void PageDrawer::SetInk(Ink ink) {
  if (ink == Ink::kRed) {
    cairo_set_source_rgb(cairo_, kRed, 0, 0);
  } else {
    const double grey = ink == Ink::kGrey ? kGrey : 0;
    cairo_set_source_rgb(cairo_, grey, grey, grey);
  }
}

void PageDrawer::BeginPage(const Mark& mark) {
  End();
  ++page_;
  cairo_pdf_surface_set_size(surface_, mark.x2, mark.y2);
  const bool is_indonesian = mark.text.front() == 'i';
  const double right = mark.x2 - mark.x;
  SetInk(Ink::kGrey);
  cairo_set_line_width(cairo_, 0.5);
  cairo_move_to(cairo_, mark.x, mark.y - 10);
  cairo_line_to(cairo_, right, mark.y - 10);
  cairo_stroke(cairo_);
  const std::string number = absl::StrCat(is_indonesian ? "Halaman " : "Page ", page_,
                                          is_indonesian ? " dari " : " of ", pages_);
  const double width = text_.Width(number, Face::kSmall);
  text_.Draw(cairo_, number, Face::kSmall, right - width, mark.y);
  text_.Draw(cairo_, text_.Fit(mark.text.substr(1), Face::kSmall, right - mark.x - width - 20),
             Face::kSmall, mark.x, mark.y);
}

void PageDrawer::AddOutline(const Mark& mark) {
  const bool is_document = mark.width == 0;
  const std::string target = absl::StrCat("page=", page_, " pos=[0 0]");
  const int entry = cairo_pdf_surface_add_outline(
      surface_, is_document ? CAIRO_PDF_OUTLINE_ROOT : document_, mark.text.c_str(), target.c_str(),
      is_document ? CAIRO_PDF_OUTLINE_FLAG_OPEN : cairo_pdf_outline_flags_t());
  if (is_document) document_ = entry;
}

void PageDrawer::DrawSquares(const Mark& mark) {
  const auto per_side = static_cast<std::size_t>(mark.x2);
  const double side = mark.y2 / mark.x2;
  SetInk(Ink::kBlack);
  for (std::size_t i = 0; i < mark.text.size(); ++i) {
    if (mark.text[i] == '\0') continue;
    cairo_rectangle(cairo_, mark.x + side * static_cast<double>(i % per_side),
                    mark.y + side * static_cast<double>(i / per_side), side, side);
  }
  cairo_fill(cairo_);
}

void PageDrawer::Draw(const Mark& mark) {
  switch (mark.kind) {
    case Mark::Kind::kPage:
      return BeginPage(mark);
    case Mark::Kind::kText:
      SetInk(mark.ink);
      return text_.Draw(cairo_, mark.text, mark.face, mark.x, mark.y);
    case Mark::Kind::kLine:
      SetInk(Ink::kBlack);
      cairo_set_line_width(cairo_, mark.width);
      cairo_move_to(cairo_, mark.x, mark.y);
      cairo_line_to(cairo_, mark.x2, mark.y2);
      return cairo_stroke(cairo_);
    case Mark::Kind::kOutline:
      return AddOutline(mark);
    case Mark::Kind::kSquares:
      return DrawSquares(mark);
    case Mark::Kind::kEnd:
      return;
  }
}

}  // namespace

absl::Status DrawPages(const PdfProperties& properties, const PageText& text, PageList& pages,
                       ByteSink& sink) {
  struct Destroy {
    void operator()(cairo_surface_t* surface) const { cairo_surface_destroy(surface); }
  };
  SinkState state{&sink, absl::OkStatus()};
  const std::unique_ptr<cairo_surface_t, Destroy> surface(
      cairo_pdf_surface_create_for_stream(WriteToSink, &state, 1, 1));
  const std::string created =
      absl::FormatTime("%Y-%m-%dT%H:%M:%SZ", properties.created, absl::UTCTimeZone());
  cairo_pdf_surface_set_metadata(surface.get(), CAIRO_PDF_METADATA_TITLE, properties.title.c_str());
  cairo_pdf_surface_set_metadata(surface.get(), CAIRO_PDF_METADATA_AUTHOR,
                                 properties.author.c_str());
  cairo_pdf_surface_set_metadata(surface.get(), CAIRO_PDF_METADATA_CREATOR, "Lumbung");
  for (const cairo_pdf_metadata_t kind :
       {CAIRO_PDF_METADATA_CREATE_DATE, CAIRO_PDF_METADATA_MOD_DATE}) {
    cairo_pdf_surface_set_metadata(surface.get(), kind, created.c_str());
  }
  LUMBUNG_RETURN_IF_ERROR(pages.Rewind());
  {
    PageDrawer drawer(text, pages.pages(), surface.get());
    while (true) {
      LUMBUNG_ASSIGN_OR_RETURN(const Mark mark, pages.Next());
      if (mark.kind == Mark::Kind::kEnd) break;
      drawer.Draw(mark);
      LUMBUNG_RETURN_IF_ERROR(state.status);
    }
    drawer.End();
  }
  cairo_surface_finish(surface.get());
  LUMBUNG_RETURN_IF_ERROR(state.status);
  const cairo_status_t status = cairo_surface_status(surface.get());
  if (status == CAIRO_STATUS_SUCCESS) return absl::OkStatus();
  return Refusal(absl::StatusCode::kInternal, "PDF_FAILED", "", cairo_status_to_string(status));
}

}  // namespace lumbung::reports
