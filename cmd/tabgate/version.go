package main

import (
	"cmp"
	"fmt"
	"runtime"
	"runtime/debug"
	"strings"
)

// Set by the release build; a build by `go install` reads them from the module.
var version, commit, date string

// userAgent is what servers are told of us: a product token of RFC 9110
// section 10.1.5.
func userAgent() string {
	v, _, _ := build()
	return "tabgate/" + strings.Map(func(r rune) rune {
		if strings.ContainsRune("()/ ", r) {
			return -1
		}
		return r
	}, v)
}

func versionText() string {
	v, c, d := build()
	text := "tabgate " + v
	if c != "" {
		text += fmt.Sprintf(" (%s, %s)", c, cmp.Or(d, "undated"))
	}
	return text + fmt.Sprintf(" %s %s/%s", runtime.Version(), runtime.GOOS, runtime.GOARCH)
}

// build is the version, the commit and its date, "" for what is not known.
func build() (v, c, d string) {
	v, c, d = version, commit, date
	if info, ok := debug.ReadBuildInfo(); ok && v == "" {
		v = info.Main.Version
		for _, s := range info.Settings {
			switch s.Key {
			case "vcs.revision":
				c = s.Value[:min(12, len(s.Value))]
			case "vcs.time":
				d = s.Value
			}
		}
	}
	return cmp.Or(v, "(devel)"), c, d
}
