package localpool

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/authtabs/tabgate/auth/token"
)

func TestAccessTokensAreForTheResource(t *testing.T) {
	_, a := start(t, Options{})
	for name, resource := range map[string]string{"a loopback server": "http://127.0.0.1:8443", "a server on the network": "https://dash.example.com"} {
		t.Run(name, func(t *testing.T) {
			b := NewPerson("both@example.com", DemoPassword)
			if _, err := b.SignIn(t.Context(), a.ask("resource", resource)); err != nil {
				t.Fatal(err)
			}
			status, tokens := a.token(t, "code", a.got.Get("code"))
			if status != http.StatusOK {
				t.Fatalf("%d %v", status, tokens)
			}
			if got := claims(t, tokens["access_token"], 1)["aud"]; got != resource {
				t.Errorf("the access token is for %v", got)
			}
			if got := claims(t, tokens["id_token"], 1)["aud"]; got != a.pool.ClientID() {
				t.Errorf("the ID token is for %v", got)
			}
			status, tokens = a.token(t, "grant_type", "refresh_token", "refresh_token", tokens["refresh_token"].(string))
			if got := claims(t, tokens["access_token"], 1)["aud"]; status != http.StatusOK || got != resource {
				t.Errorf("after a refresh it is for %v", got)
			}
		})
	}
}

func TestThePoolRegistersWhereSignInsForServersEnd(t *testing.T) {
	p, a := start(t, Options{RedirectURIs: []string{"http://localhost:8501/"}})
	returns := "http://localhost:8501" + token.ReturnPath(p.Issuer())
	t.Run("an answer may go to the path of the issuer", func(t *testing.T) {
		_, to := once(t, NewPerson("", ""), a.ask("redirect_uri", returns, "prompt", "none"))
		if !strings.HasPrefix(to.String(), returns+"?") || to.Query().Get("error") != "login_required" {
			t.Errorf("sent to %s", to)
		}
	})
	t.Run("and to no other path", func(t *testing.T) {
		_, to := once(t, NewPerson("", ""), a.ask("redirect_uri", "http://localhost:8501"+token.ReturnPath("http://127.0.0.1:1/other")))
		if to.Path != "/error" {
			t.Errorf("sent to %s", to)
		}
	})
	t.Run("the settings name the app's own addresses alone", func(t *testing.T) {
		if slices.ContainsFunc(p.Settings(), func(line string) bool { return strings.Contains(line, url.PathEscape("cb")+"/") }) {
			t.Errorf("the settings are %q", p.Settings())
		}
	})
}
