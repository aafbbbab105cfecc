package auth

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"testing"
	"text/template"

	"github.com/authtabs/tabgate/auth/cognito"
	"github.com/authtabs/tabgate/auth/localpool"
	"github.com/authtabs/tabgate/auth/loopback"
	"github.com/authtabs/tabgate/auth/secret"
	"github.com/authtabs/tabgate/auth/store"
	"github.com/authtabs/tabgate/auth/token"
)

// printed gives v in every way that a log, a panic or a careless line of code
// may print it.
func printed(v any) map[string]string {
	all := map[string]string{"error": fmt.Errorf("it failed: %v", v).Error(), "print": fmt.Sprint(v)}
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%X", "%d", "%T"} {
		all[verb] = fmt.Sprintf(verb, v)
	}
	if data, err := json.Marshal(v); err == nil {
		all["JSON"] = string(data)
	}
	var out bytes.Buffer
	slog.New(slog.NewTextHandler(&out, nil)).Info("x", "v", v)
	slog.New(slog.NewJSONHandler(&out, nil)).Info("x", "v", v)
	all["slog"] = out.String()
	out.Reset()
	if template.Must(template.New("").Parse("{{.}} {{printf \"%+v\" .}}")).Execute(&out, v) == nil {
		all["template"] = out.String()
	}
	return all
}

// atRest waits until nothing changes what is about to be printed.
func atRest(t *testing.T, s *Service, a *Attempt) {
	a.Cancel()
	for range a.Hints() {
	}
	a.hints.send("") // after whoever closed the hints has let go of them
	must(t, s.Close())
	<-s.work.done()
	s.work.done()
}

func TestT11NoSecretIsInAnythingThatCanBePrinted(t *testing.T) {
	t.Parallel()
	const clientSecret = "canary-client-secret-9f21"
	w := newWorld(t, localpool.Options{ClientSecret: secret.New(clientSecret)})
	s := w.process(func(o *Options) { o.Cognito.ClientSecret = secret.New(clientSecret) })
	a, err := s.Begin(t.Context())
	must(t, err)
	address := w.redirected(a, "both@example.com")
	_, rest, _ := strings.Cut(address, "code=")
	code, _, _ := strings.Cut(rest, "&")
	must(t, a.Paste(address))
	_, err = a.Wait(t.Context())
	must(t, err)
	atRest(t, s, a)
	saved, claims := s.current().Saved, s.current().Claims
	canaries := map[string]string{
		"the ID token": saved.ID.Reveal(), "the access token": saved.Access.Reveal(), "the refresh token": saved.Refresh.Reveal(),
		"the state": a.secrets.State.Reveal(), "the nonce": a.secrets.Nonce.Reveal(), "the verifier": a.secrets.Verifier.Reveal(),
		"the client secret": clientSecret, "the code": code,
	}
	for name, canary := range canaries {
		if len(canary) < 16 {
			t.Fatalf("%s is %q", name, canary)
		}
	}
	tokens := cognito.Tokens{ID: saved.ID, Access: saved.Access, Refresh: saved.Refresh}
	want := token.Want{Nonce: a.secrets.Nonce, Previous: &claims}
	values := []any{
		s, &s.opts, s.opts, s.opts.Cognito, s.client, s.storage.account, s.verifier, s.storage, s.state, s.current(), saved, &saved, s.session(s.current()),
		a, a.secrets, a.listener, tokens, want,
		granted{tokens: tokens, want: want},
		loopback.Answer{Code: secret.New(code)},
		&events{s: s}, &DeviceAttempt{s: s},
		store.Saved{},
		[]any{saved, tokens},
		map[string]any{"saved": saved, "attempt": a.secrets},
		errors.Join(fmt.Errorf("%v", saved), fmt.Errorf("%+v", want)),
	}
	for _, v := range values {
		for how, text := range printed(v) {
			for name, canary := range canaries {
				if strings.Contains(text, canary) || strings.Contains(strings.ToLower(text), fmt.Sprintf("%x", canary)) {
					t.Errorf("%s of %T shows %s", how, v, name)
				}
			}
		}
	}
}
