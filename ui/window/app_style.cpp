#include "ui/window/app_style.h"

#include <QApplication>
#include <QFile>
#include <QFontDatabase>
#include <QPainter>
#include <QPalette>
#include <QStyleFactory>
#include <QSvgRenderer>

#include <algorithm>

// Resources of a static library are not registered by themselves; the macro wants to stand outside
// of any namespace.
static void registerWindowResources()
{
    Q_INIT_RESOURCE(window);
}

namespace initlens::ui {

namespace {

constexpr int bodySize = 13;
constexpr auto problemLight = "#b3261e";
// Of the verdict, after Okabe and Ito: told apart whatever the eye.
const QColor goodColour(0x00, 0x9e, 0x73);
const QColor doubtfulColour(0xe6, 0x9f, 0x00);
const QColor badColour(0xd5, 0x5e, 0x00);
constexpr auto problemDark = "#f2968f";

bool isDark(const ChartTheme& theme)
{
    return theme.background.lightness() < theme.text.lightness();
}

// The desktop's colours, as they were before this program put its own in their place.
bool desktopIsDark()
{
    static const bool dark = [] {
        const QPalette palette = QApplication::palette();
        return palette.color(QPalette::Window).lightness() <
               palette.color(QPalette::WindowText).lightness();
    }();
    return dark;
}

QColor mixed(const QColor& a, const QColor& b, double share)
{
    const auto mix = [share](int x, int y) {
        return qRound(x + (y - x) * share);
    };
    return {mix(a.red(), b.red()), mix(a.green(), b.green()), mix(a.blue(), b.blue())};
}

QString styleSheet(const ChartTheme& theme)
{
    registerWindowResources();
    QFile file(QStringLiteral(":/style.qss"));
    if (!file.open(QIODevice::ReadOnly)) {
        return {};
    }
    QString sheet = QString::fromUtf8(file.readAll());
    const std::vector<std::pair<QString, QColor>> colours = {
        {QStringLiteral("@background"), theme.background},
        {QStringLiteral("@selection"), mixed(theme.background, theme.accent, 0.14)},
        {QStringLiteral("@onaccent"), isDark(theme) ? theme.page : theme.background},
        {QStringLiteral("@problem"), isDark(theme) ? problemDark : problemLight},
        {QStringLiteral("@border"), theme.border},
        {QStringLiteral("@groove"), mixed(theme.background, theme.text, 0.14)},
        {QStringLiteral("@accent"), theme.accent},
        {QStringLiteral("@goodedge"), mixed(theme.background, goodColour, 0.40)},
        {QStringLiteral("@good"), mixed(theme.background, goodColour, 0.10)},
        {QStringLiteral("@doubtfuledge"), mixed(theme.background, doubtfulColour, 0.45)},
        {QStringLiteral("@doubtful"), mixed(theme.background, doubtfulColour, 0.12)},
        {QStringLiteral("@badedge"), mixed(theme.background, badColour, 0.40)},
        {QStringLiteral("@bad"), mixed(theme.background, badColour, 0.10)},
        {QStringLiteral("@muted"), theme.mutedText},
        {QStringLiteral("@hover"), mixed(theme.background, theme.text, 0.06)},
        {QStringLiteral("@edge"), mixed(theme.background, theme.text, 0.20)},
        {QStringLiteral("@page"), theme.page},
        {QStringLiteral("@text"), theme.text},
    };
    for (const auto& [word, colour] : colours) {
        sheet.replace(word, colour.name());
    }
    return sheet;
}

QPalette palette(const ChartTheme& theme)
{
    QPalette palette;
    palette.setColor(QPalette::Window, theme.page);
    palette.setColor(QPalette::Base, theme.background);
    palette.setColor(QPalette::AlternateBase, theme.page);
    palette.setColor(QPalette::Button, theme.background);
    palette.setColor(QPalette::ToolTipBase, theme.background);
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText,
                            QPalette::ToolTipText, QPalette::BrightText}) {
        palette.setColor(role, theme.text);
        palette.setColor(QPalette::Disabled, role, theme.mutedText);
    }
    palette.setColor(QPalette::PlaceholderText, theme.mutedText);
    palette.setColor(QPalette::Highlight, theme.accent);
    palette.setColor(QPalette::HighlightedText, theme.background);
    palette.setColor(QPalette::Link, theme.accent);
    palette.setColor(QPalette::Mid, theme.border);
    return palette;
}

QFont bodyFont(const ChartTheme& theme)
{
    QFont font = QApplication::font();
    if (QFontDatabase::hasFamily(theme.fontFamily)) {
        font.setFamily(theme.fontFamily);
    }
    font.setPixelSize(bodySize);
    return font;
}

} // namespace

ChartTheme chartTheme(ThemeChoice choice)
{
    const bool dark =
        choice == ThemeChoice::Dark || (choice == ThemeChoice::System && desktopIsDark());
    return dark ? darkChartTheme() : lightChartTheme();
}

void applyStyle(const ChartTheme& theme)
{
    desktopIsDark();
    QApplication::setStyle(QStyleFactory::create(QStringLiteral("Fusion")));
    QApplication::setPalette(palette(theme));
    QApplication::setFont(bodyFont(theme));
    qApp->setStyleSheet(styleSheet(theme));
}

QIcon themedIcon(const QString& name, const QColor& colour)
{
    registerWindowResources();
    QFile file(QStringLiteral(":/icons/%1.svg").arg(name));
    if (!file.open(QIODevice::ReadOnly)) {
        return {};
    }
    const QByteArray drawing = file.readAll().replace("#000000", colour.name().toLatin1());
    QSvgRenderer renderer(drawing);
    QIcon icon;
    for (const int scale : {1, 2, 3}) {
        QPixmap pixmap(renderer.defaultSize() * scale);
        pixmap.fill(Qt::transparent);
        QPainter painter(&pixmap);
        renderer.render(&painter);
        painter.end();
        pixmap.setDevicePixelRatio(scale);
        icon.addPixmap(pixmap);
    }
    return icon;
}

} // namespace initlens::ui
