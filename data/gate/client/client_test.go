package client_test

import (
	"errors"
	"net/http"
	"strings"
	"testing"

	"github.com/authtabs/tabgate/auth/neterr"
	"github.com/authtabs/tabgate/data/gate/client"
	"github.com/authtabs/tabgate/data/gate/wire"
)

func TestClient(t *testing.T) {
	t.Run("somebody signed out sees open pages, and locked ones by title and groups", func(t *testing.T) {
		s := newServer(t)
		c := s.connect(t)
		l, err := c.Dashboard(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if l.Title != "Desk" || len(l.Pages) != 2 || l.Access["open"] != wire.Open || l.Access["secret"] != wire.NeedSignIn || l.Pages[1].Groups[0] != "Underwriters" || l.Pages[1].Content != nil {
			t.Errorf("%+v", l)
		}
		_, f, err := open(t, c, "open")
		if err != nil {
			t.Fatal(err)
		}
		snap, err := f.Next(t.Context(), 0)
		if err != nil || snap.Err != nil || snap.Frame.Len() != 2 || !snap.Complete {
			t.Errorf("%+v, %v", snap, err)
		}
	})
	t.Run("a member gets the page and its figures", func(t *testing.T) {
		s := newServer(t)
		p, f, err := open(t, s.connect(t, s.member("Underwriters")), "secret")
		if err != nil {
			t.Fatal(err)
		}
		snap, err := f.Next(t.Context(), 0)
		if err != nil || snap.Err != nil || snap.Frame.Len() != 2 || p.Content.Rows[0].Panels[0].Kind != "table" {
			t.Errorf("%+v, %v", snap, err)
		}
		if at := p.Content.Rows[0].Panels[0].At; at.File != "" {
			t.Errorf("the panel stands at %v", at)
		}
		if o := snap.Frame.Origin(); o.Kind == "file" || o.URL != s.URL {
			t.Errorf("%+v", o)
		}
	})
	t.Run("G-24 a client that ignores its rules gets 403 and no definition", func(t *testing.T) {
		s := newServer(t)
		_, _, err := open(t, s.connect(t, s.member()), "secret")
		var refused *client.Refusal
		if !errors.As(err, &refused) || refused.Status != 403 || refused.Needs[0] != "Underwriters" || neterr.KindOf(err) != neterr.Forbidden {
			t.Errorf("%v", err)
		}
		if !strings.Contains(err.Error(), "You do not have access. Please contact the administrator.") {
			t.Errorf("%v", err)
		}
	})
	t.Run("G-24 nobody gets 401, and is asked to sign in", func(t *testing.T) {
		s := newServer(t)
		_, _, err := open(t, s.connect(t), "secret")
		if neterr.KindOf(err) != neterr.Unauthorized || !strings.Contains(err.Error(), "Please login!") {
			t.Errorf("%v", err)
		}
	})
}

func TestG26ARedirectOfARequestWithATokenIsNotFollowed(t *testing.T) {
	s, other := newServer(t), newServer(t)
	for _, status := range []int{301, 302, 303, 307, 308} {
		s.on(wire.DashboardPath, func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, other.URL+wire.DashboardPath, status)
		})
		_, err := s.connect(t, s.member("Underwriters")).Dashboard(t.Context())
		if err == nil || !strings.Contains(err.Error(), "redirects to "+other.URL) {
			t.Errorf("%d: %v", status, err)
		}
	}
	if got := other.seen(); len(got) > 0 {
		t.Errorf("the other server was asked %v", got)
	}
}

func TestG60AStreamOf401sRenewsOneTokenAMinute(t *testing.T) {
	s := newServer(t)
	tokens := []string{s.token(map[string]any{"jti": "a"}), s.token(map[string]any{"jti": "b"}), s.token(map[string]any{"jti": "c"})}
	c := s.connect(t, tokens...)
	s.on(wire.WhoamiPath, nil)
	s.on(wire.DashboardPath, func(w http.ResponseWriter, _ *http.Request) { problem(w, 401, "no") })
	asked := func() int {
		n := 0
		for _, path := range s.seen() {
			if path == wire.DashboardPath+"!" {
				n++
			}
		}
		return n
	}
	for range 20 {
		if _, err := c.Dashboard(t.Context()); neterr.KindOf(err) != neterr.Unauthorized {
			t.Fatalf("%v", err)
		}
	}
	if n := asked(); n != 21 {
		t.Errorf("20 requests were sent %d times: one renewal is one more", n)
	}
	s.mu.Lock()
	s.now = s.now.Add(61 * 1e9)
	s.mu.Unlock()
	for range 20 {
		_, _ = c.Dashboard(t.Context())
	}
	if n := asked(); n != 42 {
		t.Errorf("a minute later it was %d times in all, not 42", n)
	}
}

