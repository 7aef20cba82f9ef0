#include "ui/charts/chart_header.h"

#include "ui/charts/chart_button.h"

#include <QHBoxLayout>
#include <QPainter>
#include <QToolTip>

#include <algorithm>

namespace initlens::ui {

namespace {

constexpr int rowHeight = 26;
constexpr int left = 8;
constexpr int gap = 8;
/// A narrow header keeps its room for the title; the menu has what is missing.
constexpr int roomForHelp = 180;
constexpr int roomForMaximize = 300;
/// Left of the text on a title button, and right of it with the menu's arrow.
constexpr int buttonPadding = 4;
constexpr int arrow = 18;

} // namespace

ChartHeader::ChartHeader(const QString& help, QMenu* menu, QWidget* parent)
    : QWidget(parent), m_theme(lightChartTheme()), m_row(new QHBoxLayout(this)),
      m_help(new ChartButton(Glyph::Help, this)),
      m_maximize(new ChartButton(Glyph::Maximize, this)), m_menu(new ChartButton(Glyph::Menu, this))
{
    setFixedHeight(rowHeight);
    m_help->setObjectName(QStringLiteral("chartHelp"));
    m_help->setAccessibleName(tr("What this chart shows"));
    m_help->setToolTip(help);
    m_help->setToolTipDuration(60'000);
    m_maximize->setObjectName(QStringLiteral("chartMaximize"));
    m_menu->setObjectName(QStringLiteral("chartMenu"));
    m_menu->setAccessibleName(tr("Chart menu"));
    m_menu->setToolTip(tr("Copy, export and more"));
    m_menu->setPopupMode(QToolButton::InstantPopup);
    m_menu->setMenu(menu);
    setMaximized(false);

    m_row->setContentsMargins(0, 0, 0, 0);
    m_row->setSpacing(1);
    m_row->addStretch();
    for (ChartButton* button : {m_help, m_maximize, m_menu}) {
        m_row->addWidget(button);
    }
    connect(m_help, &QToolButton::clicked, this, &ChartHeader::showHelp);
    connect(m_maximize, &QToolButton::clicked, this, &ChartHeader::maximizeRequested);
}

void ChartHeader::setTitle(const QString& title)
{
    if (title != m_title) {
        m_title = title;
        placeTitle();
    }
}

void ChartHeader::setTitleButton(QAbstractButton* button)
{
    m_titleButton = button;
    button->setParent(this);
    button->show();
    placeTitle();
}

void ChartHeader::setTheme(const ChartTheme& theme)
{
    m_theme = theme;
    for (ChartButton* button : {m_help, m_maximize, m_menu}) {
        button->setTheme(theme);
    }
    placeTitle();
}

void ChartHeader::setMaximized(bool maximized)
{
    m_maximize->setGlyph(maximized ? Glyph::Restore : Glyph::Maximize);
    const QString text = maximized ? tr("Restore") : tr("Maximize");
    m_maximize->setAccessibleName(text);
    m_maximize->setToolTip(text);
}

void ChartHeader::setMaximizable(bool maximizable)
{
    m_maximizable = maximizable;
    placeButtons();
}

void ChartHeader::paintEvent(QPaintEvent* /*event*/)
{
    if (m_titleButton != nullptr) {
        return;
    }
    QPainter painter(this);
    const QFont font = chartFont(m_theme, m_theme.titleSize, QFont::DemiBold);
    painter.setFont(font);
    painter.setPen(m_theme.text);
    const QRect area(left, 0, titleWidth(), height());
    painter.drawText(area, Qt::AlignLeft | Qt::AlignVCenter,
                     QFontMetrics(font).elidedText(m_title, Qt::ElideRight, area.width()));
}

void ChartHeader::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    placeButtons();
}

void ChartHeader::showHelp()
{
    QToolTip::showText(m_help->mapToGlobal(QPoint(0, m_help->height())), m_help->toolTip(), m_help,
                       {}, m_help->toolTipDuration());
}

void ChartHeader::placeButtons()
{
    m_help->setVisible(width() >= roomForHelp);
    m_maximize->setVisible(m_maximizable && width() >= roomForMaximize);
    placeTitle();
}

void ChartHeader::placeTitle()
{
    update();
    if (m_titleButton == nullptr) {
        return;
    }
    const QFontMetrics metrics(chartFont(m_theme, m_theme.titleSize, QFont::DemiBold));
    const int room = std::max(0, titleWidth() - buttonPadding - arrow);
    const QString text = metrics.elidedText(m_title, Qt::ElideRight, room);
    m_titleButton->setText(text);
    m_titleButton->setGeometry(left - buttonPadding, 1,
                               metrics.horizontalAdvance(text) + 2 * buttonPadding + arrow,
                               height() - 2);
}

int ChartHeader::titleWidth() const
{
    int buttons = 0;
    for (const ChartButton* button : {m_help, m_maximize, m_menu}) {
        buttons += button->isHidden() ? 0 : button->sizeHint().width() + m_row->spacing();
    }
    return std::max(0, width() - left - gap - buttons);
}

} // namespace initlens::ui
