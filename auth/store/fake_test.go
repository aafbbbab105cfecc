package store

import (
	"encoding/base64"
	"fmt"
	"strings"
	"sync"

	"github.com/zalando/go-keyring"

	"github.com/authtabs/tabgate/auth/secret"
)

// fakeRing is a keyring in a map. before, when set, may refuse a call; most,
// when set, gives the platform's limit.
type fakeRing struct {
	mu     sync.Mutex
	items  map[string]string
	calls  int
	before func(call int, op, user string) error
	fits   func(service, user, text string) bool
}

func newRing() *fakeRing { return &fakeRing{items: map[string]string{}} }

func (r *fakeRing) enter(op, user string) error {
	r.calls++
	if r.before == nil {
		return nil
	}
	return r.before(r.calls, op, user)
}

func (r *fakeRing) Set(service, user, text string) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if err := r.enter("set", user); err != nil {
		return err
	}
	if r.fits != nil && !r.fits(service, user, text) {
		return keyring.ErrSetDataTooBig
	}
	r.items[user] = text
	return nil
}

func (r *fakeRing) Get(_, user string) (string, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if err := r.enter("get", user); err != nil {
		return "", err
	}
	text, ok := r.items[user]
	if !ok {
		return "", keyring.ErrNotFound
	}
	return text, nil
}

func (r *fakeRing) Delete(_, user string) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if err := r.enter("delete", user); err != nil {
		return err
	}
	if _, ok := r.items[user]; !ok {
		return keyring.ErrNotFound
	}
	delete(r.items, user)
	return nil
}

// macOS counts the whole command line that the library gives to `security`.
func macOS(service, user, text string) bool {
	password := "go-keyring-base64:" + base64.StdEncoding.EncodeToString([]byte(text))
	command := fmt.Sprintf("add-generic-password -U -s %s -a %s -w %s\n", service, user, password)
	return len(command) <= 4096
}

// windows counts the bytes of the password.
func windowsLimit(service, _, text string) bool { return len(service) < 512 && len(text) <= 2560 }

var ana = Account{Domain: "https://demo.auth.eu-west-1.amazoncognito.com", ClientID: "1example", Profile: "work"}

// big is a session whose tokens have the given sizes; mark tells two apart.
func big(mark string, id, access, refresh int) Saved {
	fill := func(kind string, n int) secret.Text {
		return secret.New((mark + kind + strings.Repeat("0123456789abcdef", n/16+1))[:n])
	}
	return Saved{ID: fill("i", id), Access: fill("a", access), Refresh: fill("r", refresh), Issuer: "https://issuer.example", Generation: 1}
}

func same(a, b Saved) bool {
	return a.ID.Equal(b.ID.Reveal()) && a.Access.Equal(b.Access.Reveal()) &&
		a.Refresh.Equal(b.Refresh.Reveal()) && a.Issuer == b.Issuer && a.Generation == b.Generation
}
