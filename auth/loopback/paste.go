package loopback

import (
	"errors"
	"net/url"
	"strings"
	"unicode"
)

// Paste takes the address that the browser was sent to after signing in, as
// a person copied it from another machine's address bar, and judges it like
// a callback. Nil means that Wait goes on with it; an error says what is
// wrong with the text, which it never repeats, and the sign-in goes on.
func (l *Listener) Paste(text string) error {
	rawQuery, err := l.at.pasted(text)
	if err != nil {
		return err
	}
	v, first := l.decide(rawQuery, false)
	switch {
	case v.kind == stranger:
		return errors.New("that address is from another attempt; use the sign-in page that this one opened")
	case v.kind == malformed:
		return errors.New("that address is cut off or damaged; copy it again, whole")
	case !first:
		return errors.New("this sign-in has its answer already")
	}
	return nil
}

// pasted gives the query of a pasted address that belongs to this redirect
// URI. Terminals break long lines and wrap pastes in control characters, so
// everything that no address contains is dropped first.
func (r redirect) pasted(text string) (rawQuery string, err error) {
	if len(text) > 4*maxQuery {
		return "", errors.New("that is too long for an address")
	}
	text = strings.TrimPrefix(text, "\x1b[200~")
	text = strings.TrimSuffix(strings.TrimSpace(text), "\x1b[201~")
	text = strings.Map(func(c rune) rune {
		if unicode.IsSpace(c) || unicode.Is(unicode.C, c) {
			return -1
		}
		return c
	}, text)
	for _, host := range hosts {
		if strings.HasPrefix(text, host+":"+r.port) {
			text = "http://" + text // some browsers show and copy it so
		}
	}
	u, err := url.Parse(text)
	if err != nil || u.Scheme == "" || u.Host == "" {
		return "", errors.New("that is not an address; paste all of it, from http://" + r.host + ":" + r.port + " on")
	}
	path := u.EscapedPath()
	if path == "" {
		path = "/"
	}
	// A browser that remembers HSTS for localhost stands on https, and one
	// behind an editor's port forwarding on another of this machine's names:
	// the same answer, which the state proves.
	if u.Scheme != "http" && u.Scheme != "https" || !r.ours(u.Host) || path != r.path || u.User != nil {
		return "", errors.New("that is another page's address; after signing in, copy the one that starts with " + r.raw)
	}
	if q, err := url.ParseQuery(u.RawQuery); err == nil && !q.Has("state") {
		return "", errors.New("that address carries no answer of a sign-in; paste all of it, with what follows the question mark")
	}
	return u.RawQuery, nil
}
