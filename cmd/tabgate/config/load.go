package config

import (
	"cmp"
	"errors"
	"maps"
	"slices"
	"strings"

	"github.com/authtabs/tabgate/auth/session"
	"github.com/authtabs/tabgate/auth/trusted"
	"github.com/authtabs/tabgate/data/dashboard"
	"github.com/authtabs/tabgate/data/demo"
)

// Options are where to look.
type Options struct {
	Env     func(string) (string, bool)
	WorkDir string            // where .env is looked for
	Dotenv  string            // what that is called; "" means "./.env"
	Path    string            // the config file; "" means the platform's
	Profile string            // --profile; "" means TABGATE_PROFILE, the file's, "default"
	Flags   map[string]string // by setting key
	// EnvFile is the file of --env-file, as strong as a flag. It takes the
	// place of .env, which is then not read.
	EnvFile string
	// Answer is what the user said to a sign-in of a folder's .env, by its
	// hash; nil means nothing yet.
	Answer func(hash string) Answer
	// SignIn is the sign-in of a folder of pages, by the names of a profile,
	// where the user has said yes to it. It takes the place of that of .env.
	SignIn []dashboard.Setting
	// User is whose files are trusted; the zero value runs the process.
	User  trusted.User
	Pages dashboard.Pages // which the file may name; nil = the demo's
	// NoDotenv reads no .env: a server is not set up by the folder that it is
	// started in.
	NoDotenv bool
	// Demo takes no user pool from anywhere and reads no .env, and a config file
	// only if Path names it: somebody else's mistakes must not stop a demo. Its
	// profiles are left out.
	Demo bool
}

// Load finds every setting: flags, environment, .env in the working
// directory, config file, defaults, in this order. The sign-in is decided by
// one level of trust as a whole: the user's own layers, or .env (see
// Config.Folder). No user pool at all is not an error (see Configured); half
// of one is. Errors are *Error, and never about .env.
func Load(o Options) (Config, error) {
	if o.Pages == nil {
		o.Pages = demo.Pages()
	}
	if o.Demo {
		f, err := readFile(o.Path, o.User, o.Pages)
		if err != nil {
			return Config{}, err
		}
		f.profiles = nil
		return build(layers{flags: o.Flags, env: personal(o.Env), file: f}, found{"demo", "demo"})
	}
	if o.Path == "" {
		o.Path, _ = o.Env("TABGATE_CONFIG")
	}
	if o.Path == "" {
		o.Path = Dirs(o.Env).ConfigFile()
	}
	f, err := readFile(o.Path, o.User, o.Pages)
	if err != nil {
		return Config{}, err
	}
	l := layers{flags: o.Flags, env: o.Env, file: f}
	if o.EnvFile == "" && o.NoDotenv {
		l.folder = dotenv{}
	} else if o.EnvFile == "" {
		l.folder = readFolder(o.WorkDir, cmp.Or(o.Dotenv, "./.env"), o.User)
	} else if l.named, err = readNamed(o.WorkDir, o.EnvFile, o.User); err != nil {
		return Config{}, err
	}
	profile, chosen, err := l.profile(o.Profile)
	if err != nil {
		return Config{}, err
	}
	notes := l.folder.ignored()
	c, err := l.tolerant(profile, &notes)
	if err != nil {
		return Config{}, l.explained(err)
	}
	if len(o.SignIn) > 0 {
		if l.folder.names() {
			notes = append(notes, "The sign-in settings of "+l.folder.name+" are left out: the sign_in of "+dashboard.FolderFile+" decides.")
		}
		l.folder = l.folder.withSignIn(o.SignIn)
		o.Answer = func(string) Answer { return Yes }
	}
	if by := l.decides(profile, chosen); by != "" {
		if l.folder.names() {
			c.Folder = Folder{State: LeftOut}
			notes = append(notes, "The sign-in settings of "+l.folder.name+" are left out: "+session.Clean(by, 100)+" decides.")
		}
	} else if l.folder.note != "" {
		c.Folder = Folder{State: Ignored, Err: &Error{Text: l.folder.note}}
	} else if l.folder.signsIn() || l.folder.wrongSignIn() != nil {
		c = l.withFolder(c, profile, o.Answer, &notes)
	}
	c.Notes = notes
	return c, nil
}

// decides says which of the user's own words decides the sign-in, "" for none.
func (l layers) decides(profile found, chosen bool) string {
	for _, at := range []int{domainAt, clientAt} {
		if f := l.own(settings[at], profile.text); f.text != "" {
			return f.origin
		}
	}
	if chosen {
		return strings.TrimSuffix(profile.origin+" "+profile.text, " ")
	}
	return ""
}

