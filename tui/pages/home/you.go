package home

import (
	"strings"
	"time"

	"github.com/authtabs/tabgate/auth/session"
)

// fact is one line about the person.
type fact struct{ name, value string }

// person is who is signed in, if anybody is.
type person struct {
	session.Session
	live  bool
	setup bool // no user pool is configured
	as    string
	now   time.Time
}

// facts says who is signed in. Everything in it came from outside.
func (s *person) facts() []fact {
	out := []fact{{"groups", "none yet"}}
	if len(s.Groups) > 0 {
		out[0].value = strings.Join(s.Groups, ", ")
	}
	out = append(out, fact{"until", s.ExpiresAt.In(s.now.Location()).Format("15:04") + ", renewed by itself"})
	if s.TokenStore != "" {
		out = append(out, fact{"kept in", map[string]string{
			"keyring": "the keyring", "file": "a file, readable by you", "memory": "memory, until you quit",
		}[s.TokenStore]})
	}
	if s.LocalPool {
		out = append(out, fact{"pool", "the local user pool"})
	} else if s.Issuer != "" {
		out = append(out, fact{"pool", pool(s.Issuer)})
	}
	if s.Profile != "" {
		out = append(out, fact{"profile", s.Profile})
	}
	return out
}

// pool is the short name of an issuer: a user pool's id, else the host.
func pool(issuer string) string {
	_, rest, _ := strings.Cut(issuer, "://")
	host, path, _ := strings.Cut(strings.TrimSuffix(rest, "/"), "/")
	if path == "" {
		return host
	}
	return path[strings.LastIndex(path, "/")+1:]
}

// ways are the three choices where no user pool is configured.
var ways = []struct{ does, with string }{
	{"Try it now, on a user pool of its own", "tabgate demo"},
	{"Write a configuration for your pool", "tabgate config init"},
	{"Or set these, in a .env file too", "COGNITO_DOMAIN CLIENT_ID"},
}

// nobody says why nobody is signed in.
func (s *person) nobody() string {
	if s.SignedIn() {
		return "The session of " + session.Clean(s.Name(), 60) + " has ended. Log in again, or press ctrl+r to renew it."
	}
	return "Nobody is signed in. Tabs with a lock open once you log in with an account in their group."
}

// oneLine is who is signed in, for layouts without a box.
func (s *person) oneLine() string {
	switch {
	case s.as != "":
		return "Shown as " + session.Clean(s.as, 120) + " would see it. : and myself lead back."
	case s.live:
		return session.Clean(s.Name(), 60) + " · groups: " + session.Clean(s.facts()[0].value, 120)
	case s.setup:
		return "No user pool yet. Three ways on:"
	case s.SignedIn():
		return "The session of " + session.Clean(s.Name(), 60) + " has ended."
	}
	return "Nobody is signed in."
}
