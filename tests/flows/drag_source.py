"""A window of another program, from which files can be dragged: run it as a script."""

import sys

from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QDrag
from PySide6.QtWidgets import QApplication, QLabel


class Source(QLabel):
    def mousePressEvent(self, event):
        self.setText("held")

    def mouseMoveEvent(self, event):
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(path) for path in sys.argv[1:]])
        drag = QDrag(self)
        drag.setMimeData(data)
        drag.exec(Qt.DropAction.CopyAction)


app = QApplication(sys.argv[:1])
source = Source("drag me")
source.setWindowFlags(Qt.WindowType.FramelessWindowHint | Qt.WindowType.X11BypassWindowManagerHint)
source.setGeometry(1200, 100, 200, 200)
source.show()
print("ready", flush=True)
app.exec()