// withFolder is what .env makes of c, which has no sign-in: the sign-in of
// .env once the user has said yes to it, and before c and what waits.
func (l layers) withFolder(c Config, profile found, answer func(string) Answer, notes *[]string) Config {
	unused, err := l.unused(profile)
	if err != nil {
		c.Folder = Folder{State: Wrong, Err: err}
		return c
	}
	whole, err := l.fromFolder(profile)
	if err != nil {
		c.Folder = Folder{State: Wrong, Err: err}
		return c
	}
	said := Unasked
	if answer != nil {
		said = answer(whole.Folder.Unit.Hash)
	}
	switch said {
	case Yes:
		whole.Folder.State = Used
		*notes = append(*notes, unused...)
		return whole
	case No:
		whole.Folder.State = Refused
	}
	c.Folder = whole.Folder
	return c
}

// unused are notes on the parts of a sign-in that the user's own layers have
// while .env decides it. None of them is taken. A secret must not go to a
// domain that somebody else has chosen: that is worth an error, not a note.
func (l layers) unused(profile found) (notes []string, bad *Error) {
	for _, s := range settings {
		f := l.own(s, profile.text)
		switch {
		case f.text == "" || s.level != signIn || s.key == regionKey:
		case s.secret:
			return nil, wrong(f.origin, s.key, "is not sent to a domain that %s names: put both in one place", l.folder.name)
		default:
			notes = append(notes, session.Clean(f.origin, 100)+" is left out: "+l.folder.name+" decides the sign-in, so put all of it in one place.")
		}
	}
	return notes, nil
}

// fromFolder builds the configuration with the sign-in of .env.
func (l layers) fromFolder(profile found) (Config, *Error) {
	if bad := l.folder.wrongSignIn(); bad != nil {
		return Config{}, bad
	}
	l.folderSignsIn = true
	c, err := build(l, profile)
	if bad := (*Error)(nil); errors.As(err, &bad) {
		return Config{}, bad
	}
	c.Folder = Folder{State: Waiting, Unit: l.unit(c)}
	return c, nil
}

// explained adds to an error about half a sign-in that .env has the other
// half, which does not count.
func (l layers) explained(err error) error {
	var bad *Error
	if errors.As(err, &bad) && l.folder.signsIn() && (bad.Key == settings[domainAt].key || bad.Key == settings[clientAt].key) && strings.Contains(bad.Text, "is set but") {
		bad.Text += "; " + l.folder.name + " is not mixed with it: put all in one place"
	}
	return err
}

// tolerant builds the configuration with what .env may set besides the
// sign-in. A wrong value of .env is left out with a note, since .env is no
// reason for a command to fail.
func (l *layers) tolerant(profile found, notes *[]string) (Config, error) {
	for {
		c, err := build(*l, profile)
		var bad *Error
		if !errors.As(err, &bad) || lookFor(bad.Key).level != harmless || !strings.HasPrefix(bad.Place, l.folder.name+":") {
			return c, err
		}
		*notes = append(*notes, bad.Error()+" (ignored)")
		for _, name := range lookFor(bad.Key).names() {
			delete(l.folder.set, name)
		}
	}
}

// ignored are notes on what the file says in vain.
func (d dotenv) ignored() (notes []string) {
	if d.note != "" {
		notes = append(notes, session.Clean(d.note, 400))
	}
	for _, bad := range d.bad {
		if lookFor(bad.Key).level == harmless {
			notes = append(notes, bad.Error()+" (ignored)")
		}
	}
	var vain []string
	for name := range d.set {
		if strings.HasPrefix(name, "TABGATE_") && lookFor(name).level == usersOwn && d.set[name].text != "" {
			vain = append(vain, name)
		}
	}
	switch names := d.name + ": " + strings.Join(sorted(vain), ", "); {
	case len(vain) == 1:
		notes = append(notes, names+" is ignored: set it in the environment or the config file.")
	case len(vain) > 1:
		notes = append(notes, names+" are ignored: set them in the environment or the config file.")
	}
	return notes
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

// build turns texts into values and checks them.
func build(l layers, profile found) (Config, error) {
	c := Config{Profile: profile.text, Pages: map[string]session.Rule{}, Figures: map[string]Figures{}}
	c.rows = []Row{{"TABGATE_PROFILE", profile.text, profile.origin}}
	v := values{}
	for _, s := range settings {
		f := l.find(s, profile.text)
		v[s.key] = f
		c.rows = append(c.rows, s.row(f))
	}
	for _, check := range []func(*Config, values) error{pool, redirects, issuer, ask, devices, choices} {
		if err := check(&c, v); err != nil {
			return Config{}, err
		}
	}
	c.Connect = v["TABGATE_CONNECT"].text
	c.Profiles = slices.Sorted(maps.Keys(l.file.profiles))
	for id, p := range l.file.pages {
		c.Pages[id] = p.rule
	}
	for id, d := range l.file.figures {
		c.Figures[id] = Figures{File: d.path.text, Reading: d.reading}
	}
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

// row is the setting as `config show` prints it.
func (s setting) row(f found) Row {
	shown := hidden(f.text)
	if s.secret && shown != "" {
		shown = redacted
	}
	return Row{s.key, shown, f.origin}
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
			c.rows[i] = Row{row.Key, hidden(c.LogoutURI), "default: the first of APP_URI"}
		}
	}
}
