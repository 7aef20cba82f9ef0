#include "ui/window/verdict_panel.h"

#include <QFrame>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QStyle>
#include <QVBoxLayout>

namespace initlens::ui {

namespace {

/// What the style sheet calls the fates.
QString fateName(experiment::Fate fate)
{
    switch (fate) {
    case experiment::Fate::Trains:
        return QStringLiteral("good");
    case experiment::Fate::Doubtful:
        return QStringLiteral("doubtful");
    case experiment::Fate::Fails:
        return QStringLiteral("bad");
    case experiment::Fate::Unknown:
        break;
    }
    return QStringLiteral("unknown");
}

QLabel* textLabel(const char* name, QWidget* parent)
{
    auto* label = new QLabel(parent);
    label->setObjectName(QLatin1String(name));
    label->setWordWrap(true);
    label->setTextFormat(Qt::PlainText);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    return label;
}

} // namespace

VerdictPanel::VerdictPanel(QWidget* parent)
    : QWidget(parent), m_card(new QFrame(this)), m_headline(textLabel("verdictHeadline", m_card)),
      m_reasons(textLabel("verdictReasons", m_card)), m_more(new QPushButton(m_card)),
      m_change(textLabel("verdictChange", m_card)), m_repair(new QPushButton(m_card))
{
    setObjectName(QStringLiteral("verdictPanel"));
    auto* heading = new QLabel(tr("Verdict"), this);
    heading->setProperty("heading", true);
    m_card->setObjectName(QStringLiteral("verdictCard"));
    m_headline->setProperty("verdict", true);
    m_change->setProperty("quiet", true);
    m_more->setObjectName(QStringLiteral("verdictMore"));
    m_more->setProperty("link", true);
    m_more->setCheckable(true);
    m_repair->setObjectName(QStringLiteral("verdictRepair"));
    m_repair->setText(tr("Try it"));
    m_repair->setToolTip(tr("Sets these weights and biases and runs again."));

    auto* buttons = new QHBoxLayout;
    buttons->addWidget(m_repair);
    buttons->addStretch(1);
    buttons->addWidget(m_more);
    auto* rows = new QVBoxLayout(m_card);
    rows->setContentsMargins(12, 10, 12, 8);
    rows->setSpacing(6);
    rows->addWidget(m_headline);
    rows->addWidget(m_reasons);
    rows->addWidget(m_change);
    rows->addLayout(buttons);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(6);
    layout->addWidget(heading);
    layout->addWidget(m_card);

    connect(m_more, &QPushButton::toggled, this, &VerdictPanel::showReasons);
    connect(m_repair, &QPushButton::clicked, this, [this] {
        if (m_prediction != nullptr && m_prediction->verdict.repair) {
            Q_EMIT repairRequested(m_prediction->verdict.repair->spec);
        }
    });
    hide();
}

void VerdictPanel::setPrediction(const experiment::PredictionPointer& prediction)
{
    if (prediction == nullptr || prediction == m_prediction) {
        return;
    }
    m_prediction = prediction;
    const experiment::Verdict& verdict = prediction->verdict;
    m_card->setProperty("fate", fateName(verdict.fate));
    m_headline->setText(QString::fromStdString(verdict.headline));
    m_change->setVisible(verdict.repair.has_value());
    m_repair->setVisible(verdict.repair.has_value());
    if (verdict.repair) {
        m_change->setText(
            tr("Smallest change: %1.").arg(QString::fromStdString(verdict.repair->change)));
    }
    showReasons(m_more->isChecked());
    for (QWidget* widget : {static_cast<QWidget*>(m_card), static_cast<QWidget*>(m_headline)}) {
        widget->style()->unpolish(widget);
        widget->style()->polish(widget);
    }
    show();
}

void VerdictPanel::showReasons(bool all)
{
    if (m_prediction == nullptr) {
        return;
    }
    constexpr std::size_t fewest = 2;
    const auto& reasons = m_prediction->verdict.reasons;
    QStringList lines;
    for (std::size_t i = 0; i < reasons.size() && (all || i < fewest); ++i) {
        lines << QString::fromStdString(reasons[i]);
    }
    m_reasons->setText(lines.join(QStringLiteral("\n\n")));
    m_more->setVisible(reasons.size() > fewest);
    m_more->setText(all ? tr("Less") : tr("More"));
    setAccessibleDescription(m_headline->text() + QLatin1Char(' ') + lines.join(QLatin1Char(' ')));
}

} // namespace initlens::ui
