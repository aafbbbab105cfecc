package config

import (
	"path/filepath"
	"runtime"
)

// Places are the directories of one user. Any may be empty where the system
// names no home; then nothing is kept.
type Places struct{ Config, State, Cache string }

// ConfigFile is where the config file is looked for.
func (p Places) ConfigFile() string {
	if p.Config == "" {
		return ""
	}
	return filepath.Join(p.Config, "config.yaml")
}

// Dirs follows the XDG Base Directory Specification where its variables are
// set, and the platform's own habits elsewhere. It is computed from env, not
// taken from a library's globals, so that a test needs no real home.
func Dirs(env func(string) (string, bool)) Places { return dirs(runtime.GOOS, env) }

func dirs(goos string, env func(string) (string, bool)) Places {
	get := func(key string) string { v, _ := env(key); return v }
	home := get("HOME")
	place := func(xdg, fallback string) string {
		if v := get(xdg); filepath.IsAbs(v) { // the specification: relative ones are invalid
			return filepath.Join(v, "tabgate")
		}
		return fallback
	}
	under := func(base string, parts ...string) string {
		if base == "" {
			return ""
		}
		return filepath.Join(append([]string{base}, parts...)...)
	}
	switch goos {
	case "windows":
		local := get("LocalAppData")
		return Places{
			place("XDG_CONFIG_HOME", under(get("AppData"), "tabgate")),
			place("XDG_STATE_HOME", under(local, "tabgate", "state")),
			place("XDG_CACHE_HOME", under(local, "tabgate", "cache")),
		}
	case "darwin":
		return Places{
			place("XDG_CONFIG_HOME", under(home, "Library", "Application Support", "tabgate")),
			place("XDG_STATE_HOME", under(home, "Library", "Application Support", "tabgate", "state")),
			place("XDG_CACHE_HOME", under(home, "Library", "Caches", "tabgate")),
		}
	}
	return Places{
		place("XDG_CONFIG_HOME", under(home, ".config", "tabgate")),
		place("XDG_STATE_HOME", under(home, ".local", "state", "tabgate")),
		place("XDG_CACHE_HOME", under(home, ".cache", "tabgate")),
	}
}
