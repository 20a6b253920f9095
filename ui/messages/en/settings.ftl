# The settings dialog.

settings-title = Settings
settings-language = Language
settings-language-auto = Like the system
settings-theme = Look
settings-theme-auto = Like the system
settings-theme-light = Light
settings-theme-dark = Dark
settings-theme-contrast = High contrast
settings-about = About
settings-about-kaibo = Kaibo shows what a container image is made of. It only reads: from registries, engines and files.
settings-version = Version { $version }, { $platform }
settings-done = Done
