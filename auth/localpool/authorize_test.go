package localpool

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"
)

// once asks without following the redirect, and gives where it points.
func once(t *testing.T, b *Person, address string) (int, *url.URL) {
	t.Helper()
	b.http.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	defer func() { b.http.CheckRedirect = nil }()
	resp, err := b.http.Get(address)
	if err != nil {
		t.Fatal(err)
	}
	resp.Body.Close()
	to, err := url.Parse(resp.Header.Get("Location"))
	if err != nil {
		t.Fatal(err)
	}
	return resp.StatusCode, to
}

func TestE3ARequestForAnotherAddressEndsOnAPage(t *testing.T) {
	p, a := start(t, Options{})
	slash := strings.TrimSuffix(a.redirect, "/")
	tests := map[string][]string{
		"a client that is not there":   {"client_id", "nobody"},
		"no client":                    {"client_id", "-"},
		"no redirect":                  {"redirect_uri", "-"},
		"without the slash at the end": {"redirect_uri", slash},
		"with a path":                  {"redirect_uri", a.redirect + "callback"},
		"with a query":                 {"redirect_uri", a.redirect + "?x=1"},
		"with a fragment":              {"redirect_uri", a.redirect + "#x"},
		"localhost for 127.0.0.1":      {"redirect_uri", strings.Replace(a.redirect, "127.0.0.1", "localhost", 1)},
		"https for http":               {"redirect_uri", strings.Replace(a.redirect, "http:", "https:", 1)},
		"the scheme in capitals":       {"redirect_uri", strings.Replace(a.redirect, "http:", "HTTP:", 1)},
		"another port":                 {"redirect_uri", "http://127.0.0.1:1/"},
		"a user in front":              {"redirect_uri", strings.Replace(a.redirect, "127", "x@127", 1)},
		"the same and more":            {"redirect_uri", slash + ".attacker.example/"},
	}
	for name, pairs := range tests {
		t.Run(name, func(t *testing.T) {
			status, to := once(t, NewPerson("", ""), a.ask(pairs...))
			if status != http.StatusFound || to.Path != "/error" || to.Host != "" || to.Query().Get("error") != "redirect_mismatch" {
				t.Errorf("%d to %s", status, to)
			}
		})
	}
	if _, to := once(t, NewPerson("", ""), a.ask("redirect_uri", slash)); to.String() != "/error?error=redirect_mismatch&client_id="+p.ClientID() {
		t.Errorf("the address is not to the letter Cognito's: %s", to)
	}
	page, err := NewPerson("", "").Open(t.Context(), a.ask("redirect_uri", slash))
	if err != nil || page.Status != http.StatusBadRequest || !strings.Contains(page.Body, "<code>"+a.redirect+"</code>") {
		t.Errorf("%d, %v: the page does not name what is registered with %s", page.Status, err, p.Domain())
	}
}

func TestE3ABadRequestGoesBackWithAnError(t *testing.T) {
	_, a := start(t, Options{})
	tests := map[string]struct {
		pairs []string
		want  string
	}{
		"no response type":            {[]string{"response_type", "-"}, "invalid_request"},
		"an unknown response type":    {[]string{"response_type", "id_token"}, "invalid_request"},
		"the implicit grant":          {[]string{"response_type", "token"}, "unauthorized_client"},
		"plain instead of S256":       {[]string{"code_challenge_method", "plain"}, "invalid_request"},
		"a challenge without method":  {[]string{"code_challenge_method", "-"}, "invalid_request"},
		"a method without challenge":  {[]string{"code_challenge", "-"}, "invalid_request"},
		"a challenge out of shape":    {[]string{"code_challenge", "short"}, "invalid_request"},
		"an unknown scope":            {[]string{"scope", "openid nonsense"}, "invalid_scope"},
		"email without openid":        {[]string{"scope", "email"}, "invalid_scope"},
		"an identity provider":        {[]string{"identity_provider", "Google"}, "invalid_request"},
		"a resource that is none":     {[]string{"resource", "dash"}, "invalid_target"},
		"a resource in plain http":    {[]string{"resource", "http://dash.example.com"}, "invalid_target"},
		"prompt none and nobody here": {[]string{"prompt", "none"}, "login_required"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			_, to := once(t, NewPerson("", ""), a.ask(test.pairs...))
			q := to.Query()
			if !strings.HasPrefix(to.String(), a.redirect+"?") || q.Get("error") != test.want || q.Get("state") != "st4te" || q.Has("code") {
				t.Errorf("sent to %s, want %s", to, test.want)
			}
		})
	}
	t.Run("a state that is a JSON text", func(t *testing.T) {
		if _, to := once(t, NewPerson("", ""), a.ask("state", `{"a":1}`)); to.Query().Get("error") != "invalid_request" {
			t.Errorf("sent to %s", to)
		}
	})
}

