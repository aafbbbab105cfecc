package main

import (
	"fmt"
	"runtime"
	"runtime/debug"
	"strings"

	"github.com/spf13/cobra"
)

// Set by the release build; a build by `go install` reads them from the module.
var version, commit, date string

// versionFlag makes root start the app, or print the version when asked to.
// Cobra's own flag prints with a template, and a program that can run
// templates keeps every exported method of every type it links.
func (c *command) versionFlag(root *cobra.Command) {
	asked := root.Flags().BoolP("version", "v", false, "version for tabgate")
	root.RunE = func(cmd *cobra.Command, args []string) error {
		if *asked {
			_, err := fmt.Fprintln(c.out, versionText())
			return err
		}
		return c.runApp(cmd, args)
	}
}

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
		text += fmt.Sprintf(" (%s, %s)", c, orElse(d, "undated"))
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
	return orElse(v, "(devel)"), c, d
}

func orElse(s, other string) string {
	if s == "" {
		return other
	}
	return s
}
