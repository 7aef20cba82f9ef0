#pragma once

#include <QCoreApplication>
#include <QMetaObject>
#include <QPointer>
#include <QThreadPool>

#include <memory>
#include <utility>

namespace initlens::ui {

/// Works on a thread of the pool, then answers on the window's thread if `context` still lives.
template <class Work, class Answer>
void inBackground(QThreadPool& pool, QObject* context, Work work, Answer answer)
{
    pool.start([context = QPointer(context), work = std::move(work),
                answer = std::move(answer)]() mutable {
        auto outcome = std::make_shared<decltype(work())>(work());
        QMetaObject::invokeMethod(
            qApp,
            [context, outcome, answer = std::move(answer)] {
                if (context != nullptr) {
                    answer(*outcome);
                }
            },
            Qt::QueuedConnection);
    });
}

} // namespace initlens::ui
