# The menu of the window and the native dialogs it opens. Read by the app, not by the page.

menu-file = File
menu-open-file = Open File…
menu-open-folder = Open Folder…
menu-save = Save…
menu-settings = Settings…
menu-close-window = Close Window
menu-quit = Quit Kaibo

menu-edit = Edit
menu-undo = Undo
menu-redo = Redo
menu-cut = Cut
menu-copy = Copy
menu-paste = Paste
menu-select-all = Select All

menu-view = View
menu-go-to = Go to Reference
menu-first-screen = First Screen
menu-read-again = Read Again
menu-outline = Picture or Outline
menu-theme = Appearance
menu-theme-auto = As the System
menu-theme-light = Light
menu-theme-dark = Dark
menu-theme-contrast = High Contrast
menu-zoom-in = Zoom In
menu-zoom-out = Zoom Out
menu-zoom-reset = Actual Size

menu-window = Window
menu-minimize = Minimize
menu-maximize = Zoom
menu-fullscreen = Full Screen
menu-services = Services
menu-hide = Hide Kaibo
menu-hide-others = Hide Others
menu-show-all = Show All

menu-help = Help
menu-samples = Samples
menu-about = About Kaibo
menu-about-comment = See what a container image is made of.

menu-open-file-title = Open an image archive
menu-open-folder-title = Open an image layout
menu-save-title = Save
menu-archives = Image archives
menu-all-files = All files
