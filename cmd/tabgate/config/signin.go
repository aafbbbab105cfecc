package config

import (
	"errors"

	"github.com/authtabs/tabgate/data/dashboard"
)

// LoadSignIn is the sign-in that a folder names for those whom it is served to,
// by the names of a profile. It is one unit: nothing of the user's own settings
// is mixed with it.
func LoadSignIn(named []dashboard.Setting) (Config, error) {
	flags := map[string]string{}
	for _, n := range named {
		for _, s := range settings {
			if s.yaml == n.Name && s.level == signIn && !s.secret {
				flags[s.key] = n.Value
			}
		}
	}
	cfg, err := Load(Options{Env: func(string) (string, bool) { return "", false }, Demo: true, Flags: flags})
	var bad *Error
	if errors.As(err, &bad) {
		bad.Place = dashboard.FolderFile + " sign_in"
	}
	return cfg, err
}
