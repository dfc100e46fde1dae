"""Forms as XLSForms: the library, upload, versions, preview, print."""
