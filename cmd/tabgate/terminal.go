package main

import (
	"runtime"
	"strconv"
	"strings"

	"github.com/charmbracelet/colorprofile"
	"github.com/muesli/termenv"

	"github.com/authtabs/tabgate/tui/theme"
)

type lookup func(string) (string, bool)

func (l lookup) get(key string) string { v, _ := l(key); return v }

// colours says how many colours the terminal can show, from the environment
// alone: asking the terminal would delay the start. NO_COLOR counts as set
// when it is not empty, as no-color.org says; the library wants a boolean.
func colours(env lookup) termenv.Profile {
	if env.get("NO_COLOR") != "" {
		return termenv.Ascii
	}
	var environ []string
	for _, key := range []string{"TERM", "COLORTERM", "CLICOLOR", "CLICOLOR_FORCE", "TERM_PROGRAM", "WT_SESSION", "ConEmuANSI", "ANSICON", "GOOGLE_CLOUD_SHELL"} {
		if v, ok := env(key); ok {
			environ = append(environ, key+"="+v)
		}
	}
	switch colorprofile.Env(environ) {
	case colorprofile.TrueColor:
		return termenv.TrueColor
	case colorprofile.ANSI256:
		return termenv.ANSI256
	case colorprofile.ANSI:
		return termenv.ANSI
	}
	return termenv.Ascii
}

// glyphs says which characters to draw with. A person's choice wins; then:
//
//	locale without UTF-8                     ASCII
//	Linux console                            half blocks
//	tmux, screen                             quadrants: their width tables lag
//	kitty, ghostty, foot, VTE from 0.78      octants
//	anything else                            quadrants
func glyphs(choice string, env lookup) theme.Glyphs {
	named := map[string]theme.Glyphs{"ascii": theme.ASCII, "half": theme.Half, "quadrant": theme.Quadrant, "sextant": theme.Sextant, "octant": theme.Octant}
	if g, ok := named[choice]; ok {
		return g
	}
	term := env.get("TERM")
	vte, _ := strconv.Atoi(env.get("VTE_VERSION"))
	switch {
	case !utf8Locale(runtime.GOOS, env):
		return theme.ASCII
	case term == "linux":
		return theme.Half
	case env.get("TMUX") != "", strings.HasPrefix(term, "screen"), strings.HasPrefix(term, "tmux"):
		return theme.Quadrant
	case env.get("KITTY_WINDOW_ID") != "", term == "xterm-kitty", strings.HasPrefix(term, "foot"),
		env.get("TERM_PROGRAM") == "ghostty", vte >= 7800:
		return theme.Octant
	}
	return theme.Quadrant
}

// utf8Locale follows the order of the C library. macOS and Windows terminals
// are UTF-8 unless told otherwise; elsewhere an unset locale is "C".
func utf8Locale(goos string, env lookup) bool {
	for _, key := range []string{"LC_ALL", "LC_CTYPE", "LANG"} {
		if v := strings.ToLower(env.get(key)); v != "" {
			return strings.Contains(v, "utf-8") || strings.Contains(v, "utf8")
		}
	}
	return goos == "windows" || goos == "darwin"
}