func TestCheckToken(t *testing.T) {
	s := newServer(t)
	o := s.offer(t)
	tests := map[string]struct {
		claims map[string]any
		any    bool
		want   string // "" = it is sent
	}{
		"for the server":                                     {nil, false, ""},
		"for several servers":                                {map[string]any{"aud": []string{"https://other.example", s.URL}}, false, ""},
		"with a scope of the server's":                       {map[string]any{"aud": nil, "scope": "openid dash/read"}, false, ""},
		"G-68 without an audience and without scope":         {map[string]any{"aud": nil}, false, "says nothing of that server"},
		"G-68 with another resource server's scope":          {map[string]any{"aud": nil, "scope": "dashboard/read"}, false, "says nothing of that server"},
		"G-68 for another server, with a scope of this one":  {map[string]any{"aud": "https://other.example", "scope": "dash/read"}, false, "for another server"},
		"G-68 for nobody":                                    {map[string]any{"aud": []string{}}, false, "for another server"},
		"without an audience where the server takes any":     {map[string]any{"aud": nil}, true, ""},
		"G-44 that can change the account":                   {map[string]any{"scope": "openid aws.cognito.signin.user.admin"}, false, "your account can be changed"},
		"G-44 that can change the account, and any is taken": {map[string]any{"scope": "aws.cognito.signin.user.admin"}, true, "your account can be changed"},
		"that is an ID token":                                {map[string]any{"token_use": "id"}, true, "no access token"},
		"of another client":                                  {map[string]any{"client_id": "other"}, true, "another user pool or client"},
		"of another issuer":                                  {map[string]any{"iss": issuer + "/"}, true, "another user pool or client"},
		"with an audience that is none":                      {map[string]any{"aud": 5}, false, "no token that can be read"},
		"with a scope that is none":                          {map[string]any{"scope": []string{"dash/read"}}, false, "no token that can be read"},
		"with an audience of which a part is none":           {map[string]any{"aud": []any{s.URL, nil}}, false, "no token that can be read"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			o := o
			o.AnyAudience = test.any
			err := o.CheckToken(s.token(test.claims))
			if (err == nil) != (test.want == "") || err != nil && !strings.Contains(err.Error(), test.want) {
				t.Errorf("%v", err)
			}
		})
	}
	for _, text := range []string{"", "a.b", "a.b.c", "a.e30.c.d", "e30.eyJhdWQiOiJ4IiwiYXVkIjoieSJ9.x"} {
		if err := o.CheckToken(text); err == nil {
			t.Errorf("%q is sent", text)
		}
	}
}

func TestG68ATokenThatLostItsAudienceAtARefreshIsNotSent(t *testing.T) {
	s := newServer(t)
	good, lost := s.token(map[string]any{"jti": "expired"}), s.token(map[string]any{"aud": nil})
	c := s.connect(t, good, lost)
	s.on(wire.DashboardPath, func(w http.ResponseWriter, r *http.Request) {
		if strings.Contains(r.Header.Get("Authorization"), lost) {
			t.Error("the token was sent")
		}
		problem(w, 401, "expired")
	})
	if _, err := c.Dashboard(t.Context()); err == nil {
		t.Error("it was answered")
	}
	_, err := c.Dashboard(t.Context())
	if !errors.As(err, new(*client.TokenError)) {
		t.Errorf("%v", err)
	}
}

func TestWhatAServerSaysIsCleanedAndCut(t *testing.T) {
	s := newServer(t)
	s.on(wire.DashboardPath, func(w http.ResponseWriter, _ *http.Request) {
		problem(w, 503, "\x1b]52;c;aGk=\x07 resting\n"+strings.Repeat("x", 5000))
	})
	_, err := s.connect(t).Dashboard(t.Context())
	if err == nil || strings.ContainsAny(err.Error(), "\x1b\x07\n") || len(err.Error()) > 800 || !strings.Contains(err.Error(), "resting") {
		t.Errorf("%q", err)
	}
}

func TestRefuses(t *testing.T) {
	s := newServer(t)
	for status, want := range map[int]string{401: "", 200: "nobody signed", 503: "trouble"} {
		s.on(wire.WhoamiPath, func(w http.ResponseWriter, r *http.Request) {
			if !strings.HasPrefix(r.Header.Get("Authorization"), "Bearer ") {
				t.Error("it came without a token")
			}
			problem(w, status, "")
		})
		err := s.connect(t).Refuses(t.Context())
		if (err == nil) != (want == "") || err != nil && !strings.Contains(err.Error(), want) {
			t.Errorf("%d: %v", status, err)
		}
	}
}

func TestWhoami(t *testing.T) {
	s := newServer(t)
	s.on(wire.WhoamiPath, func(w http.ResponseWriter, _ *http.Request) {
		s.json(w, wire.Whoami{Sub: "1", Groups: []string{"A"}, Exp: 5})
	})
	if who, err := s.connect(t, s.member()).Whoami(t.Context()); err != nil || who.Sub != "1" || who.Groups[0] != "A" {
		t.Errorf("%+v, %v", who, err)
	}
}

func TestG47AnOpenPageThatBecomesGatedIsForgotten(t *testing.T) {
	s := newServer(t)
	gated := false
	s.on(wire.PagePath("open"), func(w http.ResponseWriter, r *http.Request) {
		switch {
		case gated:
			problem(w, 401, "sign in")
		case r.Header.Get("If-None-Match") != "":
			w.WriteHeader(http.StatusNotModified)
		default:
			w.Header().Set("ETag", `"1"`)
			s.json(w, page("open"))
		}
	})
	c := s.connect(t)
	ask := func() error {
		_, err := c.Page(t.Context(), listedAs("open"), nil)
		return err
	}
	if err := errors.Join(ask(), ask()); err != nil {
		t.Fatal(err)
	}
	gated = true
	if err := ask(); neterr.KindOf(err) != neterr.Unauthorized {
		t.Errorf("%v", err)
	}
	gated = false
	s.on(wire.PagePath("open"), func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("If-None-Match") != "" {
			t.Error("what was forgotten is asked for by its ETag")
		}
		problem(w, 401, "sign in")
	})
	if err := ask(); neterr.KindOf(err) != neterr.Unauthorized {
		t.Errorf("%v", err)
	}
}
