"""Workbooks made by another program than ours."""

import io

import openpyxl

POSTS = [
    *("message_id", "user_id", "username", "repost_id"),
    *("reply_id", "message", "timestamp", "urls"),
]
"""Columns of a table of posts."""


def book(**sheets):
    """Bytes of a workbook of sheets given as rows."""
    made = openpyxl.Workbook()
    made.remove(made.active)
    for name, rows in sheets.items():
        sheet = made.create_sheet(name)
        for row in rows:
            sheet.append(row)
    data = io.BytesIO()
    made.save(data)
    return data.getvalue()
