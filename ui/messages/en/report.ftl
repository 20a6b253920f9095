# The report that the window saves as Markdown.
report-part = Part
report-platform = Platform
report-digest = Digest
report-size = Size
report-type = Media type
report-layer = Layer
report-diff-id = diffID
report-made-by = Made by
report-created = Built
report-env = Environment
report-entrypoint = Entrypoint
report-cmd = Command
report-findings = Noticed
report-bytes = { BYTES($bytes) } bytes
report-requests = { $count ->
    [0] Read without a request.
    [one] Read with one request, { SIZE($bytes) }.
   *[other] Read with { $count } requests, { SIZE($bytes) }.
}
