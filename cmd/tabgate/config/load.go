package config

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/joho/godotenv"

	"github.com/authtabs/tabgate/auth/session"
)

// Options are where to look.
type Options struct {
	Env     func(string) (string, bool)
	WorkDir string            // where .env is looked for
	Path    string            // the config file; "" means the platform's
	Profile string            // --profile; "" means TABGATE_PROFILE, the file's, "default"
	Flags   map[string]string // by setting key
	// Demo takes no user pool from anywhere and reads neither .env nor the
	// config file: somebody else's mistakes must not stop a demo.
	Demo bool
}

// Load finds every setting: flags, environment, .env in the working
// directory, config file, defaults, in this order. No user pool at all is not
// an error (see Configured); half of one is. Errors are *Error.
func Load(o Options) (Config, error) {
	if o.Demo {
		return build(layers{flags: o.Flags, env: personal(o.Env)}, found{"demo", "demo"})
	}
	if o.Path == "" {
		o.Path, _ = o.Env("TABGATE_CONFIG")
	}
	if o.Path == "" {
		o.Path = Dirs(o.Env).ConfigFile()
	}
	dotenv, err := readDotenv(filepath.Join(o.WorkDir, ".env"))
	if err != nil {
		return Config{}, err
	}
	f, err := readFile(o.Path)
	if err != nil {
		return Config{}, err
	}
	l := layers{o.Flags, o.Env, dotenv, f}
	profile, err := l.profile(o.Profile)
	if err != nil {
		return Config{}, err
	}
	return build(l, profile)
}

// personal hides every setting from env but those of a person's terminal.
func personal(env func(string) (string, bool)) func(string) (string, bool) {
	kept := []string{"TABGATE_THEME", "TABGATE_GLYPHS", "TABGATE_REDUCED_MOTION", "TABGATE_BROWSER", "BROWSER", "TABGATE_LOGIN_TIMEOUT"}
	return func(key string) (string, bool) {
		if !slices.Contains(kept, key) {
			return "", false
		}
		return env(key)
	}
}

// readDotenv reads the file, if it is one: people call the folder of a Python
// environment so as well.
func readDotenv(path string) (map[string]string, error) {
	if info, err := os.Stat(path); err == nil && !info.Mode().IsRegular() {
		return nil, nil
	}
	content, err := readBounded(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, wrong(path, "", "cannot be read (%v): mend it or move it away", reason(err))
	}
	values, err := godotenv.UnmarshalBytes(content)
	if err != nil {
		// The parser's own text quotes the file, which may hold a secret.
		return nil, wrong(".env", "", "is not a list of KEY=value lines: mend it or move it away")
	}
	return values, withoutCommand(values)
}

// withoutCommand keeps a .env file, which comes with whatever folder one is
// in, from naming a program to run: it may only say that there is none.
// BROWSER is dropped in silence, because other tools' files have it too.
func withoutCommand(values map[string]string) error {
	if v := values["BROWSER"]; v != "none" {
		delete(values, "BROWSER")
	}
	if v := values["TABGATE_BROWSER"]; v != "" && v != "none" {
		return wrong(".env", "TABGATE_BROWSER", "a .env file may not name a program: set it in the environment or the config file")
	}
	return nil
}

// profile decides which profile counts and refuses one that is not there.
func (l layers) profile(asked string) (found, error) {
	p := found{asked, "--profile"}
	if p.text == "" {
		v, _ := l.env("TABGATE_PROFILE")
		p = found{v, "environment TABGATE_PROFILE"}
	}
	if p.text == "" {
		p = found{l.dotenv["TABGATE_PROFILE"], ".env TABGATE_PROFILE"}
	}
	if p.text == "" {
		p = l.file.profile
	}
	if p.text == "" {
		return found{"default", "default"}, nil
	}
	if _, ok := l.file.profiles[p.text]; !ok && p.text != "default" {
		var names []string
		for name := range l.file.profiles {
			names = append(names, name)
		}
		return p, wrong(p.origin, "profile", "there is no profile %q in %s; there: %s", p.text, l.file.name, orNone(names))
	}
	return p, nil
}

func orNone(names []string) string {
	if len(names) == 0 {
		return "none"
	}
	return strings.Join(sorted(names), ", ")
}

// build turns texts into values and checks them.
func build(l layers, profile found) (Config, error) {
	c := Config{Profile: profile.text, Pages: map[string]session.Rule{}}
	c.rows = []Row{{"TABGATE_PROFILE", profile.text, profile.origin}}
	v := values{}
	for _, s := range settings {
		f := l.find(s, profile.text)
		v[s.key] = f
		shown := f.text
		if s.secret && shown != "" {
			shown = "[redacted]"
		}
		c.rows = append(c.rows, Row{s.key, shown, f.origin})
	}
	for _, check := range []func(*Config, values) error{pool, redirects, issuer, devices, choices} {
		if err := check(&c, v); err != nil {
			return Config{}, err
		}
	}
	for id, p := range l.file.pages {
		c.Pages[id] = p.rule
	}
	c.DataframeData = l.file.frame.text
	d := l.file.data
	c.Data = DataURLs{d["bike_racks"].text, d["stations"].text, d["segments"].text, d["agriculture"].text}
	for _, key := range dataKeys {
		if err := httpURL(d[key], "data."+key); err != nil {
			return Config{}, err
		}
	}
	c.rows = append(c.rows, l.file.rows()...)
	c.showEffective()
	return c, nil
}

// showEffective puts into the rows what other settings have made of a value:
// a bare prefix is an address by now, and no sign-out address is the first
// callback.
func (c *Config) showEffective() {
	for i, row := range c.rows {
		switch {
		case row.Key == "COGNITO_DOMAIN" && c.Domain != nil:
			c.rows[i].Value = c.Domain.String()
		case row.Key == "LOGOUT_URI" && row.Value == "":
			c.rows[i] = Row{row.Key, c.LogoutURI, "default: the first of APP_URI"}
		}
	}
}
