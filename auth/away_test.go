package auth

import (
	"errors"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/authtabs/tabgate/auth/localpool"
)

// gone is a pool of an issuer that is not known yet, and that has stopped.
func gone(t *testing.T, change ...func(*Options)) *Attempt {
	t.Helper()
	w := newWorld(t, localpool.Options{})
	nobody, err := url.Parse("http://127.0.0.1:" + freePort(t))
	must(t, err)
	a, err := w.process(append(change, trusting, func(o *Options) { o.Cognito.Domain = nobody })...).Begin(t.Context())
	must(t, err)
	t.Cleanup(a.Cancel)
	return a
}

// There is no issuer to ask, so nothing but the domain itself tells.
func TestAPoolOutOfReachIsToldBeforeTheBrowserIsDone(t *testing.T) {
	t.Parallel()
	a := gone(t)
	if hint := <-a.Hints(); !strings.Contains(hint, "cannot succeed as things stand: nothing listens on 127.0.0.1:") || !strings.Contains(hint, "check COGNITO_DOMAIN") {
		t.Errorf("hint %q", hint)
	}
}

func TestNoAnswerFromAPoolOutOfReachNamesIt(t *testing.T) {
	t.Parallel()
	a := gone(t, func(o *Options) { o.Timeout = time.Millisecond })
	_, err := a.Wait(t.Context())
	if !errors.Is(err, ErrNetwork) || !strings.Contains(err.Error(), "no answer came in time: nothing listens on 127.0.0.1:") {
		t.Errorf("got %v", err)
	}
}