func TestE3ASecondSignInWithinTheHourIsSilent(t *testing.T) {
	c := newClock()
	p, a := start(t, Options{Now: c.Now})
	b := NewPerson("guest@example.com", DemoPassword)
	if _, err := b.SignIn(t.Context(), a.ask()); err != nil {
		t.Fatal(err)
	}
	first := c.Now().Unix()
	c.pass(59 * time.Minute)
	_, to := once(t, b, a.ask("prompt", "none"))
	if to.Query().Get("code") == "" {
		t.Fatalf("not silent: %s", to)
	}
	if _, tokens := a.token(t, "code", to.Query().Get("code")); claims(t, tokens["id_token"], 1)["auth_time"] != float64(first) {
		t.Error("auth_time is not that of the sign-in")
	}
	if _, to = once(t, b, a.ask("prompt", "login")); to.Path != "/login" {
		t.Errorf("prompt=login went to %s", to)
	}
	if page, err := b.Open(t.Context(), a.ask("prompt", "login")); err != nil || !strings.Contains(page.Body, `name="password"`) {
		t.Errorf("prompt=login shows no form: %v", err)
	}
	c.pass(time.Minute)
	if _, to = once(t, b, a.ask()); to.Path != "/login" {
		t.Errorf("after an hour: %s", to)
	}
	if !strings.Contains(to.RawQuery, "state=st4te") {
		t.Errorf("the request is not carried along: %s", to)
	}
	_ = p
}

func TestE3LogoutEndsTheBrowsersSignIn(t *testing.T) {
	p, a := start(t, Options{LogoutURIs: []string{"http://localhost:9/bye"}})
	b := NewPerson("guest@example.com", DemoPassword)
	if _, err := b.SignIn(t.Context(), a.ask()); err != nil {
		t.Fatal(err)
	}
	logout := func(pairs ...string) string {
		q := url.Values{"client_id": {p.ClientID()}}
		for i := 0; i < len(pairs); i += 2 {
			q.Set(pairs[i], pairs[i+1])
		}
		return p.Domain() + "/logout?" + q.Encode()
	}
	refused := map[string]string{
		"to an address that is not registered": logout("logout_uri", "http://attacker.example/"),
		"to nowhere":                           logout(),
		"to a redirect without response type":  logout("redirect_uri", a.redirect),
		"to an unregistered redirect":          logout("redirect_uri", "http://attacker.example/", "response_type", "code"),
		"of another client":                    logout("client_id", "nobody", "logout_uri", p.SignedOutURI()),
	}
	for name, address := range refused {
		t.Run(name, func(t *testing.T) {
			page, err := b.Open(t.Context(), address)
			if err != nil || page.Status != http.StatusBadRequest || !strings.HasPrefix(page.URL, p.Domain()) {
				t.Errorf("%d %s %v", page.Status, page.URL, err)
			}
			if _, to := once(t, b, a.ask()); to.Query().Get("code") == "" {
				t.Error("and the browser is signed out")
			}
		})
	}
	if _, to := once(t, b, logout("logout_uri", "http://localhost:9/bye", "redirect_uri", "http://attacker.example/")); to.String() != "http://localhost:9/bye" {
		t.Errorf("went to %s", to)
	}
	if _, to := once(t, b, a.ask()); to.Path != "/login" {
		t.Errorf("still signed in: %s", to)
	}
	if _, to := once(t, b, logout("redirect_uri", a.redirect, "response_type", "code")); to.Path != "/login" || to.Query().Get("redirect_uri") != a.redirect {
		t.Errorf("went to %s", to)
	}
	if page, err := b.Open(t.Context(), logout("logout_uri", p.SignedOutURI())); err != nil || !strings.Contains(page.Body, "You are signed out") {
		t.Error(page.Status, err)
	}
}

func TestThePoolsOwnProviderIsTheLoginPage(t *testing.T) {
	_, a := start(t, Options{})
	b := NewPerson("guest@example.com", DemoPassword)
	if page, err := b.SignIn(t.Context(), a.ask("identity_provider", "COGNITO", "prompt", "login", "login_hint", "x@example.com")); err != nil || !strings.Contains(page.URL, "code=") {
		t.Errorf("ended at %s: %v", page.URL, err)
	}
	// select_account is for identity providers: the pool's own people stay.
	if _, to := once(t, b, a.ask("prompt", "select_account")); to.Query().Get("code") == "" {
		t.Errorf("prompt=select_account went to %s", to)
	}
}

func TestALoginHintFillsInTheName(t *testing.T) {
	_, a := start(t, Options{})
	page, err := NewPerson("", "").Open(t.Context(), a.ask("login_hint", `"><script>x`))
	if err != nil || !strings.Contains(page.Body, `value="&#34;&gt;&lt;script&gt;x"`) {
		t.Errorf("%v: the hint is not in the form, escaped", err)
	}
}
