"""XLSForms: forms as people write them in a spreadsheet, read into `domain.forms.Form` and written from it.

pyxform makes the XForm for ODK Collect; our form takes its questions from the sheets and its expressions from the
XForm, so that both mean the same. docs/rooms/forms.md describes every column.
"""
