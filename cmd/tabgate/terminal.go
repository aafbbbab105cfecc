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
// when it is not empty, as no-color.org says; the library wants a boolean. Of
// CLICOLOR it knows no 0, which takes colours away unless they are forced.
func colours(env lookup) termenv.Profile {
	forced := env.get("CLICOLOR_FORCE")
	if env.get("NO_COLOR") != "" || (forced == "" || forced == "0") && (env.get("CLICOLOR") == "0" || monochrome(env)) {
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

// monochrome reports whether the terminal is of the VT family before the last,
// which had no colours; the library takes them for sixteen.
func monochrome(env lookup) bool {
	term := env.get("TERM")
	return len(term) > 2 && term[:2] == "vt" && term[2] >= '1' && term[2] <= '4' && env.get("COLORTERM") == ""
}

// glyphs says which characters to begin with on the terminal. A person's choice
// wins; otherwise it is what every terminal draws, since the variables that
// name a terminal are inherited by all that is started in it. A terminal that
// proves to be one that draws octants is drawn in them: see [theme.DrawsOctants].
//
//	locale without UTF-8    ASCII
//	Linux console           ASCII: its fonts have few of the others
//	anything else           quadrants
func glyphs(choice string, env lookup) theme.Glyphs {
	if choice == "auto" && env.get("TERM") == "linux" {
		return theme.ASCII
	}
	return fileGlyphs(choice, env)
}

// fileGlyphs says which characters to draw with for a file, which is read
// elsewhere.
func fileGlyphs(choice string, env lookup) theme.Glyphs {
	named := map[string]theme.Glyphs{"ascii": theme.ASCII, "half": theme.Half, "quadrant": theme.Quadrant, "sextant": theme.Sextant, "octant": theme.Octant}
	if g, ok := named[choice]; ok {
		return g
	}
	if !utf8Locale(runtime.GOOS, env) {
		return theme.ASCII
	}
	return theme.Quadrant
}

// dark reports whether the terminal's background is dark, as far as the
// environment tells. COLORFGBG is `foreground;background`, or three such, in
// numbers of the sixteen colours, of which 7 and those from 9 on are light. The
// terminal's own answer comes later, and counts more.
func dark(choice string, env lookup) bool {
	if choice != "auto" {
		return choice != "light"
	}
	list := env.get("COLORFGBG")
	n, err := strconv.Atoi(list[strings.LastIndexByte(list, ';')+1:])
	return err != nil || n < 7 || n == 8 || n > 15
}

// canDraw reports whether there is a terminal that can place text. Windows sets
// no TERM.
func canDraw(goos string, env lookup) bool {
	term := env.get("TERM")
	if term == "" {
		return goos == "windows"
	}
	return term != "dumb" && term != "unknown"
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
