package config

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"

	"github.com/authtabs/tabgate/auth/session"
	"github.com/authtabs/tabgate/data/dashboard"
)

// State is what becomes of the sign-in that a folder's .env names.
type State string

// The states. Only Used lets .env decide anything about the sign-in.
const (
	None    State = ""         // .env names no sign-in
	Ignored State = "ignored"  // the file is not read, since others could have written it; see Folder.Err
	LeftOut State = "left out" // the user's own layers name one
	Wrong   State = "wrong"    // it cannot be used; see Folder.Err
	Waiting State = "waiting"  // the user has not been asked yet
	Refused State = "refused"  // the user said no
	Used    State = "used"     // the user said yes, and it decides
)

// Answer is what the user said to a sign-in of a folder.
type Answer int

// The answers; the zero value is none.
const (
	Unasked Answer = iota
	Yes
	No
)

// Folder is the sign-in that the .env of the working directory names.
type Folder struct {
	State State
	Unit  Unit   // where State is Waiting, Refused or Used
	Err   *Error // why it cannot be used, where State is Wrong or Ignored
}

// Unit is a sign-in as one .env names it: all of its settings or none.
type Unit struct {
	// Hash names exactly these settings: a yes to it is no yes to any other.
	Hash string
	// Host and Client are the user pool domain and the app client.
	Host, Client string

	file     string   // as it is called everywhere, such as "./.env"
	variable string   // which names the client, as it stands in the file
	others   []string // what else it names that could be somebody else's
	rows     []Row
}

// Rows gives the settings as they may be shown, secrets hidden.
func (u Unit) Rows() []Row { return u.rows }

// File is the file that names them, such as "./.env".
func (u Unit) File() string { return u.file }

// Origin says in a few words which settings these are.
func (u Unit) Origin() string { return u.variable + " from " + u.file }

// Words say what a yes means, one sentence.
func (u Unit) Words() string {
	text := fmt.Sprintf("%s signs you in at %s (app client %s)", u.file, u.Host, u.Client)
	if len(u.others) > 0 {
		text += ", with " + strings.Join(u.others, " and ")
	}
	return session.Clean(text, 0) + "."
}

// Why says in a few words where the sign-in stands because of .env: what
// decides it, or what keeps .env from doing so. It is "" where .env has no
// part in it.
func (f Folder) Why() string {
	switch f.State {
	case Wrong:
		return f.Err.Error()
	case Waiting:
		return f.Unit.Origin() + " waits for your yes: tabgate trust"
	case Refused:
		return f.Unit.Origin() + " is not used, since you said no: tabgate trust --yes changes that"
	case Used:
		return f.Unit.Origin()
	}
	return ""
}

// names reports whether the file has a part of the sign-in that only makes
// sense for one: the region is there for many programs.
func (d dotenv) names() bool {
	return slices.ContainsFunc(settings, func(s setting) bool {
		return s.level == signIn && s.key != regionKey && d.find(s).text != ""
	}) || d.wrongSignIn() != nil
}

// withSignIn is what the file says besides the sign-in, with that of a folder
// of pages in the place of its own.
func (d dotenv) withSignIn(signsIn []dashboard.Setting) dotenv {
	out := dotenv{name: dashboard.FolderFile, set: map[string]found{}}
	for name, f := range d.set {
		if lookFor(name).level == harmless {
			out.set[name] = f
		}
	}
	for _, given := range signsIn {
		for _, s := range settings {
			if s.level == signIn && s.yaml == given.Name {
				out.set[s.key] = found{given.Value, out.name + " sign_in." + given.Name}
			}
		}
	}
	return out
}

// wrongSignIn is the first line of the sign-in that cannot be read.
func (d dotenv) wrongSignIn() *Error {
	for _, bad := range d.bad {
		if lookFor(bad.Key).level == signIn {
			return bad
		}
	}
	return nil
}

// lookFor is the setting that has a name, the zero one where none has.
func lookFor(name string) setting {
	for _, s := range settings {
		if slices.Contains(s.names(), name) {
			return s
		}
	}
	return setting{}
}

// signsIn reports whether the file names a user pool's domain or a client.
func (d dotenv) signsIn() bool {
	return d.find(settings[domainAt]).text != "" || d.find(settings[clientAt]).text != ""
}

// unit describes the sign-in that c has from the folder's .env alone.
func (l layers) unit(c Config) Unit {
	u := Unit{file: l.folder.name, Host: c.Domain.Host, Client: c.ClientID}
	sum := sha256.New()
	fmt.Fprintf(sum, "domain %s\n", c.Domain) // which the environment's region may be a part of
	for _, s := range settings {
		f := l.folder.find(s)
		if s.level != signIn || f.text == "" {
			continue
		}
		fmt.Fprintf(sum, "%s=%q\n", s.key, f.text)
		u.rows = append(u.rows, s.row(f))
	}
	u.Hash = hex.EncodeToString(sum.Sum(nil))
	_, u.variable, _ = strings.Cut(l.folder.find(settings[clientAt]).origin, " ")
	u.others = others(c)
	return u
}

// others names the hosts besides the domain that a sign-in would trust.
func others(c Config) (names []string) {
	if host := hostOf(c.Issuer); host != "" && host != c.Domain.Host {
		names = append(names, "tokens signed by "+host)
	}
	var devices []string
	for _, address := range []string{c.DeviceAuthorizationURL, c.DeviceTokenURL} {
		if host := hostOf(address); host != "" && host != c.Domain.Host && !slices.Contains(devices, host) {
			devices = append(devices, host)
		}
	}
	if len(devices) > 0 {
		names = append(names, "device codes of "+strings.Join(devices, ", "))
	}
	return names
}
