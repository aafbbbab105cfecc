package main

import (
	"testing"

	"github.com/muesli/termenv"

	"github.com/authtabs/tabgate/tui/theme"
)

func (e environ) lookup(key string) (string, bool) { v, ok := e[key]; return v, ok }

type environ map[string]string

func TestColours(t *testing.T) {
	tests := map[string]struct {
		env  environ
		want termenv.Profile
	}{
		"256 by TERM":                     {environ{"TERM": "xterm-256color"}, termenv.ANSI256},
		"true colour":                     {environ{"TERM": "xterm-256color", "COLORTERM": "truecolor"}, termenv.TrueColor},
		"CLICOLOR=0 takes them away":      {environ{"TERM": "xterm-256color", "COLORTERM": "truecolor", "CLICOLOR": "0"}, termenv.Ascii},
		"CLICOLOR=1 takes nothing away":   {environ{"TERM": "xterm-256color", "CLICOLOR": "1"}, termenv.ANSI256},
		"CLICOLOR_FORCE counts more":      {environ{"TERM": "xterm-256color", "CLICOLOR": "0", "CLICOLOR_FORCE": "1"}, termenv.ANSI256},
		"CLICOLOR_FORCE=0 forces nothing": {environ{"TERM": "xterm-256color", "CLICOLOR": "0", "CLICOLOR_FORCE": "0"}, termenv.Ascii},
		"NO_COLOR counts most":            {environ{"TERM": "xterm-256color", "NO_COLOR": "yes", "CLICOLOR_FORCE": "1"}, termenv.Ascii},
		"vt100":                           {environ{"TERM": "vt100"}, termenv.Ascii},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			if got := colours(tt.env.lookup); got != tt.want {
				t.Errorf("got %v, want %v", got, tt.want)
			}
		})
	}
}

func TestGlyphs(t *testing.T) {
	const utf8 = "en_US.UTF-8"
	tests := map[string]struct {
		choice     string
		env        environ
		live, file theme.Glyphs
	}{
		"a terminal":                {"auto", environ{"TERM": "xterm-256color", "LANG": utf8}, theme.Quadrant, theme.Quadrant},
		"what kitty leaves behind":  {"auto", environ{"TERM": "xterm-kitty", "KITTY_WINDOW_ID": "1", "LANG": utf8}, theme.Quadrant, theme.Quadrant},
		"TERM=foot":                 {"auto", environ{"TERM": "foot", "LANG": utf8}, theme.Quadrant, theme.Quadrant},
		"the Linux console":         {"auto", environ{"TERM": "linux", "LANG": utf8}, theme.ASCII, theme.Quadrant},
		"a choice on it":            {"half", environ{"TERM": "linux", "LANG": utf8}, theme.Half, theme.Half},
		"a locale of ASCII":         {"auto", environ{"TERM": "xterm-kitty", "LC_ALL": "C", "LANG": utf8}, theme.ASCII, theme.ASCII},
		"a choice in such a locale": {"octant", environ{"TERM": "xterm", "LC_ALL": "C"}, theme.Octant, theme.Octant},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			if live, file := glyphs(tt.choice, tt.env.lookup), fileGlyphs(tt.choice, tt.env.lookup); live != tt.live || file != tt.file {
				t.Errorf("got %v and %v, want %v and %v", live, file, tt.live, tt.file)
			}
		})
	}
}

func TestDark(t *testing.T) {
	tests := map[string]struct {
		choice, colorfgbg string
		want              bool
	}{
		"nothing known":             {"auto", "", true},
		"white on black":            {"auto", "15;0", true},
		"black on white":            {"auto", "0;15", false},
		"black on light grey":       {"auto", "0;7", false},
		"on dark grey":              {"auto", "7;8", true},
		"three parts":               {"auto", "0;default;15", false},
		"the terminal's default":    {"auto", "15;default", true},
		"no number":                 {"auto", "black;white", true},
		"no such colour":            {"auto", "0;255", true},
		"a choice counts more":      {"dark", "0;15", true},
		"another choice counts too": {"light", "15;0", false},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			if got := dark(tt.choice, environ{"COLORFGBG": tt.colorfgbg}.lookup); got != tt.want {
				t.Errorf("got %v", got)
			}
		})
	}
}

func TestCanDraw(t *testing.T) {
	tests := map[string]struct {
		goos string
		env  environ
		want bool
	}{
		"a terminal":       {"linux", environ{"TERM": "xterm"}, true},
		"dumb":             {"linux", environ{"TERM": "dumb"}, false},
		"unset":            {"darwin", nil, false},
		"unset on Windows": {"windows", nil, true},
		"dumb on Windows":  {"windows", environ{"TERM": "dumb"}, false},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			if got := canDraw(tt.goos, tt.env.lookup); got != tt.want {
				t.Errorf("got %v", got)
			}
		})
	}
}
