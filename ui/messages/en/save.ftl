# Saving what is on screen.

save-menu = Save
save-svg = Picture as SVG
save-png = Picture as PNG
save-report = Report…
save-report-title = Save a report
save-report-detail = What is on screen in words and numbers: every part with its digest, size and findings.
save-report-format = Format
save-report-md = Markdown, to read
save-report-json = JSON, for programs
save-report-environment = With the values of environment variables
    .hint = They may hold secrets, so they are left out unless you tick this.
save-report-do = Save report
save-done = Saved as { $name }
save-too-large = The picture is too large for a PNG. SVG takes it whole.
save-failed = The PNG could not be drawn. SVG works.
