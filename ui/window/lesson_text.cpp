#include "ui/window/lesson_text.h"

#include <QAbstractTextDocumentLayout>
#include <QScrollBar>
#include <QTextBlock>
#include <QTextBrowser>
#include <QTextCursor>

#include <vector>

namespace initlens::ui {

namespace {

constexpr int lineHeight = 132; // per cent
constexpr int headingSize = 16;
constexpr qreal paragraphGap = 9;
constexpr qreal headingGap = 7;
constexpr qreal ruleGap = 12;

void styleBlock(const QTextBlock& block, const ChartTheme& theme)
{
    QTextCursor cursor(block);
    QTextBlockFormat format = block.blockFormat();
    const bool isHeading = format.headingLevel() > 0;
    format.setLineHeight(lineHeight, QTextBlockFormat::ProportionalHeight);
    format.setTopMargin(0);
    format.setBottomMargin(isHeading ? headingGap : paragraphGap);
    if (format.hasProperty(QTextFormat::BlockTrailingHorizontalRulerWidth)) {
        // Qt would draw the rule in a colour that style sheets take away.
        format.clearProperty(QTextFormat::BlockTrailingHorizontalRulerWidth);
        format.setBackground(theme.axis);
        QTextCharFormat thin;
        thin.setProperty(QTextFormat::FontPixelSize, 1);
        cursor.setBlockCharFormat(thin);
        format.setTopMargin(ruleGap);
        format.setBottomMargin(ruleGap);
    }
    cursor.setBlockFormat(format);
    if (isHeading) {
        QTextCharFormat letters;
        letters.setProperty(QTextFormat::FontSizeAdjustment, 0);
        letters.setProperty(QTextFormat::FontPixelSize, headingSize);
        letters.setFontWeight(QFont::DemiBold);
        cursor.select(QTextCursor::BlockUnderCursor);
        cursor.mergeCharFormat(letters);
    }
    // Collected first: what is changed may be joined with its neighbours.
    std::vector<QTextFragment> links;
    for (auto part = block.begin(); !part.atEnd(); ++part) {
        if (part.fragment().charFormat().isAnchor()) {
            links.push_back(part.fragment());
        }
    }
    QTextCharFormat colour;
    colour.setForeground(theme.accent);
    for (const QTextFragment& link : links) {
        cursor.setPosition(link.position());
        cursor.setPosition(link.position() + link.length(), QTextCursor::KeepAnchor);
        cursor.mergeCharFormat(colour);
    }
}

} // namespace

void showLessonStep(QTextBrowser& browser, const teaching::LessonStep& step, bool answered,
                    const ChartTheme& theme)
{
    const QString markdown =
        QStringLiteral("## %1\n\n%2\n")
            .arg(QString::fromStdString(step.title), QString::fromStdString(step.question));
    browser.setMarkdown(markdown);
    const int question = browser.document()->blockCount();
    const bool hasAnswer = answered && !step.answer.empty();
    if (hasAnswer) {
        browser.setMarkdown(
            markdown + QStringLiteral("\n---\n\n%1\n").arg(QString::fromStdString(step.answer)));
    }
    auto& document = *browser.document();
    for (auto block = document.begin(); block.isValid(); block = block.next()) {
        styleBlock(block, theme);
    }
    const auto first = hasAnswer ? document.findBlockByNumber(question) : document.begin();
    browser.verticalScrollBar()->setValue(
        static_cast<int>(document.documentLayout()->blockBoundingRect(first).top()));
}

} // namespace initlens::ui
