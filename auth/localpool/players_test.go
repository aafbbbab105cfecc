package localpool

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

func TestPlayersSignIn(t *testing.T) {
	p, a := start(t, Options{})
	players := NewPlayers(p, DemoPeople())
	for _, u := range DemoPeople() {
		a.got = nil
		if err := players.SignIn(t.Context(), u.Email, a.ask()); err != nil {
			t.Fatalf("%s: %v", u.Email, err)
		}
		if a.got.Get("code") == "" || a.got.Get("state") != "st4te" {
			t.Errorf("%s: the app was called with %v", u.Email, a.got)
		}
		status, tokens := a.token(t, "code", a.got.Get("code"))
		if status != http.StatusOK {
			t.Fatalf("%s: the code was refused: %v", u.Email, tokens)
		}
		if email := claims(t, tokens["id_token"], 1)["email"]; email != u.Email {
			t.Errorf("%s: the code is for %v", u.Email, email)
		}
	}
}

func TestPlayersAreRefused(t *testing.T) {
	elsewhere := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		t.Errorf("somebody else's page was asked for %s", r.URL)
	}))
	t.Cleanup(elsewhere.Close)
	tests := map[string]struct {
		email, address string // "" is the pool's
		before         func(*Pool, *app)
		want           string
	}{
		"U-11 at a page that is not the pool's":        {"guest@example.com", elsewhere.URL + Authorize + "?client_id=x", nil, "no log-in page of the local pool"},
		"U-11 at another page of the pool":             {"guest@example.com", "/login?client_id=x", nil, "no log-in page of the local pool"},
		"who are not the pool's":                       {"nobody@example.com", "", nil, "nobody@example.com"},
		"whose password has been changed since":        {"guest@example.com", "", func(p *Pool, _ *app) { p.directory.find("guest@example.com").setPassword("Another-1") }, "sign in as guest@example.com: "},
		"where the app's page says that it went wrong": {"guest@example.com", "", func(_ *Pool, a *app) { a.status = http.StatusBadRequest }, "with status 400"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			p, a := start(t, Options{})
			if tt.before != nil {
				tt.before(p, a)
			}
			address := tt.address
			switch {
			case address == "":
				address = a.ask()
			case strings.HasPrefix(address, "/"):
				address = p.Domain() + address
			}
			err := NewPlayers(p, DemoPeople()).SignIn(t.Context(), tt.email, address)
			if err == nil || !strings.Contains(err.Error(), tt.want) || strings.Contains(err.Error(), DemoPassword) {
				t.Errorf("got %v, want %q", err, tt.want)
			}
		})
	}
	p, a := start(t, Options{})
	if err := NewPlayers(p, nil).SignIn(t.Context(), "guest@example.com", a.ask()); !errors.Is(err, ErrNoSuchUser) {
		t.Errorf("a person whose password nobody gave: %v", err)
	}
}

func TestPlayersKnowTheGroupsOfNow(t *testing.T) {
	p, _ := start(t, Options{})
	players := NewPlayers(p, append(DemoPeople(), User{Email: "gone@example.com"}))
	if err := p.AddGroup("guest@example.com", Underwriters); err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, u := range players.People() {
		got = append(got, u.Email+" "+strings.Join(u.Groups, ","))
	}
	want := "underwriter@example.com Underwriters; analyst@example.com CreditAnalysts; both@example.com CreditAnalysts,Underwriters; guest@example.com Underwriters"
	if strings.Join(got, "; ") != want {
		t.Errorf("got %q", got)
	}
}

func TestSigningOutEndsTheBrowserThatSignedInLast(t *testing.T) {
	p, a := start(t, Options{})
	players := NewPlayers(p, DemoPeople())
	if played, err := players.SignOut(t.Context()); played || err != nil {
		t.Errorf("before anybody signed in: %v, %v", played, err)
	}
	if err := players.SignIn(t.Context(), "guest@example.com", a.ask()); err != nil {
		t.Fatal(err)
	}
	browser := players.last
	if page, err := browser.Open(t.Context(), a.ask()); err != nil || page.on("/login") {
		t.Fatalf("the browser is not signed in: %s, %v", page.URL, err)
	}
	if played, err := players.SignOut(t.Context()); !played || err != nil {
		t.Errorf("signing out: %v, %v", played, err)
	}
	if page, err := browser.Open(t.Context(), a.ask()); err != nil || !page.on("/login") {
		t.Errorf("the browser is still signed in: %s, %v", page.URL, err)
	}
	if played, _ := players.SignOut(t.Context()); played {
		t.Error("it signed out twice")
	}
}

func TestABrowserThatWasLeftIsNotSignedOut(t *testing.T) {
	p, a := start(t, Options{})
	players := NewPlayers(p, DemoPeople())
	if err := players.SignIn(t.Context(), "guest@example.com", a.ask()); err != nil {
		t.Fatal(err)
	}
	players.Leave()
	if played, err := players.SignOut(t.Context()); played || err != nil {
		t.Errorf("got %v, %v", played, err)
	}
}
