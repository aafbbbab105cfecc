package main

import "github.com/spf13/cobra"

// globals are the flags that every command has.
type globals struct {
	profile, configPath   string
	envFile               string
	tokenStore, theme     string
	glyphs, browser       string
	ascii, offline, still bool
	noMouse               bool
}

// bind adds the flags to root.
func (g *globals) bind(root *cobra.Command) {
	f := root.PersistentFlags()
	f.StringVar(&g.profile, "profile", "", "`NAME` of the profile in the config file (TABGATE_PROFILE)")
	f.StringVar(&g.configPath, "config", "", "config `FILE` (TABGATE_CONFIG)")
	f.StringVar(&g.envFile, "env-file", "", "`FILE` of KEY=value lines to trust as your own, instead of .env")
	f.StringVar(&g.tokenStore, "token-store", "", "`STORE` of the session: keyring, file or memory")
	f.StringVar(&g.theme, "theme", "", "`THEME`: auto, dark or light")
	f.StringVar(&g.glyphs, "glyphs", "", "`GLYPHS` to draw with: auto, ascii, half, quadrant, sextant, octant")
	f.BoolVar(&g.ascii, "ascii", false, "draw with ASCII only")
	f.BoolVar(&g.still, "reduced-motion", false, "no animation")
	f.BoolVar(&g.noMouse, "no-mouse", false, "leave the mouse to the terminal")
	f.BoolVar(&g.offline, "offline", false, "fetch no figures: only cached and bundled ones")
	f.StringVar(&g.browser, "browser", "", "`COMMAND` that opens an address; none = only show it")
}

// values are the settings that flags have given.
func (g *globals) values() map[string]string {
	flags := map[string]string{
		"TABGATE_TOKEN_STORE": g.tokenStore, "TABGATE_THEME": g.theme,
		"TABGATE_GLYPHS": g.glyphs, "TABGATE_BROWSER": g.browser,
	}
	if g.ascii {
		flags["TABGATE_GLYPHS"] = "ascii"
	}
	if g.still {
		flags["TABGATE_REDUCED_MOTION"] = "true"
	}
	if g.noMouse {
		flags["TABGATE_MOUSE"] = "false"
	}
	if g.offline {
		flags["TABGATE_OFFLINE"] = "true"
	}
	return flags
}
