// Package config finds every setting and says where each came from. It knows
// no command, no network and no screen.
package config

import (
	"fmt"
	"net/url"
	"strings"
	"time"

	"github.com/authtabs/tabgate/auth/aws"
	"github.com/authtabs/tabgate/auth/cognito"
	"github.com/authtabs/tabgate/auth/secret"
	"github.com/authtabs/tabgate/auth/session"
	"github.com/authtabs/tabgate/data/textfile"
)

// Config is the effective configuration.
type Config struct {
	Profile string

	// The user pool. Domain is nil when no pool is configured at all.
	Domain       *url.URL
	ClientID     string
	ClientSecret secret.Text
	RedirectURIs []string // tried in order
	LogoutURI    string
	UserPoolID   string // gives the possible issuers, see Issuers
	Issuer       string // the issuer itself; wins over UserPoolID
	Region       string
	Scopes       []string
	Ask          cognito.Ask // whom a sign-in asks for
	DeviceAuthorizationURL,
	DeviceTokenURL string

	// Connect is the address of a server whose pages are shown in the place of
	// the demo's, as it was typed; "" = none.
	Connect string
	// Resource is the server that access tokens are for (RFC 8707), ResourceID
	// its identifier in the user pool. A server says them of itself: they are no
	// settings. With AnyAudience it takes tokens whatever they are for.
	Resource, ResourceID string
	AnyAudience          bool
	// Profiles are the names of all profiles of the config file.
	Profiles []string

	TokenStore   string // "keyring", "file", "memory"
	Browser      string // command, "none", or "" for the system's
	CAFile       string
	LoginTimeout time.Duration

	Theme         string // "auto", "dark", "light"
	Glyphs        string // "auto", "ascii", "half", "quadrant", "sextant", "octant"
	ReducedMotion bool
	Mouse         bool // the mouse is for the app; otherwise the terminal selects text with it

	Pages   map[string]session.Rule // by page id; a page not named keeps its default
	Figures map[string]Figures      // by page id: a file in the place of the page's own figures
	Data    DataURLs
	Offline bool

	// Folder is what the .env of the working directory has to do with the
	// sign-in.
	Folder Folder
	// Notes say what was ignored or left out, one clean line each.
	Notes []string

	rows []Row
}

// Figures are a file with figures, and how it is read.
type Figures struct {
	File    string
	Reading textfile.Options
}

// DataURLs are the addresses of the live data; empty means the originals'.
type DataURLs struct{ BikeRacks, Stations, Segments, Agriculture string }

// Row is one setting as `config show` prints it; secrets are hidden.
type Row struct{ Key, Value, Origin string }

// Rows gives every setting with its value and where it came from, in the
// order of the README's table.
func (c Config) Rows() []Row { return c.rows }

// Configured reports whether a user pool is configured.
func (c Config) Configured() bool { return c.Domain != nil }

// Issuers are the issuers that tokens may name; none means that the first
// sign-in decides (spec: trust on first use).
func (c Config) Issuers() []string {
	switch {
	case c.Issuer != "":
		return []string{c.Issuer}
	case c.UserPoolID != "" && c.Domain != nil:
		return aws.Issuers(c.UserPoolID, aws.DomainRegion(c.Domain.Hostname()))
	case c.UserPoolID != "":
		return aws.Issuers(c.UserPoolID, "")
	}
	return nil
}

// Error is a setting that is wrong, with the place to fix it.
type Error struct {
	Place string // "config.yaml:12", "./.env:3 NAME", "environment NAME", "--theme"; may be empty
	Key   string
	Text  string // what is wrong and what to do
	Fix   string // what to do, where Text does not say it; may be empty
}

// Error is one line, cleaned: keys and values are quoted from files that
// anybody may have written.
func (e *Error) Error() string {
	text := e.Problem()
	if e.Fix != "" {
		text += ": " + e.Fix
	}
	return session.Clean(text, 400)
}

// Problem is the error without Fix.
func (e *Error) Problem() string {
	text := e.Text
	if e.Key != "" && !strings.HasSuffix(e.Place, e.Key) && !e.ByFlag() {
		text = e.Key + ": " + text
	}
	if e.Place != "" {
		text = e.Place + ": " + text
	}
	return session.Clean(text, 400)
}

// ByFlag reports whether a flag gave the value that is wrong. A profile that
// is not there is not the flag's fault alone: the file lacks it.
func (e *Error) ByFlag() bool { return strings.HasPrefix(e.Place, "--") && e.Key != "profile" }

func wrong(place, key, format string, a ...any) *Error {
	return &Error{Place: place, Key: key, Text: fmt.Sprintf(format, a...)}
}
