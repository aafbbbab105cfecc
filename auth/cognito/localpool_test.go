package cognito_test

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"testing"
	"time"

	"github.com/authtabs/tabgate/auth/cognito"
	"github.com/authtabs/tabgate/auth/localpool"
	"github.com/authtabs/tabgate/auth/secret"
	"github.com/authtabs/tabgate/auth/token"
)

// local is the built-in user pool, serving, with an app that waits at its
// callback.
type local struct {
	*localpool.Pool
	hc       *http.Client
	callback string
}

func newLocal(t *testing.T) local {
	t.Helper()
	app := httptest.NewServer(http.NotFoundHandler())
	t.Cleanup(app.Close)
	callback := app.URL + "/"
	pool, err := localpool.New(localpool.Options{RedirectURIs: []string{callback}, LogoutURIs: []string{callback}})
	if err != nil {
		t.Fatal(err)
	}
	pool.Start()
	t.Cleanup(func() { pool.Close() })
	hc := cognito.HTTPClient(nil)
	t.Cleanup(hc.CloseIdleConnections)
	return local{pool, hc, callback}
}

func (l local) client(t *testing.T) *cognito.Client {
	t.Helper()
	domain, err := url.Parse(l.Domain())
	if err != nil {
		t.Fatal(err)
	}
	c, err := cognito.New(cognito.Config{Domain: domain, ClientID: l.ClientID(), LogoutURI: l.callback, Issuer: l.Issuer()}, l.hc)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// signIn goes through the pool's own login page to the code.
func (l local) signIn(t *testing.T, c *cognito.Client, a cognito.Attempt) secret.Text {
	t.Helper()
	end, err := l.Person("both@example.com", "Passw0rd!").SignIn(t.Context(), c.AuthorizeURL(l.callback, a))
	if err != nil {
		t.Fatal(err)
	}
	landed, err := url.Parse(end.URL)
	if err != nil || !a.State.Equal(landed.Query().Get("state")) {
		t.Fatalf("landed without our state: %v", err)
	}
	return secret.New(landed.Query().Get("code"))
}

func TestAWholeRoundAtTheLocalPool(t *testing.T) {
	l := newLocal(t)
	c := l.client(t)
	a, err := cognito.NewAttempt()
	if err != nil {
		t.Fatal(err)
	}
	code := l.signIn(t, c, a)
	tokens, err := c.Exchange(t.Context(), code, l.callback, a)
	if err != nil {
		t.Fatal(err)
	}
	v := token.NewVerifier(token.NewKeys(l.hc, l.Issuer(), time.Now), l.Issuer(), l.ClientID(), time.Now)
	claims, err := v.Verify(t.Context(), tokens.ID, tokens.Access, token.Want{Nonce: a.Nonce, Fresh: true})
	if err != nil || len(claims.Groups) != 2 {
		t.Fatalf("got %+v, %v", claims, err)
	}
	if info, err := c.UserInfo(t.Context(), tokens.Access, claims.Subject); err != nil || info.Email != "both@example.com" {
		t.Errorf("got %+v, %v", info, err)
	}
	next, err := c.Refresh(t.Context(), tokens.Refresh)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := v.Verify(t.Context(), next.ID, next.Access, token.Want{Previous: &claims}); err != nil {
		t.Error(err)
	}
	if err := c.Revoke(t.Context(), next.Refresh); err != nil {
		t.Error(err)
	}
	if _, err := c.Refresh(t.Context(), next.Refresh); err == nil {
		t.Error("a revoked token was refreshed")
	}
	if _, err := c.Exchange(t.Context(), code, l.callback, a); err == nil {
		t.Error("a used code was taken again")
	}
}
