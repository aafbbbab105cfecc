package browser

import (
	"cmp"
	"path/filepath"
	"slices"
	"strings"
)

// None as the browser command means that no browser is to be opened.
const None = "none"

// Windows opens an address with no shell between by this function of a
// library; WSL may have Windows' folders out of its search path.
const (
	fileHandler   = "url.dll,FileProtocolHandler"
	windowsRundll = "/mnt/c/Windows/System32/rundll32.exe"
)

// textBrowsers want the terminal that the program itself is on.
var textBrowsers = []string{"w3m", "lynx", "links", "links2", "elinks", "www-browser", "browsh", "carbonyl"}

// Find looks for a way to open a browser: override, TABGATE_BROWSER and
// BROWSER as commands, then what the platform has. With none, the Opener's
// zero value comes with one plain sentence that says why.
func Find(env func(key string) string, override string) (Opener, string) {
	return This(env).Find(override)
}

// Find decides, first match wins:
//
//	override, TABGATE_BROWSER or BROWSER is "none" | none
//	one of them is set                             | that command, or the first of a list (a:b) that is installed
//	an SSH session                                 | none
//	WSL                                            | wslview, rundll32.exe
//	Windows                                        | rundll32, else pkg/browser
//	macOS                                          | open
//	Linux and others without a display             | none
//	Linux and others                               | xdg-open and its kin
//	another system                                 | pkg/browser
func (m Machine) Find(override string) (Opener, string) {
	for _, command := range []string{override, m.Env("TABGATE_BROWSER"), m.Env("BROWSER")} {
		if command = strings.TrimSpace(command); command != "" {
			return m.commands(command)
		}
	}
	switch {
	case m.ssh():
		return Opener{}, "No browser is opened in an SSH session."
	case m.wsl():
		return m.firstOf("WSL has neither wslview nor rundll32.exe; install wslu, or set TABGATE_BROWSER.",
			[]string{"wslview"}, []string{"rundll32.exe", fileHandler}, []string{windowsRundll, fileHandler})
	}
	switch m.GOOS {
	case "windows":
		if o, _ := m.firstOf("", []string{"rundll32", fileHandler}); o.Found() {
			return o, ""
		}
		return m.fallback()
	case "darwin":
		return m.firstOf("The command open is missing; set TABGATE_BROWSER.", []string{"open"})
	case "linux", "freebsd", "openbsd", "netbsd", "dragonfly":
		if m.Env("DISPLAY") == "" && m.Env("WAYLAND_DISPLAY") == "" {
			return Opener{}, "No browser is opened, because there is no display here."
		}
		o, why := m.firstOf("No browser was found; install xdg-utils, or set TABGATE_BROWSER.",
			[]string{"xdg-open"}, []string{"x-www-browser"}, []string{"sensible-browser"}, []string{"gio", "open"})
		o.desktop = o.Found() && !m.elsewhere()
		return o, why
	}
	return m.fallback()
}

// commands takes the first command of a list that is installed, as BROWSER
// holds one by custom ("firefox:w3m"); the reason is that of the first.
func (m Machine) commands(list string) (Opener, string) {
	var reason string
	for _, command := range splitList(list, m.GOOS == "windows") {
		o, why := m.command(command)
		if o.Found() || command == None && reason == "" {
			return o, why
		}
		reason = cmp.Or(reason, why)
	}
	return Opener{}, cmp.Or(reason, "The browser command names no program; check TABGATE_BROWSER and BROWSER.")
}

// command makes an Opener of one command of the user's own.
func (m Machine) command(command string) (Opener, string) {
	if command == None {
		return Opener{}, "No browser is opened, as configured."
	}
	words, err := splitWords(command)
	if err != nil || len(words) == 0 {
		return Opener{}, "The browser command cannot be split into words; check TABGATE_BROWSER."
	}
	base := strings.TrimSuffix(filepath.Base(words[0]), ".exe")
	if slices.Contains(textBrowsers, base) {
		return Opener{}, "The browser " + base + " needs a terminal of its own; open the address there yourself."
	}
	// BROWSER by custom names the address %s. It is the last word here anyway.
	if words[len(words)-1] == "%s" && len(words) > 1 {
		words = words[:len(words)-1]
	}
	return m.firstOf("The browser command was not found; check TABGATE_BROWSER and BROWSER.", words)
}

// firstOf takes the first command that is installed.
func (m Machine) firstOf(reason string, commands ...[]string) (Opener, string) {
	for _, words := range commands {
		if path, err := m.LookPath(words[0]); err == nil {
			argv := append([]string{path}, words[1:]...)
			return Opener{argv: argv, env: withoutSecrets(m.Environ())}, ""
		}
	}
	return Opener{}, reason
}

// fallback leaves the choice to pkg/browser, which starts a program with our
// whole environment: not when there is a secret in it.
func (m Machine) fallback() (Opener, string) {
	if slices.ContainsFunc(m.Environ(), isSecret) {
		return Opener{}, "No browser is opened, because it would inherit a secret of the environment; set TABGATE_BROWSER."
	}
	return Opener{library: true}, ""
}
