#include <gtest/gtest.h>

#include <QApplication>

namespace {

QtMessageHandler previousHandler = nullptr;

void failOnWarning(QtMsgType type, const QMessageLogContext& context, const QString& message)
{
    // What the offscreen platform cannot do is no fault of the widgets.
    const bool isPlatform = message.startsWith(QLatin1String("This plugin does not support"));
    if ((type == QtWarningMsg || type == QtCriticalMsg) && !isPlatform) {
        ADD_FAILURE() << "Qt says: " << message.toStdString();
    }
    previousHandler(type, context, message);
}

} // namespace

int main(int argc, char** argv)
{
    testing::InitGoogleTest(&argc, argv);
    QApplication application(argc, argv);
    previousHandler = qInstallMessageHandler(failOnWarning);
    return RUN_ALL_TESTS();
}
